//! `cargo xtask docs`: hands over to the crate in `provider/xtask/docs/`, which alone needs the provider. Without it
//! the other tasks work also where the provider does not compile.

use std::env;
use std::ffi::OsString;
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::workspace;

#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    /// `--check` writes nothing, and fails when a page differs.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<OsString>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(workspace::root()?)
        .args(["run", "--quiet", "--package", "docs", "--"])
        .args(&arguments.words)
        .status()
        .context("cannot run cargo")?;
    if !status.success() {
        bail!("the reference pages are not in order");
    }
    Ok(())
}
