//! Plans that are made before everything is known.

use acceptance_tests::{Action, PlanExpectations, Practice, Step, Terraform};

use crate::support::case;

const DOMAIN: &str = "imp_sip_federation_domain.remote";
const ROUTE: &str = "imp_static_route.primary";

#[test]
fn values_that_are_known_after_apply_are_planned_as_unknown() {
    if !Terraform::find().unwrap().release().is_at_least(1, 4) {
        return; // terraform_data
    }
    let practice = Practice::start();
    let mut step = Step::apply("unknown/values");
    for name in ["domain_name", "next_hop", "publisher", "protocol"] {
        step = step.plans(&format!("terraform_data.{name}"), Action::Create);
    }
    for (address, attributes) in [
        (DOMAIN, &["publisher", "domain_name", "id", "pkid"][..]),
        (
            ROUTE,
            &[
                "publisher",
                "domain",
                "destination_pattern",
                "next_hop",
                "next_hop_port",
                "protocol",
                "id",
                "pkid",
            ],
        ),
    ] {
        step = step.plans(address, Action::Create);
        for attribute in attributes {
            step = step.plans_unknown(address, attribute);
        }
    }
    case(&practice)
        .tolerates("[IMP101]")
        .tolerates("[IMP105]")
        .step(
            step.plans_value(ROUTE, "priority", 1)
                .plans_value(DOMAIN, "direct_federation", true)
                .has(ROUTE, "id", "emea/.com.remote/10.20.0.15:5060/TCP"),
        )
        .run();
}

#[test]
fn publishers_that_are_known_after_apply_are_no_error() {
    if !Terraform::find().unwrap().release().is_at_least(1, 4) {
        return; // terraform_data
    }
    let practice = Practice::start();
    let mut step = Step::apply("unknown/provider");
    for cluster in ["emea", "apac"] {
        let domain = format!("{DOMAIN}[\"{cluster}\"]");
        step = step
            .plans(
                &format!("terraform_data.address[\"{cluster}\"]"),
                Action::Create,
            )
            .plans(&domain, Action::Create)
            .plans(&format!("{ROUTE}[\"{cluster}\"]"), Action::Create)
            .plans_value(&domain, "id", format!("{cluster}/remote.com"));
    }
    case(&practice).step(step).run();
}
