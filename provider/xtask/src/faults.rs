//! `cargo xtask faults`: tries every fault on the built provider, and prints the table.

use anyhow::{Context as _, bail};
use cargo_command::cargo;

use crate::workspace;

pub(crate) fn run() -> anyhow::Result<()> {
    run_tests(
        &["--skip", "model::"],
        &[("IMP_FAULTS_ALL", 1)],
        "a fault did harm",
    )
}

/// Runs some tests of faults one after the other, and shows what they print.
pub(crate) fn run_tests(
    chosen: &[&str],
    variables: &[(&str, u32)],
    failure: &str,
) -> anyhow::Result<()> {
    let variables = variables.iter();
    let status = cargo()
        .current_dir(workspace::root()?)
        .envs(variables.map(|(name, value)| (name, value.to_string())))
        // With the features of the whole workspace: so each dependency is taken as other tests have built it.
        .args(["test", "--quiet", "--workspace"])
        .args(["--test", "faults", "--", "--nocapture", "--test-threads=1"])
        .args(chosen)
        .status()
        .context("cannot run cargo")?;
    if !status.success() {
        bail!("{failure}; see above");
    }
    Ok(())
}
