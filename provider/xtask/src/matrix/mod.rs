//! `cargo xtask matrix`: the acceptance tests with one core after the other, and what each of them had to skip.
//!
//! A core is tested with all that it offers: tests of features that it lacks are skipped, and which these are must be
//! as `acceptance-tests/skips.txt` says.

mod cores;
mod expectations;
mod suite;
mod table;

use anyhow::bail;

use crate::output;
use expectations::Expectations;
use suite::Suite;
use table::Table;

/// The suites that run where none are named.
const SUITES: [&str; 9] = [
    "commands",
    "features",
    "keyring",
    "modules",
    "notebook",
    "ordering",
    "plugin",
    "resources",
    "rules",
];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Which cores, separated by commas: versions, `oldest`, `newest`, or `path` for the one that the tests use
    /// otherwise (`IMP_TEST_TERRAFORM`, else `terraform` or `tofu` on PATH). All that can be had where left out.
    #[arg(long, value_delimiter = ',')]
    cores: Vec<String>,
    /// Which test targets, separated by commas.
    #[arg(long, value_delimiter = ',', default_values_t = SUITES.map(str::to_owned))]
    suites: Vec<String>,
    /// Only tests whose name has one of these in it, separated by commas.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let expectations = Expectations::read()?;
    let cores = cores::select(&arguments.cores)?;
    output::stage("Building the tests");
    let suites = Suite::build(&arguments.suites)?;
    let mut table = Table::new(&suites);
    let mut problems = 0;
    for core in &cores {
        output::stage(&cores::name(core));
        let mut row = Vec::new();
        for suite in &suites {
            let outcome = suite.run(core, &arguments.only)?;
            output::line(&format!("{}: {}", suite.name(), outcome.in_words()));
            // At once: all cores take an hour.
            for problem in outcome.problems(&expectations, core, suite)? {
                problem.lines().for_each(output::line);
                problems += 1;
            }
            row.push(outcome);
        }
        table.add(cores::name(core), &row);
    }
    output::stage("Passed / skipped / failed");
    for line in table.lines() {
        output::line(&line);
    }
    if problems > 0 {
        bail!("{problems} problems, told above");
    }
    Ok(())
}
