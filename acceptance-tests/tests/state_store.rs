//! A state store in the hands of a real Terraform, the newest with its experiments switched on: the framework's example
//! `keyring` keeps its states.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use acceptance_tests::{Outcome, Provider, Terraform, Workspace};
use serde_json::Value;

/// A workspace whose provider is installed, as a state store's has to be, and whose states are in `archive`.
struct Kept {
    workspace: Workspace,
    _installed: tempfile::TempDir,
}

impl Kept {
    fn new() -> Self {
        let core = Terraform::with_experiments().unwrap();
        let mut workspace = Workspace::new(&core).unwrap();
        let installed = install(&mut workspace);
        let configuration = installed.path().join("cli.tfrc");
        workspace.set_environment("TF_CLI_CONFIG_FILE", configuration);
        workspace.set_environment("TF_ENABLE_PLUGGABLE_STATE_STORAGE", "1");
        let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/state_store/kept");
        workspace.use_configuration(&source).unwrap();
        let mut kept = Self {
            workspace,
            _installed: installed,
        };
        kept.succeeds(&["init"]);
        kept
    }

    fn archive(&self) -> PathBuf {
        self.workspace.directory().join("archive")
    }

    fn run(&mut self, arguments: &[&str]) -> Outcome {
        self.workspace.run(arguments).unwrap()
    }

    fn succeeds(&mut self, arguments: &[&str]) -> String {
        let outcome = self.run(arguments);
        assert!(outcome.success(), "{}", outcome.transcript());
        outcome.stdout
    }

    /// What a command that fails says, in one line.
    fn fails(&mut self, arguments: &[&str]) -> String {
        let outcome = self.run(arguments);
        assert!(!outcome.success(), "{}", outcome.transcript());
        let said = format!("{}{}", outcome.stdout, outcome.stderr);
        let words = said.split_whitespace().filter(|word| *word != "│");
        words.collect::<Vec<_>>().join(" ")
    }

    fn apply(&mut self, size: u32) {
        let size = format!("-var=size={size}");
        self.succeeds(&["apply", "-auto-approve", "-no-color", &size]);
    }

    fn state(&self, workspace: &str) -> Value {
        let file = self.archive().join(format!("{workspace}.tfstate"));
        serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
    }
}

/// Puts the provider where a core finds it without a registry.
fn install(workspace: &mut Workspace) -> tempfile::TempDir {
    let installed = tempfile::tempdir().unwrap();
    let version = workspace.run(["version", "-json"]).unwrap();
    let version: Value = serde_json::from_str(&version.stdout).unwrap();
    let platform = version["platform"].as_str().unwrap();
    let folder = installed
        .path()
        .join("mirror/registry.terraform.io/example/keyring/0.1.0")
        .join(platform);
    fs::create_dir_all(&folder).unwrap();
    let executable = Provider::keyring().unwrap().executable();
    symlink(executable, folder.join("terraform-provider-keyring_v0.1.0")).unwrap();
    let mirror = Value::from(installed.path().join("mirror").to_str().unwrap());
    let text = format!(
        "provider_installation {{\n  filesystem_mirror {{\n    path = {mirror}\n  }}\n}}\n"
    );
    fs::write(installed.path().join("cli.tfrc"), text).unwrap();
    installed
}

fn files(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn states_of_several_workspaces_are_kept_in_the_store_alone() {
    let mut kept = Kept::new();
    kept.apply(1);
    assert_eq!(kept.state("default")["resources"][0]["name"], "this");
    let planned = kept.run(&["plan", "-detailed-exitcode"]);
    assert_eq!(planned.status.code(), Some(0), "{}", planned.transcript());

    kept.succeeds(&["workspace", "new", "second"]);
    assert_eq!(kept.state("second")["resources"], Value::Array(vec![]));
    let listed = kept.succeeds(&["workspace", "list"]);
    let listed: Vec<&str> = listed.split_whitespace().collect();
    assert_eq!(listed, ["default", "*", "second"]);
    kept.apply(1);
    kept.succeeds(&["workspace", "select", "default"]);
    let refused = kept.fails(&["workspace", "delete", "-no-color", "second"]);
    assert!(refused.contains("terraform_data.this"), "{refused}");
    kept.succeeds(&["workspace", "delete", "-force", "second"]);
    assert_eq!(files(&kept.archive()), ["default.tfstate"]);

    kept.succeeds(&["destroy", "-auto-approve"]);
    assert_eq!(kept.state("default")["resources"], Value::Array(vec![]));
    let own = files(&kept.workspace.directory());
    assert!(
        !own.iter().any(|name| name.ends_with(".tfstate")),
        "{own:?}"
    );
}

#[test]
fn a_state_of_several_chunks_comes_back() {
    let mut kept = Kept::new();
    // Input and output of ten megabytes each; a chunk has eight mebibytes.
    kept.apply(1000);
    let length = fs::metadata(kept.archive().join("default.tfstate"))
        .unwrap()
        .len();
    assert!(length > 20_000_000, "{length}");
    let planned = kept.run(&["plan", "-detailed-exitcode", "-var=size=1000"]);
    assert_eq!(planned.status.code(), Some(0), "{}", planned.transcript());
}

#[test]
fn what_somebody_else_has_locked_is_refused_until_it_is_unlocked() {
    let mut kept = Kept::new();
    let lock = kept.archive().join("default.lock");
    let held =
        r#"{"id":"11-22","operation":"apply","who":"bob@desk","created":"2026-01-02T03:04:05Z"}"#;
    fs::write(&lock, held).unwrap();
    let refused = kept.fails(&["apply", "-auto-approve", "-no-color", "-lock-timeout=60s"]);
    for part in [
        "Error acquiring the state lock",
        "bob@desk",
        "force-unlock 11-22",
    ] {
        assert!(refused.contains(part), "{part}: {refused}");
    }
    let refused = kept.fails(&["force-unlock", "-force", "-no-color", "17"]);
    assert!(
        refused.contains("is not locked with the id \"17\""),
        "{refused}"
    );
    kept.succeeds(&["force-unlock", "-force", "11-22"]);
    kept.apply(1);
    assert!(!lock.exists());
}

#[test]
fn what_the_store_refuses_is_shown() {
    let mut kept = Kept::new();
    kept.apply(1);
    // What the store writes first is in the way.
    let new = kept.archive().join("default.new");
    fs::create_dir(&new).unwrap();
    let refused = kept.fails(&["apply", "-auto-approve", "-no-color", "-var=size=2"]);
    assert!(
        refused.contains("Error saving state: The archive cannot be used"),
        "{refused}"
    );
    fs::remove_dir(new).unwrap();
    kept.succeeds(&["state", "push", "errored.tfstate"]);

    fs::write(kept.archive().join("default.tfstate"), "").unwrap();
    let refused = kept.fails(&["plan", "-no-color"]);
    assert!(refused.contains("The state is empty"), "{refused}");
}
