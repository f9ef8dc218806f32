//! Restarts that do not begin, or end early: each says which nodes are done.

use std::time::Duration;

use acceptance_tests::{Feature, core_with};
use imp_publisher_simulator::{DomainRow, Fault, FaultKind, RestartOutcome, User, UserRole};
use serde_json::json;

use crate::restarts::{FIRST, INVOKE, PUBLISHER, SECOND, begun, restarted, site};
use crate::site::{LIMIT, Site, says};

#[test]
fn a_wrong_confirmation_is_refused_before_anybody_is_asked() {
    let Some(terraform) = core_with!(Feature::Actions) else {
        return;
    };
    let mut unconfirmed = Site::new(
        &terraform,
        acceptance_tests::Practice::start(),
        "restart_unconfirmed",
    );
    let text = unconfirmed.fail(&["validate", "-no-color"]);
    says(
        &text,
        "`confirm` is \"apac\", and the publisher is \"emea\"",
    );
    assert!(unconfirmed.practice.requests().is_empty());

    let mut site = site(&terraform);
    site.workspace.set_variable("confirm", &json!("EMEA"));
    let text = site.fail(&INVOKE);
    says(&text, "The restart is not confirmed");
    says(&text, "write `confirm = \"emea\"`");
    assert!(site.practice.requests().is_empty());
}

#[test]
fn an_unknown_publisher_is_refused() {
    let Some(terraform) = core_with!(Feature::Actions) else {
        return;
    };
    let mut site = site(&terraform);
    for variable in ["publisher", "confirm"] {
        site.workspace.set_variable(variable, &json!("nowhere"));
    }
    let text = site.fail(&INVOKE);
    says(&text, "has no entry \"nowhere\"; it has \"apac\", \"emea\"");
    assert!(site.practice.requests().is_empty());
}

#[test]
fn nothing_is_restarted_while_a_node_is_not_normal() {
    let Some(terraform) = core_with!(Feature::Actions) else {
        return;
    };
    let mut site = site(&terraform);
    site.practice
        .emea()
        .set_node_state(SECOND, "Running in Backup Mode");
    let text = site.fail(&INVOKE);
    says(&text, "Cisco XCP Router was not restarted");
    says(
        &text,
        "imp-sub2.emea.example.com is not in the state Normal but \"Running in Backup Mode\"",
    );
    assert!(restarted(&site).is_empty());
}

#[test]
fn it_stops_before_the_next_where_a_node_ceases_to_be_normal() {
    let Some(terraform) = core_with!(Feature::Actions) else {
        return;
    };
    let site = site(&terraform);
    let emea = site.practice.emea();
    emea.set_restart_time(Duration::from_secs(3));
    let running = begun(&site);
    emea.set_node_state(SECOND, "Failed Over");
    let outcome = running.wait(LIMIT).unwrap();
    assert!(!outcome.success(), "{}", outcome.transcript());
    let text = outcome.text();
    says(
        &text,
        "imp-sub2.emea.example.com is not in the state Normal but \"Failed Over\"",
    );
    says(
        &text,
        "Restarted and up again: imp-pub.emea.example.com. Not restarted: imp-sub1.emea.example.com, \
         imp-sub2.emea.example.com.",
    );
    says(
        &text,
        "`nodes = [\"imp-sub1.emea.example.com\", \"imp-sub2.emea.example.com\"]`",
    );
    assert_eq!(restarted(&site), [PUBLISHER]);
}

#[test]
fn it_stops_at_the_node_whose_restart_fails() {
    let Some(terraform) = core_with!(Feature::Actions) else {
        return;
    };
    let mut site = site(&terraform);
    site.practice
        .emea()
        .set_restart_outcome(FIRST, RestartOutcome::Refused);
    let text = site.fail(&INVOKE);
    says(
        &text,
        "imp-sub1.emea.example.com: The publisher rejected the request",
    );
    says(&text, "The service control request failed.");
    says(
        &text,
        "up again: imp-pub.emea.example.com. Not restarted: imp-sub1",
    );
    assert_eq!(restarted(&site), [PUBLISHER, FIRST]);
}

#[test]
fn it_stops_where_a_service_stays_down() {
    let Some(terraform) = core_with!(Feature::Actions) else {
        return;
    };
    let mut site = site(&terraform);
    site.workspace.set_variable("node_timeout", &json!("3s"));
    let dependant = "Cisco XCP Connection Manager".to_owned();
    site.practice
        .emea()
        .set_restart_outcome(FIRST, RestartOutcome::Down(vec![dependant]));
    let text = site.fail(&INVOKE);
    says(
        &text,
        "imp-sub1.emea.example.com was restarted, and is not as before after",
    );
    says(&text, "Cisco XCP Connection Manager is Stopped.");
    says(
        &text,
        "up again: imp-pub.emea.example.com. Asked to restart, and not known to be up again: \
         imp-sub1.emea.example.com. Not restarted: imp-sub2.emea.example.com.",
    );
    assert_eq!(restarted(&site), [PUBLISHER, FIRST]);
}

#[test]
fn it_stops_where_a_service_does_not_come_up_in_time() {
    let Some(terraform) = core_with!(Feature::Actions) else {
        return;
    };
    let mut site = site(&terraform);
    site.workspace.set_variable("node_timeout", &json!("2s"));
    site.practice
        .emea()
        .set_restart_time(Duration::from_secs(3600));
    let text = site.fail(&INVOKE);
    says(&text, "Cisco XCP Router is Starting");
    says(&text, "not known to be up again: imp-pub.emea.example.com.");
    assert_eq!(restarted(&site), [PUBLISHER]);
}

#[test]
fn nothing_is_restarted_while_a_node_lacks_the_new_rows() {
    let Some(terraform) = core_with!(Feature::Actions) else {
        return;
    };
    let mut site = site(&terraform);
    site.workspace.set_variable("node_timeout", &json!("2s"));
    let emea = site.practice.emea();
    emea.hold_replication(SECOND).unwrap();
    emea.add_domain(&DomainRow::named("remote.com")).unwrap();
    let text = site.fail(&INVOKE);
    says(
        &text,
        "The database of imp-sub2.emea.example.com differs from the publisher's",
    );
    says(&text, "in remote.com.");
    assert!(restarted(&site).is_empty());
}

#[test]
fn a_node_that_cannot_be_reached_is_noticed_before_the_first_restart() {
    let Some(terraform) = core_with!(Feature::Actions) else {
        return;
    };
    let mut site = site(&terraform);
    site.practice.emea().take_down(SECOND);
    let text = site.fail(&INVOKE);
    says(&text, "Write its address into `node_addresses`");
    assert!(restarted(&site).is_empty());
}

#[test]
fn whoever_lacks_the_role_is_told_which() {
    let Some(terraform) = core_with!(Feature::Actions) else {
        return;
    };
    let reader = User::new("reader", "secret-of-reader", UserRole::ReadOnly);
    let emea = acceptance_tests::Practice::emea_options().with_user(reader);
    let practice = acceptance_tests::Practice::with([emea]);
    let mut site = Site::new(&terraform, practice, "restart");
    site.workspace.set_environment("IMP_USERNAME", "reader");
    site.workspace
        .set_environment("IMP_PASSWORD", "secret-of-reader");
    let text = site.fail(&INVOKE);
    says(
        &text,
        "does not let the user \"reader\" use the Control Center Services API (HTTP 403)",
    );
    says(&text, "Standard SERVICEABILITY Administration");
    let services = site.practice.emea().services(PUBLISHER);
    assert!(services.iter().all(|service| service.restarts == 0));
}

#[test]
fn a_lost_answer_is_settled_by_looking() {
    let Some(terraform) = core_with!(Feature::Actions) else {
        return;
    };
    let mut site = site(&terraform);
    let lost = Fault::after(FaultKind::Reset).on_operation("soapDoControlServices");
    site.practice.simulator().inject(lost.on_node(FIRST));
    let text = site.succeed(&INVOKE);
    says(&text, "imp-sub1.emea.example.com: the answer was lost");
    let nodes: Vec<String> = site
        .requests("soapDoControlServices")
        .into_iter()
        .map(|entry| entry.node)
        .collect();
    assert_eq!(nodes, [PUBLISHER, FIRST, SECOND]);
    assert!(site.practice.simulator().unfired_faults().is_empty());
}
