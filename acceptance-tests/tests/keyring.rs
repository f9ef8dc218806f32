//! What is not stored, and a state store that no core uses yet, in the hands of a real core: the framework's second
//! example.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use acceptance_tests::{
    Action, Feature, PlanExpectations, Product, Provider, Step, Terraform, TestCase, Workspace,
    core_with,
};
use serde_json::{Value, json};
use tempfile::TempDir;

const DOOR: &str = "keyring_door.front";

fn test_data() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/keyring")
}

/// A case whose folder must be empty at the end, and whose passes must be seen nowhere.
fn case(core: &Terraform, folder: &TempDir) -> TestCase {
    let path = folder.path().to_owned();
    TestCase::new(core, test_data())
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

#[test]
fn a_rack_has_hooks_of_its_own_where_the_core_takes_them() {
    const RACK: &str = "keyring_rack.hall";
    let core = Terraform::find().unwrap();
    let taken = core.product() == Product::Terraform && core.release().is_at_least(1, 16);
    let own = json!([
        { "label": "hook 1", "number": 1 },
        { "label": "hook 2", "number": 2 },
    ]);
    let front = || json!([{ "label": "front", "number": 1 }]);
    let folder = tempfile::tempdir().unwrap();
    case(core, &folder)
        .step(Step::apply("rack").plans(RACK, Action::Create).has(
            RACK,
            "hooks",
            if taken { own } else { json!([]) },
        ))
        .step(
            Step::apply("labelled")
                .plans(RACK, Action::Update)
                .has(RACK, "hooks", front()),
        )
        .step(
            Step::apply("larger")
                .plans(RACK, Action::Update)
                .has(RACK, "hooks", front()),
        )
        .run();
}

#[test]
fn a_core_that_knows_no_state_stores_passes_over_one() {
    let core = Terraform::find().unwrap();
    let mut workspace = Workspace::new(core).unwrap();
    workspace
        .add_provider(Provider::keyring().unwrap())
        .unwrap();
    workspace
        .use_configuration(&test_data().join("literal"))
        .unwrap();
    let outcome = workspace.run(["providers", "schema", "-json"]).unwrap();
    let schemas: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let providers = schemas["provider_schemas"].as_object().unwrap();
    let keyring = providers.values().next().unwrap();
    assert!(keyring["resource_schemas"]["keyring_door"].is_object());
    let attribute = "/state_store_schemas/keyring_archive/block/attributes/directory/type";
    let shown = core.product() == Product::Terraform && core.release().is_at_least(1, 15);
    assert_eq!(
        keyring.pointer(attribute),
        shown.then(|| json!("string")).as_ref(),
        "{keyring}"
    );

    let found = workspace.validate().unwrap();
    let summaries: Vec<&str> = found.iter().map(|found| found.summary.as_str()).collect();
    let expected: &[&str] = if core.capabilities().write_only_attributes {
        &[]
    } else {
        &["Write-only attribute not supported"]
    };
    assert_eq!(summaries, expected);
}
