//! Starting the binary with an environment that a test made.

use std::path::Path;
use std::process::{Command, Output};

use acceptance_tests::{Practice, Provider};
use imp_publisher_simulator::{DEFAULT_PASSWORD, DEFAULT_USER};

/// The variables that lead to all clusters, read by the profile of the first.
pub(crate) fn variables(practice: &Practice) -> Vec<(&'static str, String)> {
    let clusters = practice.simulator().clusters();
    let addresses = clusters
        .iter()
        .map(|cluster| format!("{}={}", cluster.name(), cluster.address()));
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    vec![
        ("IMP_PUBLISHERS", addresses.collect::<Vec<_>>().join(",")),
        ("IMP_USERNAME", DEFAULT_USER.to_owned()),
        ("IMP_PASSWORD", DEFAULT_PASSWORD.to_owned()),
        (
            "IMP_CA_CERTIFICATE",
            path(practice.simulator().ca_path().as_ref()),
        ),
        ("IMP_SCHEMA_PROFILE", path(&clusters[0].profile_path())),
    ]
}

/// The binary, with these variables and no others of the provider's.
pub(crate) fn command(variables: &[(&'static str, String)], arguments: &[&str]) -> Command {
    let mut command = Command::new(Provider::imp().unwrap().executable());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("IMP_") {
            command.env_remove(name);
        }
    }
    command
        .args(arguments)
        .envs(variables.iter().map(|(name, value)| (name, value)));
    command
}

/// Runs it to its end.
pub(crate) fn run(practice: &Practice, arguments: &[&str]) -> Output {
    command(&variables(practice), arguments).output().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}
