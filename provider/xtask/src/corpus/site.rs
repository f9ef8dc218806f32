//! Practice publishers, and a workspace that manages them.

use std::fs;
use std::path::Path;

use acceptance_tests::{Diagnostic, PlanOptions, Practice, Provider, Terraform, Workspace};
use anyhow::{Context as _, bail};
use imp_publisher_simulator::{ClusterOptions, DEFAULT_PASSWORD, DEFAULT_USER};
use serde_json::Value;

use super::case::Case;
use super::settle;

/// The clusters that there are.
const CLUSTERS: [&str; 3] = ["emea", "apac", "amer"];

/// Practice publishers, and a workspace that manages them.
pub(super) struct Site {
    practice: Practice,
    workspace: Workspace,
}

impl Site {
    pub(super) fn new(case: &Case) -> anyhow::Result<Self> {
        // One schema, so that one profile is good for all.
        let practice = Practice::with(CLUSTERS.map(ClusterOptions::new));
        let terraform = Terraform::version(&case.terraform)?;
        let mut workspace = Workspace::new(&terraform)?;
        workspace.add_provider(Provider::imp()?)?;
        let simulator = practice.simulator();
        let first = practice.cluster(CLUSTERS[0]);
        workspace.set_environment("IMP_USERNAME", DEFAULT_USER);
        workspace.set_environment("IMP_PASSWORD", DEFAULT_PASSWORD);
        workspace.set_environment("IMP_CA_CERTIFICATE", simulator.ca_path());
        workspace.set_environment("IMP_SCHEMA_PROFILE", first.profile_path());
        if case.environment {
            let publishers =
                CLUSTERS.map(|name| format!("{name}={}", practice.cluster(name).address()));
            workspace.set_environment("IMP_PUBLISHERS", publishers.join(","));
        }
        for (name, value) in &case.variables {
            workspace.set_variable(name, value);
        }
        Ok(Self {
            practice,
            workspace,
        })
    }

    /// Takes a configuration; the names of publishers in it become their addresses.
    pub(super) fn configure(&mut self, folder: &Path) -> anyhow::Result<()> {
        self.workspace.use_configuration(folder)?;
        let directory = self.workspace.directory();
        for file in fs::read_dir(&directory)? {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == "tf") {
                let mut text = fs::read_to_string(&path)?;
                for name in CLUSTERS {
                    text = text.replace(
                        &settle::public_address(name),
                        &self.practice.cluster(name).address(),
                    );
                }
                fs::write(&path, text)?;
            }
        }
        let has_modules = fs::read_dir(folder)?
            .flatten()
            .any(|entry| entry.path().is_dir());
        if has_modules {
            self.workspace.get_modules()?;
        }
        Ok(())
    }

    pub(super) fn apply(&mut self) -> anyhow::Result<()> {
        self.plan(&[])?;
        succeed(&self.workspace.apply_saved_plan()?)
    }

    /// Runs a command that changes the state alone.
    pub(super) fn change_state(&mut self, command: &[&str]) -> anyhow::Result<()> {
        let outcome = self.workspace.run(command)?;
        if !outcome.success() {
            bail!("{} failed: {}", command.join(" "), outcome.transcript());
        }
        Ok(())
    }

    pub(super) fn plan(&mut self, arguments: &[String]) -> anyhow::Result<Value> {
        let options = arguments
            .iter()
            .fold(PlanOptions::new(), PlanOptions::argument);
        match self.workspace.plan(&options)? {
            Ok(plan) => Ok(plan.json),
            Err(diagnostics) => {
                succeed(&diagnostics)?;
                bail!("there is no plan");
            }
        }
    }

    /// A plan as it is kept: what differs from run to run is replaced.
    pub(super) fn settled(&self, plan: &Value) -> String {
        let addresses = CLUSTERS.map(|name| {
            (
                self.practice.cluster(name).address(),
                settle::public_address(name),
            )
        });
        settle::settled(plan, &addresses)
    }
}

fn succeed(diagnostics: &[Diagnostic]) -> anyhow::Result<()> {
    let errors: Vec<String> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .map(|diagnostic| format!("{}: {}", diagnostic.summary, diagnostic.detail))
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(anyhow::anyhow!(errors.join("\n"))).context("Terraform failed")
    }
}
