//! From the first plan to the last row: both resources on both publishers.

use acceptance_tests::{Action, PlanExpectations, Practice, Step};
use imp_publisher_simulator::{DomainRow, RouteRow};
use serde_json::{Value, json};

use crate::support::{case, domain, meanwhile, route};

const CLUSTERS: [&str; 2] = ["emea", "apac"];
const KEY: &str = ".com.remote/10.20.0.15:5061/TLS";

#[test]
fn a_plan_shows_everything_but_the_pkid() {
    let practice = Practice::start();
    let mut step = Step::apply("lifecycle/created");
    for cluster in CLUSTERS {
        let domain = format!("imp_sip_federation_domain.remote[\"{cluster}\"]");
        let route = format!("imp_static_route.primary[\"{cluster}\"]");
        for address in [&domain, &route] {
            step = step
                .plans(address, Action::Create)
                .plans_unknown(address, "pkid");
        }
        let domain_plan = json!({
            "id": format!("{cluster}/remote.com"),
            "publisher": cluster,
            "domain_name": "remote.com",
            "description": null,
            "integration_type": "ocs_lync",
            "direct_federation": true,
            "force_destroy": false,
            "timeouts": null,
        });
        let route_plan = json!({
            "id": format!("{cluster}/{KEY}"),
            "publisher": cluster,
            "domain": "remote.com",
            "destination_pattern": ".com.remote",
            "next_hop": "10.20.0.15",
            "next_hop_port": 5061,
            "protocol": "TLS",
            "route_type": "domain",
            "priority": 1,
            "weight": 1,
            "allow_less_specific_route": true,
            "in_service": true,
            "block_route": false,
            "description": null,
            "timeouts": null,
        });
        for (address, expected) in [(domain, domain_plan), (route, route_plan)] {
            step = step.plan_check(move |plan| {
                let change = plan.change(&address).map_err(|error| error.to_string())?;
                if *change.after() == expected && *change.after_unknown() == json!({"pkid": true}) {
                    Ok(())
                } else {
                    Err(format!("{address} should be planned as {expected}"))
                }
            });
        }
    }
    let rows = practice.clone();
    case(&practice)
        .step(step.check(move |_| {
            for cluster in CLUSTERS {
                let row = route(&rows, cluster, KEY);
                let expected = RouteRow {
                    pkid: row.pkid.clone(),
                    ..RouteRow::to(".com.remote", "10.20.0.15")
                };
                assert_eq!(row, expected);
                let row = domain(&rows, cluster, "remote.com");
                let expected = DomainRow {
                    pkid: row.pkid.clone(),
                    ..DomainRow::named("remote.com")
                };
                assert_eq!(row, expected);
            }
            Ok(())
        }))
        .run();
}

#[test]
fn everything_that_can_be_written_is_stored() {
    let practice = Practice::start();
    let rows = practice.clone();
    let updated = ["emea", "apac"].into_iter().flat_map(|cluster| {
        [
            "imp_sip_federation_domain.remote",
            "imp_static_route.primary",
        ]
        .map(|resource| format!("{resource}[\"{cluster}\"]"))
    });
    let step = updated
        .fold(Step::apply("lifecycle/changed"), |step, address| {
            step.plans(&address, Action::Update)
        })
        .plans("imp_sip_federation_domain.aol", Action::Create)
        .plans_value("imp_sip_federation_domain.aol", "direct_federation", false)
        .plans("imp_static_route.user", Action::Create)
        .plans_value("imp_static_route.user", "domain", Value::Null)
        .plans_value(
            "imp_static_route.user",
            "id",
            "emea/com.remote.*/_sipfederationtls._tcp.corp.example:0/UDP",
        );
    case(&practice)
        .tolerates("[IMP101]")
        .tolerates("[IMP104]")
        .tolerates("[IMP105]")
        .tolerates("[IMP210]")
        .step(Step::apply("lifecycle/created"))
        .step(step.check(move |_| {
            for cluster in CLUSTERS {
                let row = route(&rows, cluster, ".com.remote/fe-01.corp.example:5065/TCP");
                let expected = RouteRow {
                    pkid: row.pkid.clone(),
                    description: Some("Front end 1".to_owned()),
                    next_hop_port: 5065,
                    protocol: "TCP".to_owned(),
                    priority: 3,
                    weight: 7,
                    allow_less_specific_route: false,
                    in_service: false,
                    block_route: true,
                    ..RouteRow::to(".com.remote", "fe-01.corp.example")
                };
                assert_eq!(row, expected);
                let description = domain(&rows, cluster, "remote.com").description;
                assert_eq!(description.as_deref(), Some("Remote partner, through Lync"));
            }
            let aol = domain(&rows, "apac", "aol.example");
            assert_eq!(
                (aol.integration_type.as_str(), aol.direct_federation),
                ("aol", false)
            );
            let user = route(
                &rows,
                "emea",
                "com.remote.*/_sipfederationtls._tcp.corp.example:0/UDP",
            );
            assert_eq!(user.route_type, "user");
            Ok(())
        }))
        .run();
}

/// The check that every case ends with can fail: a row that Terraform does not know stays behind.
#[test]
fn a_row_that_is_left_behind_fails_the_case() {
    let practice = Practice::start();
    let failure = case(&practice)
        .step(Step::apply("lifecycle/created"))
        .step(meanwhile(&practice, "another route", |practice| {
            practice
                .apac()
                .add_route(&RouteRow::to(".com.other", "10.20.0.99"))
        }))
        .try_run()
        .unwrap_err()
        .to_string();
    assert_eq!(
        failure,
        "destroying everything: destroy check: apac: .com.other/10.20.0.99:5061/TLS is still there"
    );
}

/// And it notices a row that went without having been Terraform's.
#[test]
fn a_row_that_is_missing_fails_the_case() {
    let practice = Practice::start();
    practice
        .emea()
        .add_domain(&DomainRow::named("other.com"))
        .unwrap();
    let failure = case(&practice)
        .step(Step::apply("lifecycle/created"))
        .step(meanwhile(&practice, "a domain goes", |practice| {
            practice.emea().delete_domain("other.com")
        }))
        .try_run()
        .unwrap_err()
        .to_string();
    assert_eq!(
        failure,
        "destroying everything: destroy check: emea: other.com is missing"
    );
}
