//! Building the provider and the practice publisher.

use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context as _, bail};
use cargo_command::{cargo, executable};

use crate::workspace;

/// What was built.
pub(super) struct Programs {
    /// The provider.
    pub(super) provider: PathBuf,
    /// The practice publisher.
    pub(super) simulator: PathBuf,
}

/// Builds both. Cargo's own progress is on standard error.
pub(super) fn build() -> anyhow::Result<Programs> {
    let output = cargo()
        .current_dir(workspace::root()?)
        .args(["build", "--message-format=json-render-diagnostics"])
        .args(["--package", "terraform-provider-imp"])
        .args(["--package", "imp-publisher-simulator"])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    if !output.status.success() {
        bail!("the build failed; cargo says above why");
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    let program = |name| {
        executable(&messages, name).with_context(|| format!("cargo built no executable {name}"))
    };
    Ok(Programs {
        provider: program("terraform-provider-imp")?,
        simulator: program("imp-publisher-simulator")?,
    })
}
