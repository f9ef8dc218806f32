//! One of those that are compared: a configuration of many equal objects, and the state that goes with it.

use std::env;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use acceptance_tests::{Failure, Practice, Provider, Terraform, Workspace};
use anyhow::{Context as _, anyhow, bail};
use serde_json::Value;
use tempfile::TempDir;

use super::configurations::{floor, imp, peer, plain};
use crate::meter;

/// Longer than any command takes that is measured.
const LIMIT: Duration = Duration::from_secs(1800);

/// A configuration that can be run.
pub(crate) struct Side {
    workspace: Workspace,
    plugin: Option<Plugin>,
    practice: Option<Practice>,
    configuration: fn(usize) -> String,
}

impl Side {
    /// What Terraform itself costs, without any plugin.
    pub(crate) fn floor(terraform: &Terraform) -> anyhow::Result<Self> {
        Self::new(terraform, None, floor)
    }

    /// The framework, without input and output.
    pub(crate) fn plain(terraform: &Terraform, binary: &Path) -> anyhow::Result<Self> {
        let plugin = Plugin::new("bench", "plain", binary)?;
        Self::new(terraform, Some(plugin), plain)
    }

    /// The provider, against a practice cluster.
    pub(crate) fn imp(terraform: &Terraform, binary: &Path) -> anyhow::Result<Self> {
        let plugin = Plugin::new("imp-federation", "imp", binary)?;
        let mut side = Self::new(terraform, Some(plugin), imp)?;
        let practice = Practice::with([Practice::emea_options()]);
        let settings = serde_json::json!({
            "provider": { "imp": { "publishers": practice.publishers() } }
        });
        side.workspace
            .write("provider.tf.json", &settings.to_string())
            .map_err(failed)?;
        let user = imp_publisher_simulator::DEFAULT_USER;
        side.workspace.set_environment("IMP_USERNAME", user);
        let password = imp_publisher_simulator::DEFAULT_PASSWORD;
        side.workspace.set_environment("IMP_PASSWORD", password);
        side.practice = Some(practice);
        Ok(side)
    }

    /// A provider written in Go, which cannot be asked to apply: it would need its vendor's service.
    pub(crate) fn peer(terraform: &Terraform, binary: &Path) -> anyhow::Result<Self> {
        let plugin = Plugin::new("bench", "workato", binary)?;
        Self::new(terraform, Some(plugin), peer)
    }

    fn new(
        terraform: &Terraform,
        plugin: Option<Plugin>,
        configuration: fn(usize) -> String,
    ) -> anyhow::Result<Self> {
        let mut workspace = Workspace::new(terraform).map_err(failed)?;
        workspace.set_limit(LIMIT);
        if let Some(plugin) = &plugin {
            let provider = Provider::new(plugin.namespace, plugin.name, plugin.link());
            workspace.add_provider(&provider).map_err(failed)?;
            workspace.set_environment(meter::PROVIDER, &plugin.binary);
            workspace.set_environment(meter::NOTES, plugin.notes());
        }
        Ok(Self {
            workspace,
            plugin,
            practice: None,
            configuration,
        })
    }

    /// Configures so many objects.
    pub(crate) fn configure(&self, count: usize) -> anyhow::Result<()> {
        let text = (self.configuration)(count);
        self.workspace.write("main.tf", &text).map_err(failed)
    }

    /// Runs a command that must succeed, and says how long it took.
    pub(crate) fn time(&mut self, arguments: &[&str]) -> anyhow::Result<Duration> {
        let begin = Instant::now();
        let outcome = self
            .workspace
            .run(
                arguments
                    .iter()
                    .copied()
                    .chain(["-no-color", "-input=false"]),
            )
            .map_err(failed)?;
        let elapsed = begin.elapsed();
        if !outcome.success() {
            bail!("terraform {arguments:?}: {}", outcome.transcript());
        }
        Ok(elapsed)
    }

    /// The CPU time of all provider processes of such a command.
    pub(crate) fn provider_time(&mut self, arguments: &[&str]) -> anyhow::Result<Duration> {
        let plugin = self.plugin.as_ref().context("there is no plugin")?;
        let notes = plugin.notes();
        if notes.is_file() {
            fs::remove_file(&notes)?;
        }
        plugin.start(&env::current_exe().context("this program has no path")?)?;
        let ended = self.time(arguments);
        if let Some(plugin) = &self.plugin {
            plugin.start(&plugin.binary)?;
        }
        ended?;
        meter::noted(&notes)
    }

    /// How many requests the publisher has had so far.
    pub(crate) fn requests(&self) -> usize {
        self.practice
            .as_ref()
            .map_or(0, |practice| practice.requests().len())
    }

    /// Configures many objects that exist already: one is applied, and its state and row stand for all.
    ///
    /// Terraform writes its whole state after each object it has applied, so that to apply them all would take hours.
    pub(crate) fn pretend(&mut self, count: usize) -> anyhow::Result<()> {
        self.configure(1)?;
        self.time(&["apply", "-auto-approve"])?;
        let state = self.workspace.state_text();
        let state = multiplied(&state, count)?;
        self.workspace
            .write("terraform.tfstate", &state)
            .map_err(failed)?;
        if let Some(practice) = &self.practice {
            let cluster = practice.emea();
            let rows = cluster.routes().map_err(|error| anyhow!("{error}"))?;
            let row = rows.first().context("the route has no row")?;
            let more: Vec<_> = (1..count)
                .map(|index| {
                    let mut row = row.clone();
                    row.pkid = pkid(&row.pkid, index);
                    row.destination_pattern = named(&row.destination_pattern, index);
                    row
                })
                .collect();
            cluster
                .load(&[], &more)
                .map_err(|error| anyhow!("{error}"))?;
        }
        self.configure(count)
    }

    /// Ends what was pretended: no state, no rows.
    pub(crate) fn forget(&mut self) -> anyhow::Result<()> {
        self.workspace
            .write("terraform.tfstate", "")
            .map_err(failed)?;
        if let Some(practice) = &self.practice {
            let cluster = practice.emea();
            for row in cluster.routes().map_err(|error| anyhow!("{error}"))? {
                cluster
                    .delete_route(&row.key())
                    .map_err(|error| anyhow!("{error}"))?;
            }
        }
        Ok(())
    }

    /// The same where nothing can be applied.
    pub(crate) fn pretend_from(&self, state: &Value, count: usize) -> anyhow::Result<()> {
        let state = multiplied(&state.to_string(), count)?;
        self.workspace
            .write("terraform.tfstate", &state)
            .map_err(failed)?;
        self.configure(count)
    }
}

/// The executable of a provider, behind a link that can be made to lead to this program instead.
struct Plugin {
    namespace: &'static str,
    name: &'static str,
    binary: PathBuf,
    folder: TempDir,
}

impl Plugin {
    fn new(namespace: &'static str, name: &'static str, binary: &Path) -> anyhow::Result<Self> {
        let plugin = Self {
            namespace,
            name,
            binary: binary.canonicalize()?,
            folder: tempfile::tempdir()?,
        };
        plugin.start(&plugin.binary)?;
        Ok(plugin)
    }

    fn link(&self) -> PathBuf {
        self.folder.path().join("provider")
    }

    fn notes(&self) -> PathBuf {
        self.folder.path().join("notes")
    }

    /// What Terraform starts from now on.
    fn start(&self, program: &Path) -> anyhow::Result<()> {
        if self.link().is_symlink() {
            fs::remove_file(self.link())?;
        }
        Ok(symlink(program, self.link())?)
    }
}

/// The state of one object, as that of many.
fn multiplied(state: &str, count: usize) -> anyhow::Result<String> {
    let mut state: Value = serde_json::from_str(state)?;
    let instances = state
        .pointer_mut("/resources/0/instances")
        .and_then(Value::as_array_mut)
        .context("the state has no object")?;
    let first = instances.pop().context("the state has no object")?;
    let key = first
        .pointer("/attributes/pkid")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let text = first.to_string();
    for index in 0..count {
        let text = named(&text, index);
        let text = if key.is_empty() || index == 0 {
            text
        } else {
            text.replace(&key, &pkid(&key, index))
        };
        let mut instance: Value = serde_json::from_str(&text)?;
        instance["index_key"] = index.into();
        instances.push(instance);
    }
    Ok(state.to_string())
}

/// The first object is called `route-0`, and so on.
fn named(text: &str, index: usize) -> String {
    text.replace("route-0", &format!("route-{index}"))
}

/// The row identifier of another object, made from that of the first.
fn pkid(first: &str, index: usize) -> String {
    let kept = first.len().saturating_sub(8);
    format!("{}{index:08x}", first.get(..kept).unwrap_or_default())
}

#[expect(clippy::needless_pass_by_value, reason = "as map_err passes it")]
fn failed(failure: Failure) -> anyhow::Error {
    anyhow!("{failure}")
}
