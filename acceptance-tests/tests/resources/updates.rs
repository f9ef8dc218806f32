//! Each attribute changed alone: what is updated in place, and what is replaced.

use acceptance_tests::{Action, PlanExpectations, Practice, Step};
use imp_publisher_simulator::ChangeKind;

use crate::support::{case, set};

const DOMAINS: &[(&str, Action)] = &[
    ("publisher", Action::Replace),
    ("domain_name", Action::Replace),
    ("integration_type", Action::Replace),
    ("direct_federation", Action::Replace),
    ("description", Action::Update),
    ("description_left_out", Action::Update),
    ("force_destroy", Action::Update),
    ("timeouts", Action::Update),
];

const ROUTES: &[(&str, Action)] = &[
    ("publisher", Action::Replace),
    ("domain", Action::Replace),
    ("destination_pattern", Action::Replace),
    ("next_hop", Action::Update),
    ("next_hop_port", Action::Update),
    ("protocol", Action::Update),
    ("route_type", Action::Update),
    ("priority", Action::Update),
    ("weight", Action::Update),
    ("allow_less_specific_route", Action::Update),
    ("in_service", Action::Update),
    ("block_route", Action::Update),
    ("description", Action::Update),
    ("description_left_out", Action::Update),
    ("timeouts", Action::Update),
];

#[test]
fn each_attribute_is_updated_or_replaces_alone() {
    let practice = Practice::start();
    let mut step = Step::apply("updates");
    for (resource, attributes) in [
        ("imp_sip_federation_domain", DOMAINS),
        ("imp_static_route", ROUTES),
    ] {
        for (attribute, action) in attributes {
            let address = format!("{resource}.each[\"{attribute}\"]");
            step = step.plans(&address, *action);
            if *action == Action::Replace {
                // A route's domain is its pattern by another name.
                let reason = match *attribute {
                    "domain" => "destination_pattern",
                    other => other,
                };
                step = step
                    .replaces_for(&address, reason)
                    .plans_unknown(&address, "pkid");
            } else {
                step = step.plan_check(keeps_its_pkid(address));
            }
        }
    }
    let route = |attribute: &str| format!("imp_static_route.each[\"{attribute}\"]");
    let step = step
        // What follows from other attributes is planned with them.
        .plans_value(&route("protocol"), "next_hop_port", 5060)
        .plans_value(
            &route("protocol"),
            "id",
            "apac/.com.protocol/10.20.0.15:5060/TCP",
        )
        .plans_value(&route("domain"), "destination_pattern", ".example.b")
        .plans_value(
            &route("destination_pattern"),
            "domain",
            "other.destination-pattern.com",
        )
        .plans_value(
            "imp_sip_federation_domain.each[\"integration_type\"]",
            "direct_federation",
            false,
        );
    let after = practice.clone();
    case(&practice)
        .tolerates("[IMP101]")
        .tolerates("[IMP104]")
        .tolerates("[IMP105]")
        .tolerates("[IMP210]")
        .step(Step::apply("updates"))
        .step(set("changed", true))
        .step(step.check(move |_| {
            let changes = |key: &str| -> Vec<_> {
                let requests = after.requests().into_iter();
                requests
                    .flat_map(|entry| entry.changes)
                    .filter(|change| change.key.starts_with(key))
                    .map(|change| change.kind)
                    .collect()
            };
            // What Terraform keeps for itself is not written, and a spelling neither.
            assert_eq!(changes(".com.timeouts/"), [ChangeKind::Added]);
            assert_eq!(changes(".com.spelling/"), [ChangeKind::Added]);
            assert_eq!(
                changes(".com.priority/"),
                [ChangeKind::Added, ChangeKind::Changed]
            );
            Ok(())
        }))
        .run();
}

fn keeps_its_pkid(
    address: String,
) -> impl FnOnce(&acceptance_tests::Plan) -> Result<(), String> + 'static {
    move |plan| {
        let change = plan.change(&address).map_err(|error| error.to_string())?;
        let (before, after) = (change.before().get("pkid"), change.after().get("pkid"));
        if before.is_some() && before == after {
            Ok(())
        } else {
            Err(format!("{address} should keep its pkid"))
        }
    }
}
