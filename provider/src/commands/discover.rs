//! `discover`: what the tables of a publisher are called, as a draft of a schema profile.

use std::fmt::Write as _;
use std::sync::Arc;

use imp_publisher::discovery::{Draft, Object, Observation, Recorder, Step, Survey};
use tfplugin_framework::Diagnostics;
use tokio::runtime::Runtime;

use super::arguments::Arguments;
use super::failure::{Failure, sentences};
use super::output::Target;
use super::{output, runtime, scope};
use crate::fleet::Cluster;
use crate::provider::fleet_of_environment;

pub(super) const HELP: &str = "\
Reads the catalogue of a publisher, and drafts a schema profile. Nothing is written to the publisher.

  terraform-provider-imp discover [--record] [--publisher NAME] [--out FILE]

Options:
  --record          read the tables before and after changes that you make in the administration pages of a lab
                    cluster, and so find tables, columns and side effects for certain
  --publisher NAME  which one, where IMP_PUBLISHERS names several
  --out FILE        write the draft to this new file, and not to standard output

The connection comes from the variables that the provider reads: IMP_ADDRESS or IMP_PUBLISHERS, IMP_USERNAME,
IMP_PASSWORD, IMP_CA_CERTIFICATE and the others. A user with Standard AXL Read Only API Access is enough.
What is printed has names of tables, columns and enumeration values in it, and nothing from any row.
";

/// How many candidates are shown for each object.
const SHOWN: usize = 5;

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    Arguments::refuse(arguments.json, "--json")?;
    let target = Target::new(arguments.out.as_deref())?;
    let cluster = cluster(arguments)?;
    let runtime = runtime()?;
    let read = |error| Failure::of(cluster.name(), &error);
    let discovery = cluster.publisher.discovery();
    let survey = runtime.block_on(discovery.survey(&scope())).map_err(read)?;
    output::note(&described(&survey));
    let draft = if arguments.record {
        output::note("Reading the tables as they are now. This takes a while.\n");
        let scope = scope();
        let recorder = runtime.block_on(discovery.record(survey, &scope));
        let mut recorder = recorder.map_err(read)?;
        record(&cluster, &runtime, &mut recorder)?;
        recorder.draft()
    } else {
        survey.draft()
    };
    output::note(&remaining(&draft));
    target.put(&format!("{:#}\n", draft.profile))
}

/// The publisher to read.
fn cluster(arguments: &Arguments) -> Result<Arc<Cluster>, Failure> {
    let mut warnings = Diagnostics::default();
    let fleet = fleet_of_environment(&mut warnings)?;
    if !warnings.is_empty() {
        output::note(&format!("{}\n\n", sentences(&warnings)));
    }
    let mut clusters = fleet.managed();
    if let Some(name) = &arguments.publisher {
        clusters.retain(|cluster| cluster.name() == name);
    }
    match (clusters.pop(), clusters.is_empty()) {
        (Some(only), true) => Ok(only),
        (Some(_), false) => Err(Failure::Usage(
            "IMP_PUBLISHERS names several publishers. Write --publisher with the name of one."
                .to_owned(),
        )),
        (None, _) => Err(Failure::Usage(format!(
            "IMP_PUBLISHERS names no publisher {:?}.",
            arguments.publisher.as_deref().unwrap_or_default()
        ))),
    }
}

fn described(survey: &Survey) -> String {
    let mut text = format!("Release {}, {} tables.\n", survey.release, survey.tables());
    for object in Object::ALL {
        let _ = write!(text, "\nCandidates for {}:\n", object.key());
        for candidate in survey.candidates(object).iter().take(SHOWN) {
            let _ = writeln!(text, "  {:>4}  {}", candidate.score, candidate.table);
            for (meaning, column) in &candidate.columns {
                let _ = writeln!(text, "          {:<26} {column}", meaning.key());
            }
        }
    }
    text.push('\n');
    text
}

/// One step after the other, each until the person has made the change or leaves it out.
fn record(cluster: &Cluster, runtime: &Runtime, recorder: &mut Recorder) -> Result<(), Failure> {
    for (number, step) in (1..).zip(Step::ALL) {
        output::note(&format!(
            "\nStep {number} of {}\n\n{}\n\nThen press Enter here; or type \"skip\" and press Enter.\n",
            Step::ALL.len(),
            step.instruction()
        ));
        while output::answer()? != "skip" {
            let observed = runtime.block_on(recorder.observe(step, &scope()));
            let observation = observed.map_err(|error| Failure::of(cluster.name(), &error))?;
            if !observation.tables.is_empty() {
                output::note(&observed_text(&observation));
                break;
            }
            output::note(
                "No table has changed. Was it saved? Press Enter to look again, or type \"skip\".\n",
            );
        }
    }
    Ok(())
}

fn observed_text(observation: &Observation) -> String {
    let mut text = String::new();
    for change in &observation.tables {
        let mut parts = Vec::new();
        if change.added > 0 {
            parts.push(format!("{} added", change.added));
        }
        if change.removed > 0 {
            parts.push(format!("{} removed", change.removed));
        }
        if !change.columns.is_empty() {
            parts.push(format!("changed in {}", change.columns.join(", ")));
        }
        if change.only_counted {
            parts.push("more or fewer rows, which were not read".to_owned());
        }
        let _ = writeln!(text, "  {}: {}", change.table, parts.join("; "));
    }
    for line in &observation.learned {
        let _ = writeln!(text, "{line}");
    }
    text
}

fn remaining(draft: &Draft) -> String {
    let mut text = "\nThis is a draft. Nothing is written by it until somebody has verified it: see the guide \
                    \"Verifying the schema profile\".\n"
        .to_owned();
    for line in &draft.open {
        let _ = writeln!(text, "- {line}");
    }
    if let Some(fingerprint) = &draft.fingerprint {
        let _ = writeln!(
            text,
            "The fingerprint of its tables, for `verification` once it is verified: {fingerprint}"
        );
    }
    text.push('\n');
    text
}
