//! Building the provider and the practice publisher.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use serde_json::Value;

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
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
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
    Ok(Programs {
        provider: executable(&messages, "terraform-provider-imp")?,
        simulator: executable(&messages, "imp-publisher-simulator")?,
    })
}

/// The executable of this name among the artifacts that cargo reports.
pub(crate) fn executable(messages: &str, name: &str) -> anyhow::Result<PathBuf> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message.pointer("/target/name").and_then(Value::as_str) == Some(name))
        .find_map(|message| Some(PathBuf::from(message.get("executable")?.as_str()?)))
        .with_context(|| format!("cargo built no executable {name}"))
}
