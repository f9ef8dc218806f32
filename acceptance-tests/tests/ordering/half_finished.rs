//! Creates that end half-way.

use std::collections::BTreeSet;

use acceptance_tests::{Feature, PlanOptions, core_with};
use imp_publisher_simulator::{ClusterOptions, CompanionsMadeBy, Fault, FaultKind, Subject, Verb};

use crate::estate::{Estate, LIMIT, says};
use crate::judge;

const DOMAIN: &str = "imp_sip_federation_domain.remote";

#[test]
fn a_create_whose_answer_is_lost_is_found_again() {
    let Some(core) = core_with!(Feature::ReplaceTriggeredBy) else {
        return;
    };
    let mut estate = Estate::on(&core, "referenced");
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
    let Some(core) = core_with!(Feature::ReplaceTriggeredBy) else {
        return;
    };
    let options = ClusterOptions {
        companions: CompanionsMadeBy::AdminPageOnly,
        ..ClusterOptions::new("emea")
    };
    let mut estate = Estate::of(&core, options, "referenced");
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

/// Applies, and no reading after the first INSERT of the subject is answered: the row is there, and nobody can
/// tell. What Terraform prints.
fn apply_unconfirmed(estate: &mut Estate, subject: &Subject, arguments: &[&str]) -> String {
    estate.workspace.set_environment("IMP_MAX_RETRIES", "1");
    let insert = Fault::after(FaultKind::Latency { millis: 5000 })
        .on_statement(Verb::Insert, subject.clone());
    let arguments = [&["apply", "-no-color", "-auto-approve"], arguments].concat();
    let running = estate.start_into(insert, &arguments);
    let reading = Fault::before(FaultKind::Reset)
        .on_statement(Verb::Select, subject.clone())
        .times(u32::MAX);
    estate.simulator.inject(reading);
    let outcome = running.wait(LIMIT).unwrap();
    assert!(!outcome.success(), "{}", outcome.transcript());
    let faults = estate.simulator.faults();
    assert!(faults.iter().all(|status| status.fired > 0), "{faults:?}");
    estate.simulator.clear_faults();
    outcome.text()
}

/// The state has the object, tainted, and under the primary key of the only row there is.
fn is_kept_tainted(estate: &Estate, address: &str, pkid: &str) {
    let state = estate.state();
    let object = state.resource(address).unwrap();
    assert!(object.is_tainted());
    assert_eq!(object.values()["pkid"], pkid);
}

#[test]
fn a_domain_that_cannot_be_confirmed_is_tainted_and_made_anew() {
    let Some(core) = core_with!(Feature::ReplaceTriggeredBy) else {
        return;
    };
    let mut estate = Estate::on(&core, "referenced");
    let text = apply_unconfirmed(&mut estate, &Subject::Domain, &[]);
    assert!(
        text.contains("Unable to create the SIP federated domain remote.com"),
        "{text}"
    );
    let [row] = &estate.rows().0[..] else {
        panic!("{:?}", estate.rows());
    };
    is_kept_tainted(&estate, DOMAIN, &row.pkid);
    assert_eq!(estate.keys(), Vec::<String>::new());

    recovers(&mut estate, 1, &["- remote.com", "+ remote.com"]);
}

#[test]
fn a_replacement_that_cannot_be_confirmed_is_made_anew_before_its_routes() {
    let Some(core) = core_with!(Feature::ReplaceTriggeredBy) else {
        return;
    };
    let mut estate = Estate::on(&core, "referenced");
    estate.apply();
    let replace = format!("-replace={DOMAIN}");
    apply_unconfirmed(&mut estate, &Subject::Domain, &[&replace]);
    let [row] = &estate.rows().0[..] else {
        panic!("{:?}", estate.rows());
    };
    is_kept_tainted(&estate, DOMAIN, &row.pkid);
    // Both routes went before the domain, and neither is back before it is certain.
    assert_eq!(estate.keys(), Vec::<String>::new());
    judge::routes_went_first(&estate.simulator);

    recovers(&mut estate, 7, &["- remote.com", "+ remote.com"]);
}

#[test]
fn a_route_that_cannot_be_confirmed_is_tainted_and_made_anew() {
    let Some(core) = core_with!(Feature::ReplaceTriggeredBy) else {
        return;
    };
    let mut estate = Estate::on(&core, "referenced");
    // One after the other, so that it is known which is first.
    estate.parallelism(1);
    let text = apply_unconfirmed(&mut estate, &Subject::Route, &[]);
    assert!(text.contains("Unable to create the static route"), "{text}");
    let rows = estate.rows().1;
    let tainted: Vec<String> = estate
        .state()
        .resources()
        .iter()
        .filter(|object| object.is_tainted())
        .map(|object| object.values()["pkid"].as_str().unwrap().to_owned())
        .collect();
    let pkids: Vec<String> = rows.iter().map(|row| row.pkid.clone()).collect();
    assert_eq!(tainted, pkids);
    let key = rows[0].key();
    let before = judge::effects(&estate.simulator).len();
    recovers(
        &mut estate,
        before,
        &[&format!("- {key}"), &format!("+ {key}")],
    );
}

/// The next apply begins with these effects, and leaves exactly what the configuration says.
fn recovers(estate: &mut Estate, before: usize, first: &[&str]) {
    estate.apply();
    estate.is_settled();
    let effects = judge::effects(&estate.simulator);
    let mut effects = effects[before..].to_vec();
    if first[0].starts_with("- .") {
        // The other route may come in between.
        effects.retain(|effect| effect.ends_with(&first[0][2..]));
    }
    assert_eq!(effects[..2], *first, "{effects:?}");
    assert_eq!(estate.names(), ["remote.com"]);
    assert_eq!(estate.keys().len(), 2);
    let state = estate.state();
    let (domains, routes) = estate.rows();
    let rows: BTreeSet<String> = domains
        .into_iter()
        .map(|row| row.pkid)
        .chain(routes.into_iter().map(|row| row.pkid))
        .collect();
    let held: BTreeSet<String> = state
        .resources()
        .iter()
        .map(|object| object.values()["pkid"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(held, rows);
    assert!(state.resources().iter().all(|object| !object.is_tainted()));
    estate.destroy_completely();
}

#[test]
fn a_create_that_may_still_take_effect_stays_in_the_state_until_it_is_seen_not_to_have() {
    let Some(core) = core_with!(Feature::ReplaceTriggeredBy) else {
        return;
    };
    let mut estate = Estate::on(&core, "referenced");
    let lost = Fault::before(FaultKind::Reset).on_statement(Verb::Insert, Subject::Domain);
    estate.simulator.inject(lost.times(u32::MAX));
    says(
        &estate.apply_fails(),
        "Unable to create the SIP federated domain remote.com",
        &[],
    );
    estate.simulator.clear_faults();
    assert_eq!(estate.addresses(), [DOMAIN]);
    assert_eq!(estate.names(), Vec::<String>::new());
    estate.apply_with(&PlanOptions::new());
    estate.is_settled();
    assert_eq!(judge::effects(&estate.simulator).len(), 3);
}
