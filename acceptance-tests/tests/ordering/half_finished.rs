//! Creates that end half-way.

use imp_publisher_simulator::{ClusterOptions, CompanionsMadeBy, Fault, FaultKind, Subject, Verb};

use crate::estate::{Estate, says};
use crate::judge;

#[test]
fn a_create_whose_answer_is_lost_is_found_again() {
    let mut estate = Estate::new("referenced");
    for subject in [Subject::Domain, Subject::Route] {
        estate
            .simulator
            .inject(Fault::after(FaultKind::Reset).on_statement(Verb::Insert, subject));
    }
    estate.apply();
    assert_eq!(estate.simulator.unfired_faults(), []);
    assert_eq!(judge::effects(&estate.simulator).len(), 3);
    estate.is_settled();
}

#[test]
fn a_domain_without_its_companion_rows_is_taken_back() {
    let options = ClusterOptions {
        companions: CompanionsMadeBy::AdminPageOnly,
        ..ClusterOptions::new("emea")
    };
    let mut estate = Estate::with(options, "referenced");
    let errors = estate.apply_fails();
    says(
        &errors,
        "Unable to create the SIP federated domain remote.com",
        &["SQL"],
    );
    estate.is_empty();
    assert_eq!(
        judge::effects(&estate.simulator),
        ["+ remote.com", "- remote.com"]
    );
}
