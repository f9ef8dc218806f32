//! `review`: what a reviewer must know about a plan. No publisher is asked, and no credentials are read.

mod arguments;
mod ending;
mod sql;

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::process::ExitCode;

use imp_review::{LARGEST_PLAN, Options, Plan, Review, Unreadable, report};

use super::output;
use arguments::{Arguments, Format};
use ending::Ending;

pub(super) const HELP: &str = "\
Says what a reviewer must know about a plan: outages, restarts and the clusters touched; what is added, changed and
removed on each publisher; and findings, each with its code and what to do. No publisher is asked.

  terraform plan -out=PLANFILE
  terraform show -json PLANFILE > plan.json
  terraform-provider-imp review plan.json

  terraform show -json PLANFILE | terraform-provider-imp review -

Options:
  --format FORMAT    text (the default), markdown for a pull request, sarif for code scanning, or json
  --fail-on LEVEL    error (the default), warning, or never: the findings that make the exit status 1
  --ignore CODE      accept the findings of this rule, such as IMP310; may be repeated, or have several codes
                     separated by commas
  --sql              also print the statements that the apply would send, with placeholders for primary keys and for
                     the numbers of enumerations, by the names of the built-in, unverified schema profile
  --source FILE      where results of --format sarif point to, as the repository has it; main.tf by default

Colours are used on a terminal only, and not where NO_COLOR is set. In a configuration, the variable
imp_review_ignore says what is accepted and why: see the guide \"Reviewing plans\".

Exit status:
  0  nothing was found at or above --fail-on
  1  something was
  2  the command was written wrongly
  3  the file cannot be read
  4  it is not JSON
  5  it is JSON, but not a plan that can be understood
  6  it is a state
  7  it is a binary plan file
  8  it is a plan of a later format version
  9  the plan has nothing to do with federation
";

pub(super) fn run(words: &[OsString]) -> ExitCode {
    match review(words) {
        Ok(code) => code,
        Err(ending) => {
            output::note(&format!("{ending}\n"));
            ending.exit_code()
        }
    }
}

fn review(words: &[OsString]) -> Result<ExitCode, Ending> {
    let arguments = Arguments::parse(words)?;
    let plan = Plan::read(&bytes(&arguments)?)?;
    let options = Options {
        ignored: arguments.ignored.clone(),
    };
    let review = Review::of(&plan, &options);
    let statements = arguments.sql.then(|| sql::statements(&plan));
    output::result(&rendered(&review, statements.as_deref(), &arguments))?;
    let fails = match (review.gravest(), arguments.fail_on) {
        (Some(gravest), Some(level)) => gravest >= level,
        _ => false,
    };
    Ok(if fails {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// What is in the file. Of one that is too large, no more than is needed to see that.
fn bytes(arguments: &Arguments) -> Result<Vec<u8>, Ending> {
    let mut bytes = Vec::new();
    let read = |mut input: &mut dyn Read, bytes: &mut Vec<u8>| {
        (&mut input).take(LARGEST_PLAN + 1).read_to_end(bytes)
    };
    let outcome = match &arguments.file {
        None => read(&mut io::stdin().lock(), &mut bytes),
        Some(path) => File::open(path).and_then(|mut file| {
            let length = file.metadata()?.len().min(LARGEST_PLAN);
            bytes.reserve_exact(usize::try_from(length).unwrap_or_default());
            read(&mut file, &mut bytes)
        }),
    };
    outcome.map_err(|error| Ending::Unopened {
        file: arguments.file_name(),
        error,
    })?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST_PLAN) {
        return Err(Unreadable::TooLarge.into());
    }
    Ok(bytes)
}

fn rendered(review: &Review, statements: Option<&[String]>, arguments: &Arguments) -> String {
    let lines = |statements: &[String]| statements.concat();
    match arguments.format {
        Format::Text => {
            let mut text = report::text(review, has_colours());
            if let Some(statements) = statements {
                text.push_str("Statements\n\n");
                text.push_str(&lines(statements));
            }
            text
        }
        Format::Markdown => {
            let mut text = report::markdown(review);
            if let Some(statements) = statements {
                text.push_str("<details><summary>Statements</summary>\n\n");
                // Indented text is code, whatever is in it.
                for line in lines(statements).lines() {
                    text.push_str("    ");
                    text.push_str(line);
                    text.push('\n');
                }
                text.push_str("\n</details>\n");
            }
            text
        }
        Format::Sarif => format!("{:#}\n", report::sarif(review, &arguments.source)),
        Format::Json => {
            let mut json = report::json(review);
            if let (Some(statements), Some(members)) = (statements, json.as_object_mut()) {
                members.insert("statements".to_owned(), statements.into());
            }
            format!("{json:#}\n")
        }
    }
}

/// Whether whoever reads standard output sees colours, and wants to.
fn has_colours() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal()
        && !is_set("NO_COLOR")
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}
