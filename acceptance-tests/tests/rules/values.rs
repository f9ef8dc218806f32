//! IMP101 to IMP106: what is written.

use acceptance_tests::PlanOptions;
use serde_json::{Value, json};

use crate::site::{Site, detail, expected, listed, words};

#[test]
fn ports_names_and_transports_are_judged_at_their_attributes() {
    let mut site = Site::new("values");
    let mut publishers = site.practice.publishers();
    for publisher in ["emea", "apac"] {
        publishers[publisher]["ca_certificate"] = Value::Null;
        publishers[publisher]["insecure_skip_verify"] = true.into();
    }
    site.set("publishers", publishers);
    let plan = site.plan(&PlanOptions::new());
    assert_eq!(
        words(&plan.diagnostics),
        expected(&[
            ("warning IMP101", "imp_static_route.tls next_hop_port"),
            ("warning IMP101", "imp_static_route.tcp next_hop_port"),
            ("warning IMP104", "imp_static_route.named next_hop"),
            ("warning IMP105", "imp_static_route.tcp protocol"),
            ("warning IMP106", "provider"),
        ]),
        "{}",
        listed(&plan.diagnostics)
    );
    let both = detail(&plan.diagnostics, "IMP106");
    assert!(both.contains(r#"the publishers "apac", "emea""#), "{both}");
    // A warning is no obstacle.
    assert!(!plan.is_empty);
}

#[test]
fn port_0_with_an_address_and_a_load_balancer_are_refused() {
    let mut site = Site::new("refused");
    let mut publishers = site.practice.publishers();
    publishers["emea"]["load_balancers"] = json!(["pool.CORP.example"]);
    site.set("publishers", publishers);
    let refused = site.plan_fails();
    assert_eq!(
        words(&refused),
        expected(&[
            ("error IMP102", "imp_static_route.srv next_hop"),
            ("error IMP103", "imp_static_route.balanced next_hop"),
        ]),
        "{}",
        listed(&refused)
    );
    // Both are known without asking anybody to change anything.
    site.practice.is_untouched().unwrap();
}
