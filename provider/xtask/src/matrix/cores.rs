//! Which cores are tried.

use acceptance_tests::{Product, Terraform};
use anyhow::{Context as _, Result};

/// The cores of these names, or all that can be had.
pub(super) fn select(names: &[String]) -> Result<Vec<Terraform>> {
    if !names.is_empty() {
        let mut cores: Vec<Terraform> = Vec::new();
        for name in names {
            let core = named(name)?;
            if !cores.contains(&core) {
                cores.push(core);
            }
        }
        return Ok(cores);
    }
    let found = Terraform::find()?.clone();
    let mut cores = Vec::new();
    for version in Terraform::packaged_versions() {
        cores.push(Terraform::version(version)?);
    }
    let known =
        |core: &Terraform| (core.product(), core.release()) == (found.product(), found.release());
    if !cores.iter().any(known) {
        cores.push(found);
    }
    cores.sort_by_key(|core| (core.product() == Product::OpenTofu, core.release()));
    Ok(cores)
}

fn named(name: &str) -> Result<Terraform> {
    let packaged = Terraform::packaged_versions();
    let version = match name {
        "path" => return Ok(Terraform::find()?.clone()),
        "oldest" => packaged.first().context("no version is packaged")?,
        "newest" => packaged.last().context("no version is packaged")?,
        version => version,
    };
    Ok(Terraform::version(version)?)
}

/// `Terraform 1.11.4`.
pub(super) fn name(core: &Terraform) -> String {
    format!("{:?} {}", core.product(), core.release())
}
