//! The artifacts of a release, as Terraform installs them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use acceptance_tests::{
    Feature, Outcome, PlanOptions, Practice, Provider, Terraform, Workspace, core_with, program,
};
use imp_publisher_simulator::{DEFAULT_PASSWORD, DEFAULT_USER};
use tempfile::TempDir;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The programs of the tests, packed once.
fn artifacts() -> &'static Path {
    static PACKED: OnceLock<TempDir> = OnceLock::new();
    PACKED.get_or_init(packed).path()
}

fn packed() -> TempDir {
    let output = tempfile::tempdir().unwrap();
    let programs = Provider::imp().unwrap().executable().parent().unwrap();
    program("imp-publisher-simulator").unwrap();
    let status = Command::new(program("package").unwrap())
        .arg("--programs")
        .arg(programs)
        .arg("--output")
        .arg(output.path())
        .output()
        .unwrap();
    assert!(status.status.success(), "{status:?}");
    output
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn archive(folder: &Path) -> PathBuf {
    let is_archive = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.starts_with("terraform") && path.extension().is_some_and(|kind| kind == "zip")
    };
    let mut files = names(folder).into_iter().map(|name| folder.join(name));
    files.find(is_archive).unwrap()
}

/// A mirror as `terraform init -plugin-dir` takes it, of packed providers, for both registries.
fn mirror(artifacts: &Path) -> TempDir {
    let mirror = tempfile::tempdir().unwrap();
    let archive = archive(artifacts);
    for host in ["registry.terraform.io", "registry.opentofu.org"] {
        let folder = mirror.path().join(host).join("imp-federation/imp");
        fs::create_dir_all(&folder).unwrap();
        fs::copy(&archive, folder.join(archive.file_name().unwrap())).unwrap();
    }
    mirror
}

fn workspace(terraform: &Terraform, practice: &Practice) -> Workspace {
    let mut workspace = Workspace::new(terraform).unwrap();
    let quickstart = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/quickstart");
    workspace.use_configuration(&quickstart).unwrap();
    workspace.set_environment("IMP_USERNAME", DEFAULT_USER);
    workspace.set_environment("IMP_PASSWORD", DEFAULT_PASSWORD);
    workspace.set_variable("publishers", &practice.publishers());
    workspace
}

fn init(workspace: &mut Workspace, mirror: &Path) -> Outcome {
    let plugins = format!("-plugin-dir={}", mirror.display());
    workspace
        .run(["init", "-no-color", "-input=false", &plugins])
        .unwrap()
}

#[test]
fn every_artifact_is_there_under_the_name_that_the_registry_wants_and_is_listed() {
    let artifacts = artifacts();
    let found = names(artifacts);
    let archive = archive(artifacts);
    let name = archive.file_stem().unwrap().to_str().unwrap();
    let platform = name
        .strip_prefix(&format!("terraform-provider-imp_{VERSION}_"))
        .unwrap();
    assert_eq!(
        found,
        [
            format!("imp-publisher-simulator_{VERSION}_{platform}.zip"),
            format!("terraform-provider-imp_{VERSION}_SHA256SUMS"),
            format!("terraform-provider-imp_{VERSION}_{platform}.cdx.json"),
            format!("terraform-provider-imp_{VERSION}_{platform}.zip"),
            format!("terraform-provider-imp_{VERSION}_manifest.json"),
        ]
    );
    let sums = fs::read_to_string(artifacts.join(&found[1])).unwrap();
    let listed: Vec<&str> = sums
        .lines()
        .map(|line| line.split_once("  ").unwrap().1)
        .collect();
    let others: Vec<&String> = found.iter().filter(|name| **name != found[1]).collect();
    assert_eq!(listed, others);
}

#[test]
fn the_same_programs_give_the_same_bytes() {
    let again = packed();
    let sums = format!("terraform-provider-imp_{VERSION}_SHA256SUMS");
    let [first, second] =
        [artifacts(), again.path()].map(|folder| fs::read_to_string(folder.join(&sums)).unwrap());
    assert_eq!(first, second);
}

#[test]
fn what_is_packed_can_be_installed_applied_and_destroyed() {
    let Some(terraform) = core_with!(Feature::OptionalAttributes) else {
        return;
    };
    let mirror = mirror(artifacts());
    let practice = Practice::start();
    let before = practice.contents().unwrap();
    let mut workspace = workspace(&terraform, &practice);

    let outcome = init(&mut workspace, mirror.path());
    assert!(outcome.success(), "{}", outcome.transcript());
    let lock = workspace.directory().join(".terraform.lock.hcl");
    let lock = fs::read_to_string(lock).unwrap();
    assert!(lock.contains(&format!("\"{VERSION}\"")), "{lock}");
    assert!(lock.contains("\"h1:"), "{lock}");

    workspace.plan(&PlanOptions::new()).unwrap().unwrap();
    workspace.apply_saved_plan().unwrap();
    assert_eq!(practice.contents().unwrap().len(), before.len() + 6);
    workspace.destroy().unwrap();
    assert_eq!(practice.contents().unwrap(), before);
}

#[test]
fn another_archive_than_the_locked_one_is_refused() {
    let Some(terraform) = core_with!(Feature::OptionalAttributes) else {
        return;
    };
    let mirror = mirror(artifacts());
    let mut workspace = workspace(&terraform, &Practice::start());
    let outcome = init(&mut workspace, mirror.path());
    assert!(outcome.success(), "{}", outcome.transcript());

    let lock = workspace.directory().join(".terraform.lock.hcl");
    let text = fs::read_to_string(&lock).unwrap();
    let start = text.find("h1:").unwrap() + 3;
    let other = format!(
        "{}{}{}",
        &text[..start],
        "A".repeat(43),
        &text[start + 43..]
    );
    fs::write(&lock, other).unwrap();
    fs::remove_dir_all(workspace.directory().join(".terraform")).unwrap();
    let outcome = init(&mut workspace, mirror.path());
    assert!(!outcome.success());
    assert!(
        outcome.text().contains("checksum"),
        "{}",
        outcome.transcript()
    );
}
