//! A provider written with the framework, in the hands of a real core: the framework's own example.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use acceptance_tests::{
    Action, Feature, Phase, PlanExpectations, PlanOptions, Provider, Step, Terraform, TestCase,
    core_with,
};
use serde_json::json;
use tempfile::TempDir;

const NOTE: &str = "notebook_note.this";

/// A case whose notes lie in a folder that must be empty at the end.
fn case(folder: &TempDir) -> TestCase {
    case_with(Terraform::find().unwrap(), folder)
}

fn case_with(core: &Terraform, folder: &TempDir) -> TestCase {
    let test_data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/notebook");
    let notes = folder.path().to_owned();
    TestCase::new(core, test_data)
        .unwrap()
        .provider(Provider::notebook().unwrap())
        .unwrap()
        .variable("folder", notes.to_str().unwrap())
        .destroy_check(move || match notes_in(&notes) {
            left if left.is_empty() => Ok(()),
            left => Err(format!("{left:?} are left")),
        })
}

fn notes_in(folder: &Path) -> Vec<String> {
    let mut notes: Vec<String> = folder
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    notes.sort();
    notes
}

#[test]
fn a_note_lives() {
    let folder = tempfile::tempdir().unwrap();
    let note = folder.path().join("shopping");
    case(&folder)
        .step(
            Step::apply("note")
                .plans(NOTE, Action::Create)
                .plans_value(NOTE, "text", "milk")
                .has(NOTE, "title", "shopping")
                .check(move |_| match std::fs::read_to_string(note) {
                    Ok(text) if text == "milk" => Ok(()),
                    other => Err(format!("the note says {other:?}")),
                }),
        )
        .step(Step::apply("rewritten").plans(NOTE, Action::Update).has(
            NOTE,
            "text",
            "milk and bread",
        ))
        .step(
            Step::apply("renamed")
                .plans(NOTE, Action::Replace)
                .replaces_for(NOTE, "title"),
        )
        .step(
            Step::apply("default_text")
                .plans(NOTE, Action::Update)
                .has(NOTE, "text", ""),
        )
        .run();
}

#[test]
fn a_note_is_imported_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let capabilities = Terraform::find().unwrap().capabilities();
    let mut case = case(&folder)
        .step(Step::apply("note"))
        .step(Step::import(NOTE, "shopping"))
        .step(Step::import(NOTE, "nothing").fails_with("Cannot import non-existent remote object"));
    if capabilities.import_blocks {
        case = case.step(Step::import_block(NOTE, "shopping"));
    }
    if capabilities.generated_configuration {
        case = case.step(Step::import_generated("generated", NOTE, "shopping"));
    }
    if capabilities.resource_identity {
        let identity = json!({"title": "shopping"});
        case = case.step(Step::import_identity(NOTE, identity));
    }
    case.run();
}

#[test]
fn what_happens_behind_terraforms_back_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let note = folder.path().join("shopping");
    let gone = note.clone();
    case(&folder)
        .step(Step::apply("note"))
        .step(Step::act("scribble on the note", move |_| {
            std::fs::write(&note, "chocolate").map_err(|error| error.to_string().into())
        }))
        .step(
            Step::plan("note")
                .plans(NOTE, Action::Update)
                .plan_check(|plan| match plan.drift().count() {
                    1 => Ok(()),
                    other => Err(format!("{other} objects have drifted")),
                }),
        )
        .step(
            Step::plan("note")
                .options(PlanOptions::new().without_refresh())
                .plans_nothing(),
        )
        .step(
            Step::apply("note")
                .plans(NOTE, Action::Update)
                .has(NOTE, "text", "milk"),
        )
        .step(Step::act("lose the note", move |_| {
            std::fs::remove_file(&gone).map_err(|error| error.to_string().into())
        }))
        .step(Step::apply("note").plans(NOTE, Action::Create))
        .run();
}

#[test]
fn a_title_known_later_is_planned_as_unknown() {
    let Some(core) = core_with!(Feature::TerraformData) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    case_with(&core, &folder)
        .step(
            Step::apply("unknown_title")
                .plans_unknown(NOTE, "title")
                .has(NOTE, "title", "later"),
        )
        .run();
}

#[test]
fn a_bad_title_is_refused_before_anything_happens() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |phase| {
        Step::fails("invalid")
            .at(phase)
            .detail("Write a title without slashes")
            .address(NOTE)
            .attribute("title")
    };
    case(&folder)
        .step(refused(Phase::Validate))
        .step(refused(Phase::Plan))
        .run();
}
