//! What a provider costs that Terraform starts: this program stands in for it, starts it, and notes its CPU time when it
//! has ended.

use std::env;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::Context as _;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;

/// The provider to start.
pub(crate) const PROVIDER: &str = "BENCH_METERED_PROVIDER";

/// The file to note in.
pub(crate) const NOTES: &str = "BENCH_METER_NOTES";

/// Whether this process is to stand in for a provider.
pub(crate) fn is_asked() -> bool {
    env::var_os(PROVIDER).is_some()
}

/// Runs the provider to its end. Nothing but the provider writes to the standard output.
pub(crate) fn stand_in() -> anyhow::Result<ExitCode> {
    let provider = env::var_os(PROVIDER).context("no provider is named")?;
    let notes = env::var_os(NOTES).context("no file for notes is named")?;
    let status = Command::new(provider)
        .env_remove(PROVIDER)
        .args(env::args_os().skip(1))
        .status()?;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let microseconds = |time: TimeVal| time.tv_sec() * 1_000_000 + time.tv_usec();
    let total = microseconds(usage.user_time()) + microseconds(usage.system_time());
    // One write for one line: several of these end together.
    let mut file = OpenOptions::new().create(true).append(true).open(notes)?;
    file.write_all(format!("{total}\n").as_bytes())?;
    Ok(status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The CPU time of all providers that have noted theirs here.
pub(crate) fn noted(notes: &Path) -> anyhow::Result<Duration> {
    let text = fs::read_to_string(notes)
        .with_context(|| format!("no provider has ended: {}", notes.display()))?;
    let times = text.lines().map(str::parse::<u64>);
    let total = times
        .sum::<Result<u64, _>>()
        .context("an unreadable note")?;
    Ok(Duration::from_micros(total))
}
