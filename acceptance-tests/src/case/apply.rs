//! Steps that plan, and apply what they have planned.

use serde_json::Value;

use super::expectations::{PlanChecks, PlanExpectations};
use super::step::{Context, TestStep};
use crate::diagnostics::{self, Diagnostic};
use crate::{Failure, Plan, PlanOptions, State, Workspace, lookup};

/// Checks of the state after apply.
type StateCheck = Box<dyn FnOnce(&State) -> Result<(), String>>;

/// Plans, applies, and plans again: with nothing left to do, with and without a refresh.
pub struct ApplyStep {
    folder: String,
    options: PlanOptions,
    plan_checks: PlanChecks,
    values: Vec<(String, String, Value)>,
    state_checks: Vec<StateCheck>,
    settles: bool,
}

impl ApplyStep {
    pub(super) fn new(folder: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            options: PlanOptions::new(),
            plan_checks: PlanChecks::default(),
            values: Vec::new(),
            state_checks: Vec::new(),
            settles: true,
        }
    }

    /// Plans with these options: replacement of one resource, only a refresh.
    #[must_use]
    pub fn options(mut self, options: PlanOptions) -> Self {
        self.options = options;
        self
    }

    /// An attribute has this value in the state afterwards.
    #[must_use]
    pub fn has(mut self, address: &str, path: &str, value: impl Into<Value>) -> Self {
        self.values
            .push((address.to_owned(), path.to_owned(), value.into()));
        self
    }

    /// Whatever else has to be true of the state, or of the other side, afterwards.
    #[must_use]
    pub fn check(mut self, check: impl FnOnce(&State) -> Result<(), String> + 'static) -> Self {
        self.state_checks.push(Box::new(check));
        self
    }

    /// The next plan is not empty, and must not be.
    #[must_use]
    pub fn leaves_changes(mut self) -> Self {
        self.settles = false;
        self
    }
}

impl PlanExpectations for ApplyStep {
    fn plan_checks(&mut self) -> &mut PlanChecks {
        &mut self.plan_checks
    }
}

impl TestStep for ApplyStep {
    fn describe(&self) -> String {
        format!("apply {}", self.folder)
    }

    fn run(mut self: Box<Self>, context: &mut Context<'_>) -> Result<(), Failure> {
        context.use_folder(&self.folder)?;
        let tolerated = context.tolerated;
        let workspace = &mut *context.workspace;
        let plan = planned(workspace, &self.options)?;
        self.plan_checks
            .check(&plan)
            .map_err(|failure| failure.during("plan"))?;
        let mut diagnostics = plan.diagnostics;
        diagnostics.extend(workspace.apply_saved_plan()?);
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Err(Failure::new(format!(
                "apply failed:\n{}",
                diagnostics::listed(&diagnostics)
            )));
        }
        self.plan_checks.check_warnings(&diagnostics, tolerated)?;
        check_state(&workspace.state()?, &self.values, self.state_checks)
            .map_err(|failure| failure.during("state"))?;
        for (name, options) in [
            (
                "plan after apply, without refresh",
                PlanOptions::new().without_refresh(),
            ),
            ("plan after apply, with refresh", PlanOptions::new()),
        ] {
            let again = planned(workspace, &options).map_err(|failure| failure.during(name))?;
            if again.is_empty != self.settles {
                let wish = if self.settles { "should" } else { "should not" };
                let text = format!("{name}: it {wish} be empty:\n{}", again.described());
                return Err(Failure::new(text));
            }
        }
        Ok(())
    }
}

/// Plans without applying.
pub struct PlanStep {
    folder: String,
    options: PlanOptions,
    plan_checks: PlanChecks,
}

impl PlanStep {
    pub(super) fn new(folder: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            options: PlanOptions::new(),
            plan_checks: PlanChecks::default(),
        }
    }

    /// Plans with these options.
    #[must_use]
    pub fn options(mut self, options: PlanOptions) -> Self {
        self.options = options;
        self
    }
}

impl PlanExpectations for PlanStep {
    fn plan_checks(&mut self) -> &mut PlanChecks {
        &mut self.plan_checks
    }
}

impl TestStep for PlanStep {
    fn describe(&self) -> String {
        format!("plan {}", self.folder)
    }

    fn run(mut self: Box<Self>, context: &mut Context<'_>) -> Result<(), Failure> {
        context.use_folder(&self.folder)?;
        let plan = planned(context.workspace, &self.options)?;
        self.plan_checks.check(&plan)?;
        self.plan_checks
            .check_warnings(&plan.diagnostics, context.tolerated)
    }
}

/// A plan; errors are a failure.
pub(super) fn planned(workspace: &mut Workspace, options: &PlanOptions) -> Result<Plan, Failure> {
    workspace.plan(options)?.map_err(|diagnostics| {
        Failure::new(format!(
            "plan failed:\n{}",
            diagnostics::listed(&diagnostics)
        ))
    })
}

fn check_state(
    state: &State,
    values: &[(String, String, Value)],
    checks: Vec<StateCheck>,
) -> Result<(), Failure> {
    for (address, path, expected) in values {
        let resource = state.resource(address)?;
        match lookup(resource.values(), path) {
            Some(value) if value == expected => {}
            value => {
                return Err(Failure::new(format!(
                    "{address}.{path} should be {expected}, not {value:?}, in {}",
                    resource.values()
                )));
            }
        }
    }
    for check in checks {
        check(state)?;
    }
    Ok(())
}
