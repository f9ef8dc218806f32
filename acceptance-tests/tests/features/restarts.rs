//! The restart of Cisco XCP Router: node by node, and only when it is asked for.

use std::time::Duration;

use acceptance_tests::{Feature, Practice, Running, Terraform, core_with};
use imp_publisher_simulator::{AnswerClass, ChangedObject, DomainRow};

use crate::site::{LIMIT, Site, eventually, says};

pub(crate) const PUBLISHER: &str = "imp-pub.emea.example.com";
pub(crate) const FIRST: &str = "imp-sub1.emea.example.com";
pub(crate) const SECOND: &str = "imp-sub2.emea.example.com";

pub(crate) const INVOKE: [&str; 4] = [
    "apply",
    "-no-color",
    "-auto-approve",
    "-invoke=action.imp_restart_xcp_router.emea",
];

/// A cluster of a publisher and two subscribers beside another cluster, and the action.
pub(crate) fn site(terraform: &Terraform) -> Site {
    site_in(terraform, "restart")
}

fn site_in(terraform: &Terraform, folder: &str) -> Site {
    let emea = Practice::emea_options().with_subscriber().with_subscriber();
    let practice = Practice::with([emea, Practice::apac_options()]);
    Site::new(terraform, practice, folder)
}

/// The nodes that were asked to restart, in this order, with all answers as they should be. The practice nodes refuse
/// anything but `Restart`.
pub(crate) fn restarted(site: &Site) -> Vec<String> {
    let requests = site.requests("soapDoControlServices");
    assert!(requests.iter().all(|entry| entry.cluster == "emea"));
    assert!(
        requests
            .iter()
            .all(|entry| entry.answer == AnswerClass::Answered),
        "{requests:?}"
    );
    requests.into_iter().map(|entry| entry.node).collect()
}

/// An invocation in the background that has begun with the publisher.
pub(crate) fn begun(site: &Site) -> Running {
    let running = site.start(&INVOKE);
    eventually("the publisher restarts", || {
        !site.requests("soapDoControlServices").is_empty()
    });
    running
}

#[test]
fn every_node_is_restarted_one_after_the_other() {
    let Some(terraform) = core_with!(Feature::Actions) else {
        return;
    };
    let mut site = site(&terraform);
    let takes = Duration::from_millis(1200);
    site.practice.emea().set_restart_time(takes);
    site.practice
        .emea()
        .add_domain(&DomainRow::named("remote.com"))
        .unwrap();
    let text = site.succeed(&INVOKE);
    assert_eq!(restarted(&site), [PUBLISHER, FIRST, SECOND]);
    // While the services of one are starting, no other is asked.
    let requests = site.requests("soapDoControlServices");
    for pair in requests.windows(2) {
        let answered = pair[0].time_unix_ms + pair[0].duration_us / 1000;
        let between = pair[1].time_unix_ms.saturating_sub(answered);
        assert!(
            u128::from(between) + 50 >= takes.as_millis(),
            "{between} ms"
        );
    }
    for node in [PUBLISHER, FIRST, SECOND] {
        for service in site.practice.emea().services(node) {
            let expected =
                u32::from(service.name.starts_with("Cisco XCP ") && service.status == "Started");
            assert_eq!(service.restarts, expected, "{}", service.name);
        }
    }
    for part in [
        "An outage of cluster emea",
        "imp-pub.emea.example.com, imp-sub1.emea.example.com, imp-sub2.emea.example.com, one node after the other",
        "Critical Service Down Delay (90 seconds by default)",
        "imp-pub.emea.example.com: restarting Cisco XCP Router",
        "imp-sub1.emea.example.com: all services are up again (2 of 3)",
    ] {
        says(&text, part);
    }
    // Nothing but services has changed, and each node was asked over one session.
    let requests = site.practice.requests();
    let changes = requests.iter().flat_map(|entry| &entry.changes);
    assert!(
        changes
            .clone()
            .all(|change| change.object == ChangedObject::Service)
    );
}

#[test]
fn only_the_named_nodes_are_restarted() {
    let Some(terraform) = core_with!(Feature::Actions) else {
        return;
    };
    let mut site = site(&terraform);
    let nodes = serde_json::json!([SECOND, FIRST]);
    site.workspace.set_variable("nodes", &nodes);
    site.succeed(&INVOKE);
    assert_eq!(restarted(&site), [FIRST, SECOND]);
    site.workspace
        .set_variable("nodes", &serde_json::json!(["imp-sub3"]));
    // The plan says so already.
    let plan = ["plan", "-no-color", INVOKE[INVOKE.len() - 1]];
    for command in [&plan[..], &INVOKE[..]] {
        let text = site.fail(command);
        says(
            &text,
            "`nodes` names \"imp-sub3\", and the nodes of this cluster are imp-pub",
        );
        assert!(!text.contains("An outage of cluster"), "{text}");
        assert!(!text.contains("Restarted and up again"), "{text}");
    }
    assert_eq!(restarted(&site).len(), 2);
}

#[test]
fn a_change_of_a_domain_can_trigger_it() {
    let Some(terraform) = core_with!(Feature::Actions) else {
        return;
    };
    let mut site = site_in(&terraform, "restart_triggered");
    let text = site.succeed(&["apply", "-no-color", "-auto-approve"]);
    says(&text, "An outage of cluster emea");
    assert_eq!(restarted(&site), [PUBLISHER, FIRST, SECOND]);
    let requests = site.practice.requests();
    let is = |operation: &'static str| {
        move |entry: &imp_publisher_simulator::JournalEntry| {
            entry.operation.as_deref() == Some(operation)
        }
    };
    let written = requests.iter().position(is("executeSQLUpdate")).unwrap();
    let asked = requests
        .iter()
        .position(is("soapDoControlServices"))
        .unwrap();
    assert!(written < asked);
    // Without a change there is nothing to trigger it, and a destroy does not.
    site.succeed(&["apply", "-no-color", "-auto-approve"]);
    site.succeed(&["destroy", "-no-color", "-auto-approve"]);
    assert_eq!(restarted(&site).len(), 3);
    assert!(site.practice.emea().domains().unwrap().is_empty());
}

#[test]
fn replication_is_waited_for() {
    let Some(terraform) = core_with!(Feature::Actions) else {
        return;
    };
    let site = site(&terraform);
    let emea = site.practice.emea();
    emea.hold_replication(SECOND).unwrap();
    emea.add_domain(&DomainRow::named("remote.com")).unwrap();
    let running = site.start(&INVOKE);
    let waiting = "imp-sub2.emea.example.com: waiting for replication of remote.com";
    running.wait_for_output(waiting, LIMIT).unwrap();
    assert!(restarted(&site).is_empty());
    emea.resume_replication(SECOND);
    let outcome = running.wait(LIMIT).unwrap();
    assert!(outcome.success(), "{}", outcome.transcript());
    assert_eq!(restarted(&site), [PUBLISHER, FIRST, SECOND]);
}
