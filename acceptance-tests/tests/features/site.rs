//! Practice clusters, and a workspace that works on them.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use acceptance_tests::{Outcome, Practice, Provider, Running, Terraform, Workspace};
use imp_publisher_simulator::{DEFAULT_PASSWORD, DEFAULT_USER, JournalEntry};
use serde_json::{Map, Value};

/// How long a command or an expected event may take.
pub(crate) const LIMIT: Duration = Duration::from_secs(120);

/// Practice clusters, and a workspace that works on them.
pub(crate) struct Site {
    pub(crate) practice: Practice,
    pub(crate) workspace: Workspace,
}

impl Site {
    /// A workspace for these clusters with the configuration of a folder. The variable `publishers` has the settings
    /// of all clusters, and `node_addresses` those of all nodes.
    pub(crate) fn new(terraform: &Terraform, practice: Practice, folder: &str) -> Self {
        let mut workspace = Workspace::new(terraform).unwrap();
        workspace.add_provider(Provider::imp().unwrap()).unwrap();
        workspace.use_common_configuration(&test_data("common"));
        workspace.set_environment("IMP_USERNAME", DEFAULT_USER);
        workspace.set_environment("IMP_PASSWORD", DEFAULT_PASSWORD);
        workspace.set_variable("publishers", &practice.publishers());
        workspace.set_variable("node_addresses", &node_addresses(&practice));
        workspace.use_configuration(&test_data(folder)).unwrap();
        Self {
            practice,
            workspace,
        }
    }

    /// Runs a command to its end.
    pub(crate) fn run(&mut self, arguments: &[&str]) -> Outcome {
        self.workspace.run(arguments).unwrap()
    }

    /// Runs a command that must succeed; what it printed, on one line.
    pub(crate) fn succeed(&mut self, arguments: &[&str]) -> String {
        let outcome = self.run(arguments);
        assert!(outcome.success(), "{}", outcome.transcript());
        outcome.text()
    }

    /// Runs a command that must fail; what it printed, on one line.
    pub(crate) fn fail(&mut self, arguments: &[&str]) -> String {
        let outcome = self.run(arguments);
        assert!(!outcome.success(), "{}", outcome.transcript());
        outcome.text()
    }

    /// Starts a command.
    pub(crate) fn start(&self, arguments: &[&str]) -> Running {
        self.workspace.start(arguments).unwrap()
    }

    /// The requests of one operation so far.
    pub(crate) fn requests(&self, operation: &str) -> Vec<JournalEntry> {
        let mut requests = self.practice.requests();
        requests.retain(|entry| entry.operation.as_deref() == Some(operation));
        requests
    }
}

pub(crate) fn test_data(folder: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("testdata/features")
        .join(folder)
}

fn node_addresses(practice: &Practice) -> Value {
    let nodes = practice.emea().nodes().into_iter();
    let addresses: Map<_, _> = nodes
        .map(|(name, _, address)| (name, address.into()))
        .collect();
    addresses.into()
}

/// Waits for something that must come true.
pub(crate) fn eventually(what: &str, condition: impl Fn() -> bool) {
    let began = Instant::now();
    while !condition() {
        assert!(began.elapsed() < LIMIT, "waited in vain until {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// What a text says on one line.
#[track_caller]
pub(crate) fn says(text: &str, part: &str) {
    assert!(text.contains(part), "{part:?} is not in:\n{text}");
}
