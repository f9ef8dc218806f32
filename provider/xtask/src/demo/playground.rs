//! A directory in which Terraform runs against the practice publishers, apart from the user's own settings.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use acceptance_tests::Terraform;
use anyhow::{Context as _, bail};
use serde_json::{Map, Value, json};
use tokio::process::Command;

use super::LIMIT;
use super::clusters::Clusters;
use crate::output::line;
use crate::workspace;

/// The directory, and what runs in it.
pub(super) struct Playground<'a> {
    root: &'a Path,
    terraform: &'a Terraform,
    clusters: &'a Clusters,
}

impl<'a> Playground<'a> {
    /// Fills a directory with the quickstart's configuration, told where the publishers are, and with settings by
    /// which Terraform finds the provider.
    pub(super) fn furnish(
        root: &'a Path,
        terraform: &'a Terraform,
        provider: &Path,
        clusters: &'a Clusters,
    ) -> anyhow::Result<Self> {
        let playground = Self {
            root,
            terraform,
            clusters,
        };
        playground
            .write(provider)
            .with_context(|| format!("cannot write to {}", root.display()))?;
        Ok(playground)
    }

    fn write(&self, provider: &Path) -> anyhow::Result<()> {
        // Alone in a folder, for Terraform takes whatever is called like a provider there.
        let providers = self.root.join("provider");
        for folder in [&self.directory(), &providers] {
            fs::create_dir_all(folder)?;
        }
        let name = provider.file_name().context("the provider has no name")?;
        link(provider, &providers.join(name))?;
        fs::write(self.settings(), settings(&providers))?;
        let quickstart = workspace::root()?.join("examples").join("quickstart");
        fs::copy(quickstart.join("main.tf"), self.directory().join("main.tf"))?;
        fs::write(
            self.directory().join("publishers.auto.tfvars.json"),
            serde_json::to_string_pretty(&variables(self.clusters))?,
        )?;
        Ok(())
    }

    /// Runs Terraform, and shows of its words what tells the story; all of them where it fails.
    pub(super) async fn terraform(&self, arguments: &[&str]) -> anyhow::Result<()> {
        let shown = format!("terraform {}", arguments.join(" "));
        let output = tokio::time::timeout(LIMIT, self.command(arguments).output())
            .await
            .with_context(|| format!("{shown} took too long"))?
            .context("cannot run Terraform")?;
        let stdout = String::from_utf8_lossy(&output.stdout);
        if !output.status.success() {
            let stderr = String::from_utf8_lossy(&output.stderr);
            bail!("{shown} failed, {}:\n{stdout}{stderr}", output.status);
        }
        stdout
            .lines()
            .filter(|text| tells_the_story(text))
            .for_each(line);
        Ok(())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.terraform.program());
        for (name, _) in env::vars_os() {
            let prefix = name.to_string_lossy();
            if prefix.starts_with("TF_") || prefix.starts_with("IMP_") {
                command.env_remove(&name);
            }
        }
        let (username, password) = self.clusters.credentials();
        command
            .args(arguments)
            .args(["-no-color", "-input=false"])
            .current_dir(self.directory())
            .env("TF_CLI_CONFIG_FILE", self.settings())
            .env("CHECKPOINT_DISABLE", "1")
            .env("TMPDIR", self.root)
            .env("IMP_USERNAME", username)
            .env("IMP_PASSWORD", password)
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    /// How to play on by hand.
    pub(super) fn explain(&self) {
        let (username, password) = self.clusters.credentials();
        let control = self.clusters.control_url();
        line(&format!("cd {}", self.directory().display()));
        line(&format!(
            "export TF_CLI_CONFIG_FILE={}",
            self.settings().display()
        ));
        line(&format!(
            "export IMP_USERNAME={username} IMP_PASSWORD={password}"
        ));
        line(&format!("{} plan", self.terraform.program().display()));
        line("");
        line(
            "Change main.tf, plan and apply. Nothing needs `init`, and Terraform's warning of development overrides",
        );
        line("is expected. What the publishers hold, and every request so far:");
        line("");
        for cluster in self.clusters.all() {
            let url = format!("{control}/clusters/{}", cluster.name);
            line(&format!("curl -s {url}/domains {url}/routes"));
        }
        line(&format!("curl -s {control}/journal"));
        line("");
        line("Ctrl-C here stops the publishers and removes all of this.");
    }

    /// Where the configuration and the state are.
    fn directory(&self) -> PathBuf {
        self.root.join("quickstart")
    }

    /// Terraform's own settings.
    fn settings(&self) -> PathBuf {
        self.root.join("terraform.rc")
    }
}

/// The quickstart's variable: each publisher's address, authority and schema profile.
fn variables(clusters: &Clusters) -> Value {
    let publishers: Map<String, Value> = clusters
        .all()
        .iter()
        .map(|cluster| {
            let publisher = json!({
                "address": cluster.address,
                "ca_certificate": clusters.ca_path(),
                "schema_profile": cluster.profile_path,
            });
            (cluster.name.clone(), publisher)
        })
        .collect();
    json!({ "publishers": publishers })
}

/// Settings by which Terraform and OpenTofu take the provider from a folder.
fn settings(providers: &Path) -> String {
    let folder = Value::from(providers.to_string_lossy()).to_string();
    let overrides: String = ["registry.terraform.io", "registry.opentofu.org"]
        .map(|registry| format!("    \"{registry}/imp-federation/imp\" = {folder}\n"))
        .concat();
    format!("provider_installation {{\n  dev_overrides {{\n{overrides}  }}\n  direct {{}}\n}}\n")
}

/// Whether a line of Terraform's tells what was done or sums up, rather than being part of the plan in full.
fn tells_the_story(text: &str) -> bool {
    let object = text.starts_with("imp_") && text.contains(" complete after ");
    // The provider's own, by their codes; not that of Terraform about providers under development.
    let rule = text.contains("Warning: ") && text.ends_with(']');
    let summary = [
        "Plan: ",
        "Apply complete!",
        "Destroy complete!",
        "No changes.",
    ]
    .iter()
    .any(|beginning| text.starts_with(beginning));
    object || rule || summary
}

#[cfg(unix)]
fn link(file: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(file, link)
}

#[cfg(not(unix))]
fn link(file: &Path, link: &Path) -> io::Result<()> {
    fs::copy(file, link).map(drop)
}
