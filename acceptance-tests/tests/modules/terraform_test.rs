//! `terraform test` of each module.

use std::fs;

use acceptance_tests::{Feature, Outcome, Practice, Terraform, core_with};
use imp_publisher_simulator::ClusterOptions;

use crate::{TESTED, contents, examples, log_on, workspace};

/// Runs the tests in one file of a module.
fn run(core: &Terraform, module: &str, file: &str, practice: Option<&Practice>) -> Outcome {
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
    let fetched = workspace.run([&change, "get", "-no-color"]).unwrap();
    assert!(fetched.success(), "{}", fetched.transcript());
    let filter = format!("-filter=tests/{file}");
    workspace
        .run([&change, "test", "-no-color", &filter])
        .unwrap()
}

/// Every run of the file has passed.
#[track_caller]
fn has_passed(outcome: &Outcome, module: &str, file: &str) {
    let path = examples().join(format!("modules/{module}/tests/{file}"));
    let runs = fs::read_to_string(path)
        .unwrap()
        .matches("\nrun \"")
        .count();
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
        let file = "mocked.tftest.hcl";
        has_passed(&run(&core, module, file, None), module, file);
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
        let file = "publishers.tftest.hcl";
        let outcome = run(&core, module, file, Some(&practice));
        has_passed(&outcome, module, file);
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
    let outcome = run(&core, module, "publishers.tftest.hcl", Some(&practice));
    assert!(!outcome.success(), "{}", outcome.transcript());
}
