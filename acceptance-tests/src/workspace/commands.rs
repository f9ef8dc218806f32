//! The commands of a core, with their results read.

use std::fs;
use std::io;

use super::Workspace;
use crate::diagnostics::{self, Diagnostic};
use crate::{Failure, Outcome, Plan, State};

/// The file a plan is saved to.
const PLAN_FILE: &str = "saved.tfplan";

/// How to plan.
#[derive(Clone, Debug, Default)]
pub struct PlanOptions {
    arguments: Vec<String>,
}

impl PlanOptions {
    /// An ordinary plan: refresh, then compare with the configuration.
    pub fn new() -> Self {
        Self::default()
    }

    /// Without asking the provider what has changed since.
    #[must_use]
    pub fn without_refresh(self) -> Self {
        self.argument("-refresh=false")
    }

    /// Only what has changed since.
    #[must_use]
    pub fn refresh_only(self) -> Self {
        self.argument("-refresh-only")
    }

    /// The deletion of everything.
    #[must_use]
    pub fn destroy(self) -> Self {
        self.argument("-destroy")
    }

    /// Any other option.
    #[must_use]
    pub fn argument(mut self, argument: impl Into<String>) -> Self {
        self.arguments.push(argument.into());
        self
    }
}

impl Workspace {
    /// Validates the configuration; the diagnostics are the result.
    pub fn validate(&mut self) -> Result<Vec<Diagnostic>, Failure> {
        let outcome = self.run(["validate", "-json"])?;
        readable("validate", &outcome)
    }

    /// Plans and saves the plan; errors are the other result.
    pub fn plan(
        &mut self,
        options: &PlanOptions,
    ) -> Result<Result<Plan, Vec<Diagnostic>>, Failure> {
        // An older plan would hide that this command made none.
        let file = self.directory().join(PLAN_FILE);
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(Failure::new(format!("{}: {error}", file.display())));
            }
            _ => {}
        }
        let out = format!("-out={PLAN_FILE}");
        let fixed = ["plan", "-json", "-detailed-exitcode", &out];
        let outcome = self.run(
            fixed
                .into_iter()
                .chain(options.arguments.iter().map(String::as_str)),
        )?;
        let diagnostics = readable_as("plan", &outcome, &[0, 2])?;
        if outcome.status.code() == Some(2) && !file.is_file() {
            return Err(crashed("plan", &outcome));
        }
        let is_empty = match outcome.status.code() {
            Some(0) => true,
            Some(2) => false,
            _ => return Ok(Err(diagnostics)),
        };
        Ok(Ok(Plan {
            json: self.show(&[PLAN_FILE])?,
            diagnostics,
            is_empty,
        }))
    }

    /// Applies the plan saved last; the diagnostics are the result.
    pub fn apply_saved_plan(&mut self) -> Result<Vec<Diagnostic>, Failure> {
        let outcome = self.run(["apply", "-json", PLAN_FILE])?;
        readable("apply", &outcome)
    }

    /// Deletes everything; the diagnostics are the result.
    pub fn destroy(&mut self) -> Result<Vec<Diagnostic>, Failure> {
        let outcome = self.run(["destroy", "-json", "-auto-approve"])?;
        readable("destroy", &outcome)
    }

    /// Runs `import`, which has no machine-readable output.
    pub fn import(&mut self, address: &str, id: &str) -> Result<Outcome, Failure> {
        self.run(["import", "-no-color", address, id])
    }

    /// Fetches the modules that the configuration calls by path.
    pub fn get_modules(&mut self) -> Result<(), Failure> {
        let outcome = self.run(["get", "-no-color"])?;
        if outcome.success() {
            Ok(())
        } else {
            Err(Failure::new(format!(
                "the modules cannot be had: {}",
                outcome.transcript()
            )))
        }
    }

    /// The state.
    pub fn state(&self) -> Result<State, Failure> {
        Ok(State {
            json: self.show(&[])?,
        })
    }
}

/// A failed command must say why; if it does not, it failed in a way that no step can expect.
fn readable(command: &str, outcome: &Outcome) -> Result<Vec<Diagnostic>, Failure> {
    readable_as(command, outcome, &[0])
}

/// As [`readable`], for a command that has more than one status for success. Status 2 is also that of a crash.
fn readable_as(
    command: &str,
    outcome: &Outcome,
    successes: &[i32],
) -> Result<Vec<Diagnostic>, Failure> {
    if has_panicked(outcome) {
        return Err(crashed(command, outcome));
    }
    let diagnostics = Diagnostic::read_all(&outcome.stdout);
    let code = outcome.status.code();
    let failed = !code.is_some_and(|code| successes.contains(&code));
    let explained = diagnostics.iter().any(Diagnostic::is_error);
    if failed && !explained {
        return Err(Failure::new(format!(
            "{command} failed without an error: {}",
            outcome.transcript()
        )));
    }
    if !failed && explained {
        return Err(Failure::new(format!(
            "{command} reported success and errors:\n{}",
            diagnostics::listed(&diagnostics)
        )));
    }
    Ok(diagnostics)
}

/// Whether Go's runtime, or the core in its place, has written a stack trace.
fn has_panicked(outcome: &Outcome) -> bool {
    [&outcome.stdout, &outcome.stderr].into_iter().any(|text| {
        text.contains("TERRAFORM CRASH")
            || text.contains("OPENTOFU CRASH")
            || (text.contains("panic:") && text.contains("\ngoroutine "))
    })
}

fn crashed(command: &str, outcome: &Outcome) -> Failure {
    Failure::new(format!("{command} crashed: {}", outcome.transcript()))
}
