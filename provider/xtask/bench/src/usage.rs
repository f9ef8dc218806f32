//! What the system says a process has used.

use std::fs;
use std::time::Duration;

use anyhow::Context as _;
use nix::time::clock_getcpuclockid;
use nix::unistd::Pid;

/// The CPU time of a process so far, user and system, all its threads, those that have ended among them.
pub(crate) fn cpu_time(process: u32) -> anyhow::Result<Duration> {
    let process = Pid::from_raw(i32::try_from(process)?);
    let clock = clock_getcpuclockid(process).context("the process has no clock")?;
    Ok(clock.now().context("the clock cannot be read")?.into())
}

/// The most memory a process has had in use so far, in bytes.
pub(crate) fn peak_memory(process: u32) -> anyhow::Result<u64> {
    let path = format!("/proc/{process}/status");
    let text = fs::read_to_string(&path).with_context(|| format!("{path} is needed to measure"))?;
    let kilobytes = text
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|value| value.trim().strip_suffix(" kB"))
        .with_context(|| format!("{path} has no VmHWM"))?;
    Ok(kilobytes.trim().parse::<u64>()? * 1024)
}
