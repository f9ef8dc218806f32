//! `cargo xtask faults`: tries every fault on the built provider, and prints the table.

use std::env;
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::workspace;

pub(crate) fn run() -> anyhow::Result<()> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(workspace::root()?)
        .env("IMP_FAULTS_ALL", "1")
        .args(["test", "--quiet", "--package", "acceptance-tests"])
        .args(["--test", "faults", "--", "--nocapture", "--test-threads=1"])
        .status()
        .context("cannot run cargo")?;
    if !status.success() {
        bail!("a fault did harm; see above");
    }
    Ok(())
}
