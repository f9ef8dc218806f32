//! The environment variables that lead the provider to the clusters.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use imp_publisher_simulator::{Cluster, NodeRole, Simulator};
use tempfile::NamedTempFile;

/// The name and the value of each variable.
pub(crate) type Variables = Vec<(&'static str, String)>;

/// What the provider reads, and where the control port is. Where the clusters have different schemas, no one profile
/// fits them, and there is no variable for it.
pub(crate) fn of(simulator: &Simulator, user: &str, password: &str) -> Variables {
    let clusters = simulator.clusters();
    let mut variables = vec![match clusters {
        [only] => ("IMP_ADDRESS", only.address()),
        several => {
            let entries = several.iter();
            let entries =
                entries.map(|cluster| format!("{}={}", cluster.name(), cluster.address()));
            ("IMP_PUBLISHERS", entries.collect::<Vec<_>>().join(","))
        }
    }];
    variables.push(("IMP_USERNAME", user.to_owned()));
    variables.push(("IMP_PASSWORD", password.to_owned()));
    variables.push((
        "IMP_CA_CERTIFICATE",
        simulator.ca_path().display().to_string(),
    ));
    if let Some(first) = clusters.first()
        && clusters
            .iter()
            .all(|cluster| cluster.profile() == first.profile())
    {
        let profile = first.profile_path().display().to_string();
        variables.push(("IMP_SCHEMA_PROFILE", profile));
    }
    let others: Vec<String> = clusters
        .iter()
        .flat_map(Cluster::nodes)
        .filter(|(_, role, _)| *role == NodeRole::Subscriber)
        .map(|(name, _, address)| format!("{name}={address}"))
        .collect();
    if !others.is_empty() {
        variables.push(("IMP_NODE_ADDRESSES", others.join(",")));
    }
    let control = format!("http://{}", simulator.control_address());
    variables.push(("IMP_SIMULATOR_CONTROL", control));
    variables
}

/// A file that is there once the publishers answer, and not before.
pub(crate) struct EnvironmentFile(PathBuf);

impl EnvironmentFile {
    /// Removes what an earlier run has left.
    pub(crate) fn new(path: &Path) -> Result<Self, String> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(format!("{} cannot be removed: {error}", path.display()))
            }
            _ => Ok(Self(path.to_owned())),
        }
    }

    /// Writes it, whole or not at all.
    pub(crate) fn write(&self, variables: &Variables) -> Result<(), String> {
        let write = || -> io::Result<()> {
            let folder = self
                .0
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty());
            let mut file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
            for (name, value) in variables {
                writeln!(file, "{name}={value}")?;
            }
            file.persist(&self.0)?;
            Ok(())
        };
        write().map_err(|error| format!("{} cannot be written: {error}", self.0.display()))
    }
}
