//! On which publisher objects are, when the configuration of the publishers changes.

use acceptance_tests::{Action, PlanExpectations, Practice, Step};
use serde_json::json;

use crate::support::{Refusal, afterwards, case, refused, set};

const DOMAIN: &str = "imp_sip_federation_domain.remote";
const ROUTE: &str = "imp_static_route.primary";

#[test]
fn one_publisher_becomes_several_without_touching_it() {
    let practice = Practice::start();
    case(&practice)
        .step(
            Step::apply("placement/one")
                .plans(DOMAIN, Action::Create)
                .plans(ROUTE, Action::Create)
                .plans_value(DOMAIN, "id", "default/remote.com"),
        )
        .step(afterwards(&practice, "forget the journal", |practice| {
            practice.simulator().clear_journal();
            Ok(())
        }))
        .step(
            Step::apply("placement/several")
                .plans(DOMAIN, Action::Update)
                .plans(ROUTE, Action::Update)
                .plans_value(DOMAIN, "id", "emea/remote.com"),
        )
        .step(afterwards(&practice, "no writes", Practice::is_untouched))
        .run();
}

#[test]
fn a_renamed_publisher_is_written_to_only_where_it_may_be() {
    let practice = Practice::start();
    let all = practice.publishers();
    let mut read_only = all.clone();
    read_only["emea"]["read_only"] = json!(true);
    case(&practice)
        .step(Step::apply("placement/one"))
        .step(set("publishers", read_only))
        // The name alone is nothing that is written.
        .step(
            Step::plan("placement/several")
                .plans(DOMAIN, Action::Update)
                .plans(ROUTE, Action::Update),
        )
        .step(set("description", "changed"))
        .step(
            Step::fails("placement/several")
                .summary("Unable to plan the SIP federated domain")
                .detail("Set `read_only = false`")
                .address(DOMAIN)
                .attribute("publisher"),
        )
        .step(set("publishers", all))
        .step(
            Step::apply("placement/several")
                .plans(DOMAIN, Action::Update)
                .plans(ROUTE, Action::Update)
                .plans_value(DOMAIN, "description", "changed"),
        )
        .run();
}

#[test]
fn a_renaming_comes_before_a_replacement() {
    let practice = Practice::start();
    case(&practice)
        .step(Step::apply("placement/one"))
        .step(set("direct_federation", false))
        .step(
            Step::fails("placement/several")
                .summary("A renaming and a replacement in one plan")
                .detail("The publisher \"default\" is called \"emea\" now")
                .address(DOMAIN)
                .attribute("publisher"),
        )
        .step(set("direct_federation", true))
        .step(Step::apply("placement/several"))
        .step(set("direct_federation", false))
        .step(
            Step::plan("placement/several")
                .plans(DOMAIN, Action::Replace)
                .replaces_for(DOMAIN, "direct_federation"),
        )
        .run();
}

#[test]
fn objects_of_a_publisher_that_is_not_configured_stay_in_the_state() {
    let practice = Practice::start();
    let all = practice.publishers();
    let without_emea = json!({"apac": practice.settings("apac")});
    case(&practice)
        .step(Step::apply("placement/several"))
        .step(set("publishers", without_emea))
        .step(
            Step::apply("placement/several")
                .plans_nothing()
                .warns("Publisher \"emea\" is not configured")
                .has(DOMAIN, "publisher", "emea"),
        )
        .step(set("description", "changed"))
        .step(
            Step::fails("placement/several")
                .summary("Unknown publisher")
                .detail("it has \"apac\"")
                .address(DOMAIN)
                .attribute("publisher"),
        )
        .step(set("publishers", all))
        .run();
}

#[test]
fn objects_of_a_publisher_that_is_not_managed_are_left_alone() {
    let practice = Practice::start();
    let all = practice.publishers();
    let mut frozen = all.clone();
    frozen["emea"]["managed"] = json!(false);
    // It may even be down.
    frozen["emea"]["address"] = json!("127.0.0.1:1");
    case(&practice)
        .step(Step::apply("placement/several"))
        .step(set("publishers", frozen))
        .step(
            Step::plan("placement/several")
                .plans_nothing()
                .warns("Publisher \"emea\" is not managed"),
        )
        .step(set("description", "changed"))
        .step(
            Step::fails("placement/several")
                .summary("The publisher is not managed")
                .detail("`managed = true`")
                .address(DOMAIN)
                .attribute("publisher"),
        )
        .step(set("publishers", all))
        .run();
}

#[test]
fn a_publisher_is_named_where_there_are_several_and_a_load_balancer_is_no_next_hop() {
    let practice = Practice::start();
    let mut publishers = practice.publishers();
    publishers["emea"]["load_balancers"] = json!(["10.20.0.99"]);
    case(&practice)
        .variable("publishers", publishers)
        .step(refused(
            &practice,
            "refused/placements",
            vec![
                Refusal::of("imp_sip_federation_domain.misspelt")
                    .at("publisher")
                    .says("no entry \"emae\"; it has \"apac\", \"emea\""),
                Refusal::of("imp_static_route.nowhere")
                    .says("Write `publisher` with one of \"apac\", \"emea\""),
                Refusal::of("imp_static_route.balanced")
                    .at("next_hop")
                    .says("a specific front-end or Standard Edition server"),
            ],
        ))
        .run();
}
