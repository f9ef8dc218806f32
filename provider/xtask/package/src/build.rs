//! Cargo: building the programs, and what it knows of the workspace.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use cargo_command::executable;
use serde_json::Value;

use crate::platform::Platform;

/// Builds programs, and says where they are, in the same order.
pub(crate) fn programs(
    root: &Path,
    platform: &Platform,
    profile: &str,
    names: &[&str],
) -> anyhow::Result<Vec<PathBuf>> {
    let mut command = cargo(root);
    command.args([
        "build",
        "--locked",
        "--message-format=json-render-diagnostics",
        "--profile",
        profile,
    ]);
    if platform.explicit {
        command.args(["--target", platform.triple()]);
    }
    for name in names {
        command.args(["--package", name, "--bin", name]);
    }
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    if !output.status.success() {
        bail!(
            "the programs do not build for {triple}. Where the target is not installed, `rustup target add \
             {triple}` installs it; where a C compiler for it is missing, cargo has named it above.",
            triple = platform.triple()
        );
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    names
        .iter()
        .map(|name| {
            executable(&messages, name).with_context(|| format!("cargo named no executable {name}"))
        })
        .collect()
}

/// What `cargo metadata` says of the packages that are built for a platform.
pub(crate) fn metadata(root: &Path, platform: &Platform) -> anyhow::Result<Value> {
    let mut command = cargo(root);
    command.args([
        "metadata",
        "--locked",
        "--format-version=1",
        "--filter-platform",
        platform.triple(),
    ]);
    json_of(command)
}

/// Where Cargo puts what it builds.
pub(crate) fn target_folder(root: &Path) -> anyhow::Result<PathBuf> {
    let mut command = cargo(root);
    command.args(["metadata", "--locked", "--format-version=1", "--no-deps"]);
    let metadata = json_of(command)?;
    let folder = metadata["target_directory"].as_str();
    Ok(folder
        .context("cargo metadata names no target directory")?
        .into())
}

/// A file's bytes.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn cargo(root: &Path) -> Command {
    let mut command = cargo_command::cargo();
    command.current_dir(root);
    command
}

fn json_of(mut command: Command) -> anyhow::Result<Value> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    if !output.status.success() {
        bail!("cargo metadata failed");
    }
    serde_json::from_slice(&output.stdout)
        .context("cargo metadata printed something else than JSON")
}
