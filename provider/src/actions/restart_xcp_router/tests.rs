//! What counts as up again, and what the user reads.

use imp_publisher::{Error, Service, ServiceState};
use tfplugin_framework::{Diagnostics, Field};

use super::outcome::Outcome;
use super::plan::confirmed;
use super::problem::Problem;
use super::run::pending;

fn service(name: &str, state: &str, started: &str) -> Service {
    Service {
        name: name.to_owned(),
        state: match state {
            "Started" => ServiceState::Started,
            other => ServiceState::Other(other.to_owned()),
        },
        started: started.to_owned(),
        up: None,
    }
}

fn before() -> Vec<Service> {
    vec![
        service("Cisco XCP Router", "Started", "Monday"),
        service("Cisco XCP Connection Manager", "Started", "Monday"),
        service("Cisco XCP Directory Service", "Stopped", ""),
        service("Cisco SIP Proxy", "Started", "Monday"),
    ]
}

#[test]
fn up_again_is_whatever_ran_before_with_a_router_started_anew() {
    assert_eq!(
        pending(&before(), &before()),
        ["Cisco XCP Router still runs since Monday"]
    );
    let mut now = before();
    now[0] = service("Cisco XCP Router", "Starting", "");
    now.remove(1);
    assert_eq!(
        pending(&before(), &now),
        [
            "Cisco XCP Router is Starting",
            "Cisco XCP Connection Manager is not listed"
        ]
    );
    let now = vec![
        service("Cisco XCP Router", "Started", "Tuesday"),
        service("Cisco XCP Connection Manager", "Started", "Tuesday"),
    ];
    assert!(pending(&before(), &now).is_empty());
}

#[test]
fn only_the_name_of_the_publisher_confirms() {
    confirmed(&Field::from("emea"), "emea").unwrap();
    confirmed(&Field::Unknown, "emea").unwrap();
    for wrong in ["", "EMEA", "apac"] {
        let refused = confirmed(&Field::from(wrong), "emea").unwrap_err();
        assert!(
            text(&refused).contains("write `confirm = \"emea\"`"),
            "{refused}"
        );
    }
}

fn text(diagnostics: &Diagnostics) -> String {
    let texts = diagnostics
        .iter()
        .map(|diagnostic| format!("{}\n{}", diagnostic.summary(), diagnostic.detail_text()));
    texts.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_failure_says_which_nodes_are_done() {
    let mut outcome = Outcome {
        left: ["a", "b", "c"].map(str::to_owned).to_vec(),
        ..Outcome::default()
    };
    let interrupted = Problem::Publisher(Error::Cancelled);
    let said = text(&outcome.failed(&interrupted));
    assert!(
        said.starts_with("Cisco XCP Router was not restarted\n"),
        "{said}"
    );
    assert!(
        said.contains("up again: none. Not restarted: a, b, c."),
        "{said}"
    );
    assert!(!said.contains("nodes ="), "{said}");

    outcome.begin("a");
    outcome.finish();
    outcome.begin("b");
    let said = text(&outcome.failed(&interrupted));
    assert!(said.contains("was not restarted on every node"), "{said}");
    assert!(
        said.contains(
            "up again: a. Asked to restart, and not known to be up again: b. Not restarted: c."
        ),
        "{said}"
    );
    assert!(said.contains("`nodes = [\"c\"]`"), "{said}");

    outcome.refuse("b");
    let said = text(&outcome.failed(&interrupted));
    assert!(said.contains("up again: a. Not restarted: b, c."), "{said}");
}
