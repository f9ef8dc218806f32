//! The practice publishers, in a process of their own.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, bail};
use serde::Deserialize;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::Mutex;

use super::control::Control;
use super::{CLUSTERS, LIMIT};

/// Running clusters. Dropped, they stop.
pub(super) struct Clusters {
    process: Mutex<Child>,
    report: Report,
    control: Control,
}

/// What the simulator prints once every port answers.
#[derive(Deserialize)]
struct Report {
    clusters: Vec<Cluster>,
    control: String,
    ca_path: PathBuf,
    username: String,
    password: String,
}

/// One cluster.
#[derive(Deserialize)]
pub(super) struct Cluster {
    /// Its name.
    pub(super) name: String,
    /// Where its publisher answers.
    pub(super) address: String,
    /// The file with the schema profile that is verified for it.
    pub(super) profile_path: PathBuf,
}

impl Clusters {
    /// Starts them. Their files go to `scratch`.
    pub(super) async fn start(simulator: &Path, scratch: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new(simulator);
        command.args(["serve", "--json"]);
        for name in CLUSTERS {
            command.args(["--cluster", name]);
        }
        let mut process = command
            .env("TMPDIR", scratch)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {}", simulator.display()))?;
        let output = process
            .stdout
            .take()
            .context("the practice publisher has no output")?;
        let mut first_line = String::new();
        tokio::time::timeout(LIMIT, BufReader::new(output).read_line(&mut first_line))
            .await
            .context("the practice publisher says nothing")?
            .context("the practice publisher cannot be read")?;
        if first_line.is_empty() {
            bail!("the practice publisher did not start; it says above why");
        }
        let report: Report = serde_json::from_str(&first_line)
            .context("the practice publisher's report is no JSON as expected")?;
        let control = Control::at(&report.control)?;
        Ok(Self {
            process: Mutex::new(process),
            report,
            control,
        })
    }

    /// Each of them.
    pub(super) fn all(&self) -> &[Cluster] {
        &self.report.clusters
    }

    /// The side of the publishers that no provider sees.
    pub(super) fn control(&self) -> &Control {
        &self.control
    }

    /// Where the control side answers.
    pub(super) fn control_url(&self) -> &str {
        &self.report.control
    }

    /// The certificate of their authority.
    pub(super) fn ca_path(&self) -> &Path {
        &self.report.ca_path
    }

    /// Who may write, and that user's password, which protects nothing but practice rows.
    pub(super) fn credentials(&self) -> (&str, &str) {
        (&self.report.username, &self.report.password)
    }

    /// Leaves them running; that they stop by themselves is a failure.
    pub(super) async fn run_on(&self) -> anyhow::Result<()> {
        let status = self.process.lock().await.wait().await;
        let status = status.context("the practice publisher cannot be waited for")?;
        bail!("the practice publisher has ended, {status}")
    }
}
