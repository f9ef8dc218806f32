//! A life that every core knows, from a plan to the last row.

use acceptance_tests::{Action, Feature, PlanExpectations, Practice, Step, core_with};

const DOMAIN: &str = "imp_sip_federation_domain.remote";
const ROUTE: &str = "imp_static_route.primary";
const DOMAIN_ID: &str = "emea/remote.com";
const ROUTE_ID: &str = "emea/.com.remote/10.20.0.15:5061/TLS";

#[test]
fn a_domain_and_its_route_live() {
    let practice = Practice::start();
    practice
        .case("features")
        .unwrap()
        .variable("node_addresses", serde_json::json!({}))
        .step(
            Step::apply("lifecycle")
                .plans(DOMAIN, Action::Create)
                .plans(ROUTE, Action::Create)
                .plans_value(ROUTE, "destination_pattern", ".com.remote")
                .plans_unknown(ROUTE, "pkid")
                .has(ROUTE, "id", ROUTE_ID),
        )
        .step(Step::import(DOMAIN, DOMAIN_ID))
        .step(Step::import(ROUTE, ROUTE_ID))
        .step(
            Step::apply("lifecycle_changed")
                .plans(DOMAIN, Action::Update)
                .plans(ROUTE, Action::Update),
        )
        .run();
    // Nothing but the action restarts anything.
    let requests = practice.requests();
    let restarts = requests
        .iter()
        .filter(|entry| entry.operation.as_deref() == Some("soapDoControlServices"));
    assert_eq!(restarts.count(), 0);
}

#[test]
fn both_are_imported_by_blocks() {
    let Some(_) = core_with!(Feature::ImportBlocks) else {
        return;
    };
    Practice::start()
        .case("features")
        .unwrap()
        .step(Step::apply("lifecycle"))
        .step(Step::import_block(DOMAIN, DOMAIN_ID))
        .step(Step::import_block(ROUTE, ROUTE_ID))
        .run();
}

#[test]
fn configuration_written_by_the_core_changes_nothing() {
    let Some(_) = core_with!(Feature::GeneratedConfiguration) else {
        return;
    };
    Practice::start()
        .case("features")
        .unwrap()
        .step(Step::apply("lifecycle"))
        .step(Step::import_generated("nothing", DOMAIN, DOMAIN_ID))
        .step(Step::import_generated("nothing", ROUTE, ROUTE_ID))
        .run();
}
