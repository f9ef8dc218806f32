//! Creating a route that names its domain without referring to it.

use acceptance_tests::PlanOptions;
use imp_publisher_simulator::{DomainRow, Fault, FaultKind, Subject, Verb};

use crate::estate::{Estate, says};
use crate::judge;

#[test]
fn a_route_waits_for_the_domain_it_names() {
    let mut estate = Estate::new("unreferenced");
    // Without waiting, the routes would be there long before the domain.
    estate.simulator.inject(
        Fault::before(FaultKind::Latency { millis: 700 })
            .on_statement(Verb::Insert, Subject::Domain),
    );
    estate.apply();
    assert_eq!(estate.simulator.unfired_faults(), []);
    assert_eq!(judge::effects(&estate.simulator)[0], "+ remote.com");
    estate.is_settled();
}

#[test]
fn a_route_whose_domain_nobody_creates_is_refused() {
    let mut estate = Estate::new("route_alone");
    let errors = estate.apply_fails();
    says(
        &errors,
        "The SIP federated domain remote.com does not exist",
        &[
            "Publisher \"default\" has no SIP federated domain for the route to remote.com",
            "domain = imp_sip_federation_domain.NAME.domain_name",
            "write `destination_pattern` instead of `domain`",
        ],
    );
    estate.is_empty();
    // Once somebody has created it, the same configuration applies.
    estate
        .cluster()
        .add_domain(&DomainRow::named("remote.com"))
        .unwrap();
    estate.apply();
    estate.is_settled();
}

#[test]
fn a_route_to_a_longer_name_belongs_to_the_domain() {
    let mut estate = Estate::new("route_below");
    estate.apply();
    assert_eq!(judge::effects(&estate.simulator)[0], "+ remote.com");
    estate.destroy_completely();
}

#[test]
fn a_bare_pattern_waits_for_no_domain() {
    let mut estate = Estate::new("bare_pattern");
    estate.apply();
    assert_eq!(estate.keys(), [".com.remote/10.20.0.15:5061/TLS"]);
    estate.is_settled();
}

#[test]
fn one_at_a_time_the_second_run_finishes() {
    let mut estate = Estate::new("unreferenced");
    estate.parallelism(1);
    for error in crate::estate::errors(estate.apply_with(&PlanOptions::new())) {
        says(
            &[error],
            "The SIP federated domain remote.com does not exist",
            &["run it again"],
        );
    }
    estate.apply();
    estate.is_settled();
}
