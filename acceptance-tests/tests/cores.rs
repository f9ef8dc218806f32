//! Cores from PyPI: each is what it says, and works as the harness uses it.
//!
//! `IMP_TEST_CORES` names the versions to try, separated by commas. Each is a download of about 50 MB,
//! so that without it two stand for all: an old one and the newest.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;
use std::time::Duration;

use acceptance_tests::{
    Action, PlanExpectations, Product, ResourceState, Signal, Step, Terraform, TestCase, Workspace,
};

const THIS: &str = "terraform_data.this";

fn versions() -> Vec<String> {
    let listed = std::env::var("IMP_TEST_CORES").unwrap_or_else(|_| "1.8.4,1.15.5".to_owned());
    listed.split(',').map(str::to_owned).collect()
}

fn test_data() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/harness")
}

#[test]
fn a_fetched_core_is_the_version_asked_for_and_works() {
    for version in versions() {
        let terraform = Terraform::version(&version).unwrap();
        assert_eq!(terraform.product(), Product::Terraform);
        assert_eq!(terraform.release().to_string(), version);
        let case = TestCase::new(&terraform, test_data()).unwrap();
        let case = case.step(Step::apply("output"));
        // Older cores have no resource of their own.
        if terraform.release().is_at_least(1, 4) {
            case.step(Step::apply("basic").plans(THIS, Action::Create))
                .step(Step::apply("replaced").plans(THIS, Action::Replace))
                .step(Step::fails("broken").summary("Resource precondition failed"))
                .run();
        } else {
            case.run();
        }
    }
}

#[test]
fn test_processes_that_fetch_at_once_do_not_disturb_each_other() {
    let version = versions().pop().unwrap();
    let fetched: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3)
            .map(|_| scope.spawn(|| Terraform::version(&version)))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap().unwrap())
            .collect()
    });
    assert!(fetched.iter().all(|terraform| *terraform == fetched[0]));
}

#[test]
fn a_fetched_core_takes_signals_as_the_executable_does() {
    for version in versions() {
        let terraform = Terraform::version(&version).unwrap();
        if !terraform.release().is_at_least(1, 4) {
            continue;
        }
        let mut workspace = Workspace::new(&terraform).unwrap();
        workspace
            .use_configuration(&test_data().join("slow"))
            .unwrap();
        let running = workspace
            .start(["apply", "-auto-approve", "-no-color"])
            .unwrap();
        running
            .wait_for_output("(local-exec): begun", Duration::from_secs(60))
            .unwrap();
        running.signal_group(Signal::Interrupt).unwrap();
        let outcome = running.wait(Duration::from_secs(60)).unwrap();
        assert!(
            outcome.text().contains("Interrupt received"),
            "{}",
            outcome.transcript()
        );
        let state = workspace.state().unwrap();
        let this = state.resource(THIS);
        assert!(
            this.is_ok_and(ResourceState::is_tainted),
            "{version}: {}",
            outcome.transcript()
        );
    }
}
