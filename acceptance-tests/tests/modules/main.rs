//! The modules and the migration under `examples/`, tried as they stand there.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod migration;
mod pages;
mod terraform_test;

use std::path::{Path, PathBuf};

use acceptance_tests::{Practice, Provider, Terraform, Workspace};
use imp_publisher_simulator::{DEFAULT_PASSWORD, DEFAULT_USER};

/// The modules that have tests of their own.
const TESTED: [&str; 2] = ["interdomain-federation", "direct-federation"];

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")
}

/// A workspace with the provider, in which nothing says yet where publishers are.
fn workspace(core: &Terraform) -> Workspace {
    let mut workspace = Workspace::new(core).unwrap();
    workspace.add_provider(Provider::imp().unwrap()).unwrap();
    workspace
}

/// Says who logs on.
fn log_on(workspace: &mut Workspace) {
    workspace.set_environment("IMP_USERNAME", DEFAULT_USER);
    workspace.set_environment("IMP_PASSWORD", DEFAULT_PASSWORD);
}

/// The domains and routes of all clusters.
fn contents(practice: &Practice) -> Vec<String> {
    let mut contents = practice.contents().unwrap();
    // What ships with the product.
    contents.retain(|key| !key.contains(": .*/"));
    contents
}
