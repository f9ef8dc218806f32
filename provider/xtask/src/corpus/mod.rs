//! `cargo xtask corpus`: makes the plans that tests of the review read, each by a real Terraform from HCL.
//!
//! A folder under `provider/review/testdata/plans` has `case.json`, which says what it is about, which Terraform makes
//! it, and which other case has its configurations, where it has none of its own; `after/`, the configuration that is
//! planned; `before/`, one that is applied first, where there is one; `plan.json`, which this task writes; and
//! `expected.json`, which a person has read.

mod case;
mod settle;
mod site;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};

use crate::{output, workspace};
use case::Case;
use site::Site;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; fail when a plan differs from what would be written.
    #[arg(long)]
    check: bool,
    /// Only these folders.
    names: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let folder = workspace::root()?.join("provider/review/testdata/plans");
    let mut stale = Vec::new();
    for path in folders(&folder, &arguments.names)? {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let plan = plan(&path).with_context(|| name.clone())?;
        let file = path.join("plan.json");
        let is_same = fs::read_to_string(&file).is_ok_and(|text| text == plan);
        output::line(&format!("{name}{}", if is_same { "" } else { ": differs" }));
        if arguments.check && !is_same {
            stale.push(name);
        } else if !is_same {
            whole_file::write(&file, plan)?;
        }
    }
    if !stale.is_empty() {
        bail!(
            "these plans are not what Terraform makes now: {}. Run `cargo xtask corpus`, read what has changed, and \
             commit it.",
            stale.join(", ")
        );
    }
    Ok(())
}

/// The folders of the cases with these names, or of all.
fn folders(corpus: &Path, names: &[String]) -> anyhow::Result<Vec<PathBuf>> {
    if !names.is_empty() {
        let folder = |name: &String| match corpus.join(name) {
            folder if folder.is_dir() => Ok(folder),
            _ => Err(anyhow!("there is no plan {name} in {}", corpus.display())),
        };
        return names.iter().map(folder).collect();
    }
    let mut folders = Vec::new();
    for entry in fs::read_dir(corpus).with_context(|| corpus.display().to_string())? {
        folders.push(entry?.path());
    }
    folders.sort();
    Ok(folders)
}

/// The plan of a case, as it is kept.
fn plan(folder: &Path) -> anyhow::Result<String> {
    let case = Case::read(folder)?;
    let mut site = Site::new(&case)?;
    let configurations = match &case.like {
        Some(other) => folder.with_file_name(other),
        None => folder.to_owned(),
    };
    let after = configurations.join("after");
    let before = if case.applied {
        after.clone()
    } else {
        configurations.join("before")
    };
    if before.is_dir() {
        site.configure(&before)?;
        site.apply()?;
        for address in &case.taint {
            site.change_state(&["taint", "-no-color", address])?;
        }
        for address in &case.forget {
            site.change_state(&["state", "rm", address])?;
        }
    }
    site.configure(&after)?;
    let plan = site.plan(&case.arguments)?;
    Ok(site.settled(&plan))
}
