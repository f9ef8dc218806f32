//! A restart that the user interrupts.
#![cfg(unix)]

use std::time::Duration;

use acceptance_tests::{Feature, Signal, core_with};

use crate::restarts::{PUBLISHER, begun, restarted, site};
use crate::site::{LIMIT, says};

#[test]
fn ctrl_c_stops_before_the_next_node() {
    let Some(terraform) = core_with!(Feature::Actions) else {
        return;
    };
    let site = site(&terraform);
    site.practice
        .emea()
        .set_restart_time(Duration::from_secs(3600));
    let running = begun(&site);
    running
        .wait_for_output("Cisco XCP Router is Starting", LIMIT)
        .unwrap();
    running.signal_group(Signal::Interrupt).unwrap();
    let outcome = running.wait(LIMIT).unwrap();
    assert!(!outcome.success(), "{}", outcome.transcript());
    let text = outcome.text();
    says(&text, "The run was interrupted before this was done.");
    says(
        &text,
        "Asked to restart, and not known to be up again: imp-pub.emea.example.com. Not restarted: \
         imp-sub1.emea.example.com, imp-sub2.emea.example.com.",
    );
    assert_eq!(restarted(&site), [PUBLISHER]);
}
