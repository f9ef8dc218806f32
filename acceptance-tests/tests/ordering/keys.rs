//! Natural keys that another row still has.

use acceptance_tests::{Feature, PlanOptions, core_with};
use serde_json::json;

use crate::estate::{Estate, says};
use crate::judge;

fn hops(last: &[u8]) -> serde_json::Value {
    last.iter().map(|last| format!("10.20.0.{last}")).collect()
}

fn keys(last: &[u8]) -> Vec<String> {
    let key = |last| format!(".com.remote/10.20.0.{last}:5061/TLS");
    last.iter().map(key).collect()
}

#[test]
fn routes_that_shift_wait_for_each_other() {
    let mut estate = Estate::new("hops");
    for last in [&[15, 16, 17, 18][..], &[16, 17, 18], &[15, 16, 17, 18]] {
        estate.set("hops", hops(last));
        estate.apply();
        estate.is_settled();
        assert_eq!(estate.keys(), keys(last));
    }
    // One row came and went with the length of the list; the others were changed in place.
    let effects = judge::effects(&estate.simulator);
    assert_eq!(
        effects
            .iter()
            .filter(|effect| effect.starts_with('-'))
            .count(),
        1
    );
    assert_eq!(
        effects
            .iter()
            .filter(|effect| effect.starts_with('~'))
            .count(),
        6
    );
}

#[test]
fn routes_that_swap_need_a_free_value_on_the_way() {
    let mut estate = Estate::new("hops");
    estate.set("hops", hops(&[15, 16]));
    estate.apply();
    let before = estate.rows();

    estate.set("hops", hops(&[16, 15]));
    let errors = estate.apply_fails();
    for last in [15, 16] {
        let summary =
            format!("A static route .com.remote/10.20.0.{last}:5061/TLS already exists [IMP208]");
        if errors.iter().any(|error| error.summary == summary) {
            says(
                &errors,
                &summary,
                &["go through a free value first, in two applies"],
            );
        }
    }
    says(
        &errors,
        &errors[0].summary,
        &["go through a free value first, in two applies"],
    );
    assert!(!errors[0].detail.contains("import {"), "{}", errors[0]);
    assert_eq!(estate.rows(), before);

    for last in [[17, 15], [16, 15]] {
        estate.set("hops", hops(&last));
        estate.apply();
    }
    estate.is_settled();
    let after = estate.rows().1;
    let hop_of = |pkid: &str| {
        let row = after.iter().find(|row| row.pkid == pkid).unwrap();
        row.next_hop.clone()
    };
    assert_eq!(hop_of(&before.1[0].pkid), "10.20.0.16");
    assert_eq!(hop_of(&before.1[1].pkid), "10.20.0.15");
}

#[test]
fn domains_that_shift_wait_for_each_other() {
    let Some(core) = core_with!(Feature::ReplaceTriggeredBy) else {
        return;
    };
    let mut estate = Estate::on(&core, "names");
    for names in [
        vec!["a.com", "b.com", "c.com"],
        vec!["b.com", "c.com"],
        vec!["a.com", "b.com"],
    ] {
        estate.set("names", json!(names));
        estate.apply();
        estate.is_settled();
        assert_eq!(estate.names(), names);
    }
    judge::routes_went_first(&estate.simulator);
    estate.destroy_completely();
}

#[test]
fn a_row_that_nobody_here_holds_is_to_be_imported() {
    let mut estate = Estate::new("domain_alone");
    let known = imp_publisher_simulator::DomainRow::named("remote.com");
    estate.cluster().add_domain(&known).unwrap();
    let plan = estate.plan(&PlanOptions::new());
    let warning = plan.diagnostics[0].to_string();
    assert!(warning.contains("already exists") && warning.contains("default/remote.com"));
    let before = estate.rows();
    says(
        &estate.apply_fails(),
        "A SIP federated domain remote.com already exists [IMP204]",
        &[
            &before.0[0].pkid,
            "import { to = imp_sip_federation_domain.NAME id = \"default/remote.com\" }",
        ],
    );
    assert_eq!(estate.rows(), before);
}

#[test]
fn a_route_can_be_created_before_the_old_one_is_destroyed() {
    let mut estate = Estate::new("create_before_destroy");
    estate.apply();
    let before = judge::effects(&estate.simulator).len();
    estate.set("pattern", ".com.another");
    estate.apply();
    assert_eq!(
        judge::effects(&estate.simulator)[before..],
        [
            "+ .com.another/10.20.0.15:5061/TLS",
            "- .com.other/10.20.0.15:5061/TLS"
        ]
    );
    estate.is_settled();
}

#[test]
fn a_domain_cannot_be_created_before_the_old_one_is_destroyed() {
    let mut estate = Estate::new("create_before_destroy");
    estate.apply();
    let before = estate.rows();
    estate.set("direct_federation", false);
    let errors = estate.apply_fails();
    says(
        &errors,
        "A SIP federated domain remote.com already exists [IMP204]",
        &["remove `create_before_destroy` from the resource, and from what depends on it"],
    );
    assert_eq!(estate.rows(), before);
    assert_eq!(estate.addresses().len(), 2);
}
