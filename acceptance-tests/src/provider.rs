//! A provider under test, as a core finds it: an executable for a source address.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use cargo_command::{cargo, executable};

use crate::{Failure, process};

/// How long the build may take; usually there is nothing to do.
const BUILD_LIMIT: Duration = Duration::from_secs(1200);

/// A provider's executable, and where configurations say it comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Provider {
    namespace: String,
    name: String,
    executable: PathBuf,
}

impl Provider {
    /// A provider `namespace/name`, in whatever registry the core takes for its default.
    pub fn new(namespace: &str, name: &str, executable: impl Into<PathBuf>) -> Self {
        Self {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            executable: executable.into(),
        }
    }

    /// The provider of this workspace, `imp-federation/imp`, built in the profile of the tests.
    pub fn imp() -> Result<&'static Self, Failure> {
        static BUILT: OnceLock<Result<Provider, Failure>> = OnceLock::new();
        built_once(&BUILT, "terraform-provider-imp", "imp-federation", "imp")
    }

    /// The framework's example, `example/notebook`, which keeps notes as files in a folder.
    pub fn notebook() -> Result<&'static Self, Failure> {
        static BUILT: OnceLock<Result<Provider, Failure>> = OnceLock::new();
        built_once(&BUILT, "notebook", "example", "notebook")
    }

    /// The framework's example, `example/keyring`, which keeps passes and doors as files in a folder.
    pub fn keyring() -> Result<&'static Self, Failure> {
        static BUILT: OnceLock<Result<Provider, Failure>> = OnceLock::new();
        built_once(&BUILT, "keyring", "example", "keyring")
    }

    /// The executable.
    pub fn executable(&self) -> &Path {
        &self.executable
    }

    /// The name a core looks for in a directory of providers.
    pub(crate) fn file_name(&self) -> String {
        format!(
            "terraform-provider-{}{}",
            self.name,
            env::consts::EXE_SUFFIX
        )
    }

    /// The addresses by which Terraform and OpenTofu know the provider.
    pub(crate) fn addresses(&self) -> [String; 2] {
        ["registry.terraform.io", "registry.opentofu.org"]
            .map(|host| format!("{host}/{}/{}", self.namespace, self.name))
    }
}

fn built_once(
    built: &'static OnceLock<Result<Provider, Failure>>,
    target: &str,
    namespace: &str,
    name: &str,
) -> Result<&'static Provider, Failure> {
    built
        .get_or_init(|| Ok(Provider::new(namespace, name, build(&TARGETS, target)?)))
        .as_ref()
        .map_err(Clone::clone)
}

/// The executables that tests run. They are built together and with the features of the whole workspace, the
/// examples among them, because then Cargo takes every dependency as `cargo test --workspace` has built it.
const TARGETS: [&str; 10] = [
    "--bin",
    "terraform-provider-imp",
    "--bin",
    "imp-publisher-simulator",
    "--bin",
    "package",
    "--example",
    "notebook",
    "--example",
    "keyring",
];

/// A program of this workspace that is no provider, built in the profile of the tests.
pub fn program(name: &str) -> Result<PathBuf, Failure> {
    build(&TARGETS, name)
}

/// Builds executables, and finds one of them. Cargo itself keeps builds of several test processes apart.
fn build(targets: &[&str], name: &str) -> Result<PathBuf, Failure> {
    let mut command = cargo();
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args([
            "build",
            "--quiet",
            "--message-format=json-render-diagnostics",
            "--workspace",
        ])
        .args(targets);
    if let Some(profile) = profile() {
        command.args(["--profile", &profile]);
    }
    let outcome = process::run(&mut command, BUILD_LIMIT)
        .map_err(|failure| failure.during(format!("building {name}")))?;
    if !outcome.success() {
        return Err(Failure::new(format!(
            "{name} does not build:\n{}",
            outcome.stderr
        )));
    }
    executable(&outcome.stdout, name)
        .ok_or_else(|| Failure::new(format!("Cargo named no executable {name}")))
}

/// The profile of this very test, whose executable lies in `target/PROFILE/deps`, or of a program beside that folder.
fn profile() -> Option<String> {
    let program = env::current_exe().ok()?;
    let folder = program.parent()?;
    let folder = if folder.ends_with("deps") {
        folder.parent()?
    } else {
        folder
    };
    let profile = folder.file_name()?.to_str()?;
    Some(if profile == "debug" { "dev" } else { profile }.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_exist_is_a_failure_that_shows_cargos_words() {
        let failure = build(&["--bin", "no-such-program"], "no-such-program")
            .unwrap_err()
            .to_string();
        assert!(
            failure.contains("no-such-program") && failure.contains("no bin target"),
            "{failure}"
        );
    }
}
