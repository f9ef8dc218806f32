//! A test case: steps in a workspace, and the destruction of everything at the end.

mod apply;
mod expectations;
mod failure;
mod import;
mod step;

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

pub use apply::{ApplyStep, PlanStep};
pub use expectations::PlanExpectations;
pub use failure::{FailureStep, Phase};
pub use import::ImportStep;
pub use step::{Context, Step, TestStep};

use crate::diagnostics::{self, Diagnostic};
use crate::{Failure, Provider, Terraform, Workspace};

/// Asks the other side whether something is as it should be; the error says what is not.
type OutsideCheck = Box<dyn FnOnce() -> Result<(), String>>;

/// A sequence of steps.
///
/// After the last step everything is destroyed, the state must be empty, and the destroy checks are
/// asked. Steps fail on warnings they do not expect.
#[must_use = "a test case does nothing until it is run"]
pub struct TestCase {
    workspace: Workspace,
    test_data: PathBuf,
    steps: Vec<Box<dyn TestStep>>,
    destroy_checks: Vec<OutsideCheck>,
    secrets: Vec<String>,
    tolerated: Vec<String>,
}

impl TestCase {
    /// A case without steps, in a workspace of its own. Steps name folders of the test data.
    pub fn new(terraform: &Terraform, test_data: impl Into<PathBuf>) -> Result<Self, Failure> {
        Ok(Self {
            workspace: Workspace::new(terraform)?,
            test_data: test_data.into(),
            steps: Vec::new(),
            destroy_checks: Vec::new(),
            secrets: Vec::new(),
            tolerated: Vec::new(),
        })
    }

    /// Adds the files of a folder to the configuration of every step.
    pub fn common_configuration(mut self, common: &Path) -> Self {
        self.workspace.use_common_configuration(common);
        self
    }

    /// Makes a provider available.
    pub fn provider(mut self, provider: &Provider) -> Result<Self, Failure> {
        self.workspace.add_provider(provider)?;
        Ok(self)
    }

    /// Sets an environment variable for every command.
    pub fn environment(mut self, name: &str, value: &str) -> Self {
        self.workspace.set_environment(name, value);
        self
    }

    /// Sets an input variable for every step.
    pub fn variable(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.workspace.set_variable(name, &value.into());
        self
    }

    /// How long each command may take.
    pub fn limit(mut self, limit: Duration) -> Self {
        self.workspace.set_limit(limit);
        self
    }

    /// A text that no command may print and no state may hold.
    pub fn keeps_secret(mut self, secret: &str) -> Self {
        self.secrets.push(secret.to_owned());
        self
    }

    /// A warning with this in its summary may come in any step, and need not.
    pub fn tolerates(mut self, text: &str) -> Self {
        self.tolerated.push(text.to_owned());
        self
    }

    /// The next step.
    pub fn step(mut self, step: impl TestStep + 'static) -> Self {
        self.steps.push(Box::new(step));
        self
    }

    /// Asks the other side, after everything was destroyed, whether it is really gone.
    pub fn destroy_check(mut self, check: impl FnOnce() -> Result<(), String> + 'static) -> Self {
        self.destroy_checks.push(Box::new(check));
        self
    }

    /// Runs the case; a failure is a panic with its text.
    pub fn run(self) {
        if let Err(failure) = self.try_run() {
            panic!("{failure}");
        }
    }

    /// Runs the case; a failure is the result.
    pub fn try_run(mut self) -> Result<(), Failure> {
        let steps = std::mem::take(&mut self.steps);
        for (number, step) in (1..).zip(steps) {
            let activity = format!("step {number}, {}", step.describe());
            let mut context = Context::new(&mut self.workspace, &self.test_data, &self.tolerated);
            step.run(&mut context)
                .and_then(|()| self.check_secrets())
                .map_err(|failure| failure.during(activity))?;
        }
        self.destroy()
            .map_err(|failure| failure.during("destroying everything"))
    }

    fn destroy(mut self) -> Result<(), Failure> {
        let diagnostics = self.workspace.destroy()?;
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Err(Failure::new(diagnostics::listed(&diagnostics)));
        }
        let state = self.workspace.state()?;
        let left: Vec<_> = state
            .resources()
            .iter()
            .map(|resource| resource.address())
            .collect();
        if !left.is_empty() {
            return Err(Failure::new(format!("the state still has {left:?}")));
        }
        self.check_secrets()?;
        for check in std::mem::take(&mut self.destroy_checks) {
            check().map_err(|reason| Failure::new(reason).during("destroy check"))?;
        }
        Ok(())
    }

    fn check_secrets(&self) -> Result<(), Failure> {
        for (position, secret) in (1..).zip(&self.secrets) {
            for (place, text) in [
                ("output", self.workspace.transcript()),
                ("state", &self.workspace.state_text()),
            ] {
                if text.contains(secret.as_str()) {
                    return Err(Failure::new(format!("secret {position} is in the {place}")));
                }
            }
        }
        Ok(())
    }
}
