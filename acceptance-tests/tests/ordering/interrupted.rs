//! Runs that are interrupted while a publisher is slow.
#![cfg(unix)]

use std::fs;

use acceptance_tests::{Feature, Running, Signal, Terraform, core_with};
use imp_publisher_simulator::{Fault, FaultKind, Subject, Verb};

use crate::estate::{Estate, LIMIT, eventually};
use crate::judge;

const DOMAIN: &str = "imp_sip_federation_domain.remote";
const APPLY: [&str; 3] = ["apply", "-no-color", "-auto-approve"];

/// An apply whose first create is on its way: the row is there, and the answer is not.
fn creating(estate: &Estate) -> Running {
    let slow = Fault::after(FaultKind::Latency { millis: 5000 });
    let running = estate.start_into(slow.on_statement(Verb::Insert, Subject::Domain), &APPLY);
    eventually("the row is there", || !estate.names().is_empty());
    running
}

fn the_object_is_kept_when(core: &Terraform, signal: Signal) {
    let mut estate = Estate::on(core, "referenced");
    let apply = creating(&estate);
    apply.signal_group(signal).unwrap();
    let outcome = apply.wait(LIMIT).unwrap();
    assert!(!outcome.success(), "{}", outcome.transcript());
    // The create was brought to its end, and nothing further was begun.
    let state = estate.state();
    let domain = state.resource(DOMAIN).unwrap();
    assert!(!domain.is_tainted(), "{}", outcome.transcript());
    assert_eq!(estate.addresses(), [DOMAIN]);
    assert_eq!(judge::effects(&estate.simulator), ["+ remote.com"]);

    estate.apply();
    estate.is_settled();
    assert_eq!(estate.names(), ["remote.com"]);
    assert_eq!(judge::effects(&estate.simulator).len(), 3);
}

#[test]
fn ctrl_c_keeps_what_was_being_created() {
    let Some(core) = core_with!(Feature::ReplaceTriggeredBy) else {
        return;
    };
    the_object_is_kept_when(&core, Signal::Interrupt);
}

#[test]
fn a_polite_end_keeps_what_was_being_created() {
    let Some(core) = core_with!(Feature::ReplaceTriggeredBy) else {
        return;
    };
    the_object_is_kept_when(&core, Signal::Terminate);
}

#[test]
fn ctrl_c_ends_the_wait_for_a_domain() {
    let estate = Estate::new("unreferenced");
    // The domain's create keeps the route waiting.
    let apply = creating(&estate);
    apply.signal_group(Signal::Interrupt).unwrap();
    let outcome = apply.wait(LIMIT).unwrap();
    assert_eq!(estate.names(), ["remote.com"], "{}", outcome.transcript());
    let made = estate.addresses();
    assert!(made.contains(&DOMAIN.to_owned()), "{made:?}");
    assert_eq!(made.len() - 1, estate.keys().len());
}

#[cfg(target_os = "linux")]
#[test]
fn when_terraform_is_killed_the_provider_ends_and_leaves_no_socket() {
    let Some(core) = core_with!(Feature::ReplaceTriggeredBy) else {
        return;
    };
    let estate = Estate::on(&core, "referenced");
    let apply = creating(&estate);
    let group = apply.process_id();
    assert!(members(group) > 1, "Terraform and the provider");
    let temporary = estate.workspace.directory().with_file_name("tmp");
    assert!(fs::read_dir(&temporary).unwrap().count() > 0);
    apply.signal(Signal::Kill).unwrap();
    eventually("the provider has ended", || members(group) == 0);
    let left: Vec<_> = fs::read_dir(&temporary)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| !name.to_string_lossy().starts_with("terraform-log"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(!apply.wait(LIMIT).unwrap().success());
}

/// How many processes are in a group, those that have ended and were not waited for left out.
#[cfg(target_os = "linux")]
fn members(group: u32) -> usize {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    processes
        .filter_map(|process| fs::read_to_string(process.path().join("stat")).ok())
        .filter(|stat| {
            // After the name in brackets: state, parent, group.
            let (_, rest) = stat.rsplit_once(") ").unwrap_or_default();
            let fields: Vec<&str> = rest.split(' ').collect();
            fields.first() != Some(&"Z") && fields.get(2) == Some(&group.to_string().as_str())
        })
        .count()
}
