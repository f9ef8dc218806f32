//! The harness itself, tried on Terraform's built-in `terraform_data`. Every check passes where it should
//! and has a twin in which it fails.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod endings;
mod failures;
mod imports;
mod plans;
mod processes;

use std::path::PathBuf;

use acceptance_tests::{Terraform, TestCase, TestStep, Workspace};

const THIS: &str = "terraform_data.this";

fn test_data() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/harness")
}

fn case() -> TestCase {
    TestCase::new(Terraform::find().unwrap(), test_data()).unwrap()
}

fn workspace(folder: &str) -> Workspace {
    let mut workspace = Workspace::new(Terraform::find().unwrap()).unwrap();
    workspace
        .use_configuration(&test_data().join(folder))
        .unwrap();
    workspace
}

/// Runs a case of one step, which must fail with this text.
fn fails(step: impl TestStep + 'static, text: &str) {
    fails_after(case(), step, text);
}

fn fails_after(case: TestCase, step: impl TestStep + 'static, text: &str) {
    let failure = case.step(step).try_run().unwrap_err().to_string();
    assert!(failure.contains(text), "{text:?} is not in: {failure}");
}
