//! `export`: an existing deployment as a configuration that changes nothing, or as a backup.

mod backup;
mod conformance;
mod estate;
mod files;
mod hcl;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use imp_publisher::{DomainTable, Freshness, RouteTable};
use tfplugin_framework::Diagnostics;

use super::arguments::Arguments;
use super::failure::{Failure, sentences};
use super::output::Target;
use super::{output, runtime, scope};
use crate::fleet::Cluster;
use crate::provider::fleet_of_environment;
use estate::Estate;

pub(super) const HELP: &str = "\
Writes what is on the publishers as a configuration with import blocks, so that the first plan changes nothing.
Nothing is written to a publisher, and no state is touched.

  terraform-provider-imp export --out DIRECTORY [--publisher NAME]
  terraform-provider-imp export --json [--out FILE] [--publisher NAME]

Options:
  --out DIRECTORY   the directory to make; it must not have anything in it
  --json            instead, every row with its pkid as JSON, to standard output or a new file: a backup
  --publisher NAME  only this one of those that IMP_PUBLISHERS names

The connection comes from the variables that the provider reads: IMP_ADDRESS or IMP_PUBLISHERS, IMP_USERNAME,
IMP_PASSWORD, IMP_SCHEMA_PROFILE, IMP_CA_CERTIFICATE and the others. A user with Standard AXL Read Only API Access
is enough. Import blocks need Terraform 1.5 or OpenTofu 1.6, or later.
";

/// What one publisher has.
struct Reading {
    cluster: Arc<Cluster>,
    release: String,
    domains: Arc<DomainTable>,
    routes: Arc<RouteTable>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    Arguments::refuse(arguments.record, "--record")?;
    if arguments.json {
        let target = Target::new(arguments.out.as_deref())?;
        let readings = read(arguments)?;
        return target.put(&format!("{:#}\n", backup::backup(&readings)));
    }
    let Some(directory) = &arguments.out else {
        return Err(Failure::Usage(
            "Write --out with the directory to make, or --json.".to_owned(),
        ));
    };
    // Before the publishers are asked: it is the quicker mistake to tell.
    prepare(directory)?;
    let readings = read(arguments)?;
    let estate = Estate::new(&readings);
    for (name, text) in files::files(&estate, &readings) {
        output::write(&directory.join(name), &text)?;
    }
    output::note(&format!(
        "{} domains and {} routes are in {}; {} rows are left out, and {} remarks are in REPORT.md.\n\n  \
         cd {}\n  terraform init\n  terraform plan\n\nThe plan must say 0 to add, 0 to change, 0 to destroy.\n",
        estate.domains.len(),
        estate.routes().count(),
        directory.display(),
        estate.left_out.len(),
        estate.remarks.len(),
        directory.display(),
    ));
    Ok(())
}

fn read(arguments: &Arguments) -> Result<Vec<Reading>, Failure> {
    let mut warnings = Diagnostics::default();
    let fleet = fleet_of_environment(&mut warnings)?;
    if !warnings.is_empty() {
        output::note(&format!("{}\n\n", sentences(&warnings)));
    }
    let mut clusters = fleet.managed();
    if let Some(name) = &arguments.publisher {
        clusters.retain(|cluster| cluster.name() == name);
        if clusters.is_empty() {
            return Err(Failure::Usage(format!(
                "IMP_PUBLISHERS names no publisher {name:?}."
            )));
        }
    }
    let runtime = runtime()?;
    clusters
        .into_iter()
        .map(|cluster| {
            let publisher = &cluster.publisher;
            let scope = scope();
            let reading = async {
                let contact = publisher.contact(&scope).await?;
                let domains = publisher.domains(Freshness::Fresh, &scope).await?;
                let routes = publisher.routes(Freshness::Fresh, &scope).await?;
                Ok((contact.release.clone(), domains, routes))
            };
            let (release, domains, routes) = runtime
                .block_on(reading)
                .map_err(|error| Failure::of(cluster.name(), &error))?;
            Ok(Reading {
                cluster: Arc::clone(&cluster),
                release,
                domains,
                routes,
            })
        })
        .collect()
}

/// Makes the directory and the module's within it.
fn prepare(directory: &Path) -> Result<(), Failure> {
    let unusable = |error| {
        Failure::Failed(format!(
            "The directory {} cannot be used: {error}.",
            directory.display()
        ))
    };
    if directory.exists() && fs::read_dir(directory).map_err(unusable)?.next().is_some() {
        return Err(Failure::Failed(format!(
            "{} is not empty. Name a directory that is, or that does not exist.",
            directory.display()
        )));
    }
    fs::create_dir_all(directory.join(files::MODULE)).map_err(unusable)
}
