//! Tasks that are crates of their own, so that what they need does not slow down the others, and so that these work
//! also where the provider does not compile.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Context as _;
use cargo_command::cargo;

use crate::workspace;

#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    /// The task's own options; `--help` lists them.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<OsString>,
}

/// Runs the crate of a task, built in a profile, and ends as it does.
pub(crate) fn run(package: &str, profile: &str, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let status = cargo()
        .current_dir(workspace::root()?)
        .args([
            "run",
            "--quiet",
            "--profile",
            profile,
            "--package",
            package,
            "--",
        ])
        .args(&arguments.words)
        .status()
        .context("cannot run cargo")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
