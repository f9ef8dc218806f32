//! What a plan should be.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostics::{self, Diagnostic};
use crate::{Action, Failure, Plan, lookup};

/// Expectations of a plan; the steps that plan have them all.
pub trait PlanExpectations: Sized {
    #[doc(hidden)]
    fn plan_checks(&mut self) -> &mut PlanChecks;

    /// What is to happen to a resource instance. With one such expectation, nothing else may happen to
    /// any other.
    #[must_use]
    fn plans(mut self, address: &str, action: Action) -> Self {
        self.plan_checks()
            .actions
            .insert(address.to_owned(), action);
        self
    }

    /// Nothing is to happen at all.
    #[must_use]
    fn plans_nothing(mut self) -> Self {
        self.plan_checks().nothing = true;
        self
    }

    /// An attribute is planned with this value.
    #[must_use]
    fn plans_value(self, address: &str, path: &str, value: impl Into<Value>) -> Self {
        self.attribute(address, path, Planned::Known(value.into()))
    }

    /// An attribute is known after apply only.
    #[must_use]
    fn plans_unknown(self, address: &str, path: &str) -> Self {
        self.attribute(address, path, Planned::Unknown)
    }

    /// An attribute is not shown.
    #[must_use]
    fn plans_sensitive(self, address: &str, path: &str) -> Self {
        self.attribute(address, path, Planned::Sensitive)
    }

    /// An attribute makes the replacement necessary.
    #[must_use]
    fn replaces_for(self, address: &str, path: &str) -> Self {
        self.attribute(address, path, Planned::ReplacedFor)
    }

    /// A warning with this in its summary or detail must come, while planning or while applying.
    #[must_use]
    fn warns(mut self, text: &str) -> Self {
        self.plan_checks().warnings.push(text.to_owned());
        self
    }

    /// Whatever else has to be true of the plan.
    #[must_use]
    fn plan_check(mut self, check: impl FnOnce(&Plan) -> Result<(), String> + 'static) -> Self {
        self.plan_checks().checks.push(Box::new(check));
        self
    }

    #[doc(hidden)]
    #[must_use]
    fn attribute(mut self, address: &str, path: &str, planned: Planned) -> Self {
        self.plan_checks()
            .attributes
            .push((address.to_owned(), path.to_owned(), planned));
        self
    }
}

/// A check of the caller's.
type PlanCheck = Box<dyn FnOnce(&Plan) -> Result<(), String>>;

/// Expectations that have been collected.
#[doc(hidden)]
#[derive(Default)]
pub struct PlanChecks {
    nothing: bool,
    actions: BTreeMap<String, Action>,
    attributes: Vec<(String, String, Planned)>,
    warnings: Vec<String>,
    checks: Vec<PlanCheck>,
}

/// How an attribute should be planned.
#[doc(hidden)]
pub enum Planned {
    Known(Value),
    Unknown,
    Sensitive,
    ReplacedFor,
}

impl PlanChecks {
    /// Checks the plan; warnings are left to [`Self::check_warnings`].
    pub(super) fn check(&mut self, plan: &Plan) -> Result<(), Failure> {
        if self.nothing && !plan.is_empty {
            return Err(Failure::new(format!(
                "the plan should be empty:\n{}",
                plan.described()
            )));
        }
        self.check_actions(plan)?;
        for (address, path, planned) in &self.attributes {
            check_attribute(plan, address, path, planned)
                .map_err(|failure| failure.during(format!("{address}.{path}")))?;
        }
        for check in std::mem::take(&mut self.checks) {
            check(plan).map_err(|reason| {
                Failure::new(format!("{reason}; the plan:\n{}", plan.described()))
            })?;
        }
        Ok(())
    }

    /// Each expected warning must be there, and no other but those with a tolerated text in their summary.
    pub(super) fn check_warnings(
        &self,
        diagnostics: &[Diagnostic],
        tolerated: &[String],
    ) -> Result<(), Failure> {
        let matches = |diagnostic: &Diagnostic, text: &str| {
            diagnostic.summary.contains(text) || diagnostic.detail.contains(text)
        };
        for expected in &self.warnings {
            if !diagnostics
                .iter()
                .any(|diagnostic| matches(diagnostic, expected))
            {
                return Err(Failure::new(format!(
                    "a warning {expected:?} should have come:\n{}",
                    diagnostics::listed(diagnostics)
                )));
            }
        }
        let unexpected = diagnostics
            .iter()
            .filter(|diagnostic| {
                !tolerated
                    .iter()
                    .any(|text| diagnostic.summary.contains(text))
            })
            .find(|diagnostic| !self.warnings.iter().any(|text| matches(diagnostic, text)));
        match unexpected {
            Some(diagnostic) => Err(Failure::new(format!("unexpected: {diagnostic}"))),
            None => Ok(()),
        }
    }

    fn check_actions(&self, plan: &Plan) -> Result<(), Failure> {
        for (address, expected) in &self.actions {
            let action = plan.change(address)?.action();
            if action != *expected {
                return Err(Failure::new(format!(
                    "{address} should be planned as {expected:?}, not {action:?}:\n{}",
                    plan.described()
                )));
            }
        }
        let unexpected = plan.resource_changes().find(|change| {
            change.action() != Action::NoOp && !self.actions.contains_key(change.address())
        });
        match unexpected {
            Some(change) if !self.actions.is_empty() => Err(Failure::new(format!(
                "{} should not be planned as {:?}:\n{}",
                change.address(),
                change.action(),
                plan.described()
            ))),
            _ => Ok(()),
        }
    }
}

fn check_attribute(
    plan: &Plan,
    address: &str,
    path: &str,
    planned: &Planned,
) -> Result<(), Failure> {
    let change = plan.change(address)?;
    let complain = |what: String| Err(Failure::new(format!("{what}:\n{}", plan.described())));
    match planned {
        Planned::Known(_) if change.is_unknown(path) => {
            complain("should be planned as known".to_owned())
        }
        Planned::Known(expected) => match lookup(change.after(), path) {
            Some(value) if value == expected => Ok(()),
            value => complain(format!("should be planned as {expected}, not {value:?}")),
        },
        Planned::Unknown if change.is_unknown(path) => Ok(()),
        Planned::Unknown => complain("should be planned as known after apply".to_owned()),
        Planned::Sensitive if lookup::is_marked(change.after_sensitive(), path) => Ok(()),
        Planned::Sensitive => complain("should be planned as sensitive".to_owned()),
        Planned::ReplacedFor => {
            let written = |steps: &Value| {
                steps.as_array().is_some_and(|steps| {
                    let steps: Vec<_> = steps
                        .iter()
                        .map(|step| step.to_string().replace('"', ""))
                        .collect();
                    steps.join(".") == path
                })
            };
            let paths = change.replace_paths().as_array();
            if paths.into_iter().flatten().any(written) {
                Ok(())
            } else {
                complain("should be a reason for the replacement".to_owned())
            }
        }
    }
}
