//! What is not stored, in the hands of a real core: the framework's second example.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use acceptance_tests::{
    Action, Feature, PlanExpectations, Provider, Step, Terraform, TestCase, core_with,
};
use tempfile::TempDir;

const DOOR: &str = "keyring_door.front";

/// A case whose folder must be empty at the end, and whose passes must be seen nowhere.
fn case(core: &Terraform, folder: &TempDir) -> TestCase {
    let test_data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/keyring");
    let path = folder.path().to_owned();
    TestCase::new(core, test_data)
        .unwrap()
        .provider(Provider::keyring().unwrap())
        .unwrap()
        .variable("folder", path.to_str().unwrap())
        .keeps_secret("pass-of-guest")
        .destroy_check(move || holds(&path, &[]))
}

fn holds(folder: &Path, expected: &[&str]) -> Result<(), String> {
    let entries = folder.read_dir().unwrap();
    let names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    if names == expected {
        Ok(())
    } else {
        Err(format!("the folder holds {names:?}, not {expected:?}"))
    }
}

#[test]
fn a_pass_opens_a_door_and_ends_with_each_phase() {
    let Some(core) = core_with!(Feature::WriteOnlyAttributes) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    case(&core, &folder)
        .step(
            Step::apply("door")
                .plans(DOOR, Action::Create)
                .check(move |_| {
                    holds(&path, &["front.door"])?;
                    match std::fs::read_to_string(path.join("front.door")) {
                        Ok(owner) if owner == "house" => Ok(()),
                        other => Err(format!("the door has {other:?}")),
                    }
                }),
        )
        .run();
}

#[test]
fn a_door_that_was_written_down_elsewhere_moves_in() {
    let Some(core) = core_with!(Feature::WriteOnlyAttributes) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let door = folder.path().join("front.door");
    case(&core, &folder)
        .step(Step::apply("written_down"))
        .step(Step::act("set the door by hand", move |_| {
            std::fs::write(&door, "").map_err(|error| error.to_string().into())
        }))
        .step(
            Step::apply("moved")
                .plans(DOOR, Action::NoOp)
                .has(DOOR, "name", "front"),
        )
        .run();
}
