//! `terraform test` of each module.

use std::fs;

use acceptance_tests::{Feature, Outcome, Practice, Terraform, core_with};
use imp_publisher_simulator::ClusterOptions;

use crate::{TESTED, contents, examples, log_on, workspace};

/// What `test` runs where no folder is named: it must not ask a publisher.
const MOCKED: &str = "tests";

/// A folder of its own, since cores without mocks do not get past a file that has some.
const ON_PUBLISHERS: &str = "tests/publishers";

/// Runs the tests in one folder of a module.
fn run(core: &Terraform, module: &str, folder: &str, practice: Option<&Practice>) -> Outcome {
    let mut workspace = workspace(core);
    workspace.use_configuration(&examples()).unwrap();
    if let Some(practice) = practice {
        log_on(&mut workspace);
        let clusters = practice.simulator().clusters();
        let addresses: Vec<String> = clusters
            .iter()
            .map(|cluster| format!("{}={}", cluster.name(), cluster.address()))
            .collect();
        workspace.set_environment("IMP_PUBLISHERS", addresses.join(","));
        workspace.set_environment("IMP_CA_CERTIFICATE", practice.simulator().ca_path());
        workspace.set_environment("IMP_SCHEMA_PROFILE", clusters[0].profile_path());
    }
    let change = format!("-chdir=modules/{module}");
    let tests = format!("-test-directory={folder}");
    let fetched = workspace
        .run([&change, "get", "-no-color", &tests])
        .unwrap();
    assert!(fetched.success(), "{}", fetched.transcript());
    workspace
        .run([&change, "test", "-no-color", &tests])
        .unwrap()
}

/// Every run in the folder has passed.
#[track_caller]
fn has_passed(outcome: &Outcome, module: &str, folder: &str) {
    let path = examples().join(format!("modules/{module}/{folder}"));
    let files = fs::read_dir(path).unwrap();
    let runs: usize = files
        .map(|entry| entry.unwrap().path())
        .filter(|file| file.is_file())
        .map(|file| fs::read_to_string(file).unwrap())
        .map(|text| text.matches("\nrun \"").count())
        .sum();
    let summary = format!("Success! {runs} passed, 0 failed.");
    assert!(
        runs > 0 && outcome.success() && outcome.text().contains(&summary),
        "{module}: {}",
        outcome.transcript()
    );
}

#[test]
fn modules_make_of_their_inputs_what_they_say() {
    let Some(core) = core_with!(Feature::MockProviders) else {
        return;
    };
    for module in TESTED {
        has_passed(&run(&core, module, MOCKED, None), module, MOCKED);
    }
}

#[test]
fn modules_work_on_publishers_and_leave_nothing() {
    let Some(core) = core_with!(Feature::TestCommand) else {
        return;
    };
    for module in TESTED {
        // One schema, so that one profile is good for both.
        let practice = Practice::with(["emea", "apac"].map(ClusterOptions::new));
        let outcome = run(&core, module, ON_PUBLISHERS, Some(&practice));
        has_passed(&outcome, module, ON_PUBLISHERS);
        assert!(practice.is_untouched().is_err(), "nothing was written");
        assert_eq!(contents(&practice), Vec::<String>::new());
        let journal = practice.simulator().journal_book();
        assert_eq!(journal.domains_removed_before_their_routes(), []);
    }
}

/// A check that cannot fail is worse than none.
#[test]
fn a_test_of_a_module_can_fail() {
    let Some(core) = core_with!(Feature::TestCommand) else {
        return;
    };
    // There is no `apac`.
    let practice = Practice::with([ClusterOptions::new("emea")]);
    let module = "interdomain-federation";
    let outcome = run(&core, module, ON_PUBLISHERS, Some(&practice));
    assert!(!outcome.success(), "{}", outcome.transcript());
}
