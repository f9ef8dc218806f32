//! A directory in which a core runs, isolated from the user's own settings, plugins and network.

mod commands;
mod environment;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::{Failure, process};
use crate::{Outcome, Provider, Running, Terraform};

pub use commands::PlanOptions;

/// How long one command may take unless said otherwise.
const DEFAULT_LIMIT: Duration = Duration::from_secs(120);

/// A working directory with a core, providers, variables and an environment. It is removed when dropped.
#[derive(Debug)]
pub struct Workspace {
    terraform: Terraform,
    providers: Vec<Provider>,
    environment: BTreeMap<OsString, OsString>,
    root: TempDir,
    common: Option<PathBuf>,
    source: Option<PathBuf>,
    limit: Duration,
    transcript: String,
}

impl Workspace {
    /// An empty directory for this core.
    pub fn new(terraform: &Terraform) -> Result<Self, Failure> {
        let workspace = Self {
            terraform: terraform.clone(),
            providers: Vec::new(),
            environment: BTreeMap::new(),
            root: TempDir::with_prefix("imp-").map_err(unwritable)?,
            common: None,
            source: None,
            limit: DEFAULT_LIMIT,
            transcript: String::new(),
        };
        environment::prepare(workspace.root.path()).map_err(unwritable)?;
        workspace.write_cli_configuration()?;
        Ok(workspace)
    }

    /// Another directory with the same core, providers and environment, without configuration and state.
    pub fn sibling(&self) -> Result<Self, Failure> {
        let mut sibling = Self::new(&self.terraform)?;
        for provider in &self.providers {
            sibling.add_provider(provider)?;
        }
        sibling.environment.clone_from(&self.environment);
        sibling.common.clone_from(&self.common);
        sibling.limit = self.limit;
        Ok(sibling)
    }

    /// Makes a provider available without `init`, as if it were installed.
    pub fn add_provider(&mut self, provider: &Provider) -> Result<(), Failure> {
        let link = environment::providers(self.root.path()).join(provider.file_name());
        environment::link(provider.executable(), &link).map_err(unwritable)?;
        self.providers.push(provider.clone());
        self.write_cli_configuration()
    }

    /// Sets an environment variable for every command.
    pub fn set_environment(&mut self, name: impl Into<OsString>, value: impl Into<OsString>) {
        self.environment.insert(name.into(), value.into());
    }

    /// Sets an input variable: text as it is, anything else as JSON, which is HCL too.
    pub fn set_variable(&mut self, name: &str, value: &Value) {
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        self.set_environment(format!("TF_VAR_{name}"), text);
    }

    /// How long each command may take.
    pub fn set_limit(&mut self, limit: Duration) {
        self.limit = limit;
    }

    /// The core.
    pub fn terraform(&self) -> &Terraform {
        &self.terraform
    }

    /// The directory of the configuration and the state.
    pub fn directory(&self) -> PathBuf {
        environment::configuration(self.root.path())
    }

    /// Adds the files of this directory to every configuration from here on, except where a configuration has
    /// a file of the same name.
    pub fn use_common_configuration(&mut self, common: &Path) {
        self.common = Some(common.to_owned());
    }

    /// Replaces the configuration by the files and folders of a directory; state stays.
    pub fn use_configuration(&mut self, source: &Path) -> Result<(), Failure> {
        self.clear_configuration()?;
        for folder in self.common.iter().map(PathBuf::as_path).chain([source]) {
            environment::copy_configuration(folder, &self.directory()).map_err(|error| {
                let place = folder.display();
                Failure::new(format!("no configuration in {place}: {error}"))
            })?;
        }
        self.source = Some(source.to_owned());
        Ok(())
    }

    /// Where the configuration was copied from last.
    pub(crate) fn configuration_source(&self) -> Option<&Path> {
        self.source.as_deref()
    }

    /// Removes the configuration; state stays.
    pub(crate) fn clear_configuration(&mut self) -> Result<(), Failure> {
        environment::clear_configuration(&self.directory()).map_err(unwritable)?;
        self.source = None;
        Ok(())
    }

    /// Writes one file of the configuration.
    pub fn write(&self, name: &str, text: &str) -> Result<(), Failure> {
        fs::write(self.directory().join(name), text).map_err(unwritable)
    }

    /// The state file as it is on disk, private data among it; empty if there is none.
    pub fn state_text(&self) -> String {
        fs::read_to_string(self.directory().join("terraform.tfstate")).unwrap_or_default()
    }

    /// Everything that the commands so far have printed, but for those that print state and plans.
    pub fn transcript(&self) -> &str {
        &self.transcript
    }

    /// Counts what the commands of another workspace have printed as printed here.
    pub(crate) fn include_transcript(&mut self, other: &Self) {
        self.transcript.push_str(&other.transcript);
    }

    /// Runs the core to its end within the limit.
    pub fn run<A: AsRef<OsStr>>(
        &mut self,
        arguments: impl IntoIterator<Item = A>,
    ) -> Result<Outcome, Failure> {
        let mut command = self.command(arguments);
        let outcome = self.finish(&mut command)?;
        let entry = format!("$ {}\n{}\n", shown(&command), outcome.transcript());
        self.transcript.push_str(&entry);
        Ok(outcome)
    }

    /// Runs `show -json`, of the state or a saved plan.
    fn show(&self, arguments: &[&str]) -> Result<Value, Failure> {
        let outcome = self.finish(&mut self.command(["show", "-json"].iter().chain(arguments)))?;
        serde_json::from_str(&outcome.stdout)
            .map_err(|_| Failure::new(format!("show failed: {}", outcome.transcript())))
    }

    fn finish(&self, command: &mut Command) -> Result<Outcome, Failure> {
        process::run(command, self.limit).map_err(|failure| failure.during(shown(command)))
    }

    /// Starts the core in the background, in a process group of its own.
    pub fn start<A: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
    ) -> Result<Running, Failure> {
        let mut command = self.command(arguments);
        Running::start(&mut command).map_err(|error| {
            Failure::new(format!("{} cannot be started: {error}", shown(&command)))
        })
    }

    fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(self.terraform.program());
        command.args(arguments).current_dir(self.directory());
        environment::isolate(&mut command, self.root.path());
        command.envs(&self.environment);
        command
    }

    fn write_cli_configuration(&self) -> Result<(), Failure> {
        environment::write_cli_configuration(self.root.path(), &self.providers).map_err(unwritable)
    }
}

fn shown(command: &Command) -> String {
    let arguments: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
    format!("terraform {}", arguments.join(" "))
}

#[expect(clippy::needless_pass_by_value, reason = "as map_err passes it")]
fn unwritable(error: io::Error) -> Failure {
    Failure::new(format!("the workspace cannot be written: {error}"))
}
