//! What the binary does for people who start it by hand: `discover`, `export` and `review`. All of them only read.
//!
//! Terraform starts the same binary without arguments and with its magic cookie in the environment. Nothing here is
//! looked at then.

mod arguments;
mod discover;
mod export;
mod failure;
mod output;
mod review;

use std::ffi::OsString;
use std::process::ExitCode;
use std::time::Duration;

use imp_publisher::Scope;
use tokio::runtime::{Builder, Runtime};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use arguments::Arguments;
use failure::Failure;

/// The variable by which Terraform says that it started this process.
const STARTED_BY_TERRAFORM: &str = "TF_PLUGIN_MAGIC_COOKIE";

/// How long a command waits for a publisher.
const LONGEST_READING: Duration = Duration::from_secs(900);

/// A line for each command, as the help of the binary has them.
pub const COMMANDS: &str = "  \
  discover   read the catalogue of a publisher, and draft a schema profile
  export     write what is on the publishers as a configuration, or as a backup
  review     say what a reviewer must know about a plan, without asking any publisher
";

/// A command, and what was written behind it.
#[derive(Debug)]
pub struct Command {
    kind: Kind,
    words: Vec<OsString>,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Discover,
    Export,
    Review,
}

impl Command {
    /// The command that the person at the keyboard wants; `None` where Terraform started this process, or where the
    /// first argument is no command.
    pub fn requested() -> Option<Self> {
        let mut arguments = std::env::args_os().skip(1);
        let kind = match arguments.next()?.to_str()? {
            "discover" => Kind::Discover,
            "export" => Kind::Export,
            "review" => Kind::Review,
            _ => return None,
        };
        if std::env::var_os(STARTED_BY_TERRAFORM).is_some() {
            return None;
        }
        Some(Self {
            kind,
            words: arguments.collect(),
        })
    }

    /// Does it. The exit status is 2 where it was written wrongly, and 1 where it failed; `review` has more of them.
    pub fn run(self) -> ExitCode {
        let help = match self.kind {
            Kind::Discover => discover::HELP,
            Kind::Export => export::HELP,
            Kind::Review => review::HELP,
        };
        if self
            .words
            .iter()
            .any(|word| word == "--help" || word == "-h")
        {
            return ended(output::result(help));
        }
        let arguments = || Arguments::parse(&self.words);
        match self.kind {
            Kind::Discover => ended(arguments().and_then(|arguments| discover::run(&arguments))),
            Kind::Export => ended(arguments().and_then(|arguments| export::run(&arguments))),
            Kind::Review => review::run(&self.words),
        }
    }
}

fn ended(outcome: Result<(), Failure>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::note(&format!("{failure}\n"));
            failure.exit_code()
        }
    }
}

/// What requests run on.
fn runtime() -> Result<Runtime, Failure> {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Failed(format!("No request can be sent: {error}.")))
}

/// The limits of one reading.
fn scope() -> Scope {
    Scope {
        deadline: Instant::now() + LONGEST_READING,
        cancellation: CancellationToken::new(),
    }
}
