//! A finished plan.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::instance::{Action, InstancePlan, Lifecycle};
use crate::state::State;
use crate::value::{Path, Value};
use crate::workspace::Configuration;

/// What `terraform plan` found, ready to be applied.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What is to happen, by address; instances without change included.
    pub changes: BTreeMap<String, PlannedChange>,
    /// Objects left over from replacements, to be destroyed; positions in the refreshed state.
    pub deposed: Vec<PlannedChange>,
    /// The state after refreshing and importing.
    pub refreshed: State,
    /// What the provider warned of.
    pub warnings: Vec<Diagnostic>,
    pub(in crate::workspace) configuration: Configuration,
}

/// What is to happen with one instance.
#[derive(Clone, Debug)]
pub struct PlannedChange {
    /// The plan itself.
    pub plan: InstancePlan,
    /// The lifecycle it was planned under.
    pub lifecycle: Lifecycle,
    /// The addresses it depends on.
    pub dependencies: Vec<String>,
}

impl Plan {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.deposed.is_empty()
            && self
                .changes
                .values()
                .all(|change| change.plan.action == Action::NoOp)
    }

    /// What is to happen with an instance; nothing when the plan does not know it.
    pub fn action(&self, address: &str) -> Action {
        self.changes
            .get(address)
            .map_or(Action::NoOp, |change| change.plan.action)
    }

    /// The value an instance is to have; null when it is to be destroyed or unknown to the plan.
    pub fn planned(&self, address: &str) -> Value {
        self.changes
            .get(address)
            .map_or(Value::Null, |change| change.plan.planned.clone())
    }

    /// The paths that force an instance to be replaced.
    pub fn requires_replace(&self, address: &str) -> &[Path] {
        self.changes
            .get(address)
            .map_or(&[], |change| &change.plan.requires_replace)
    }

    /// Every action other than none, by address.
    pub fn actions(&self) -> BTreeMap<&str, Action> {
        let actions = self
            .changes
            .iter()
            .map(|(address, change)| (address.as_str(), change.plan.action));
        actions
            .filter(|(_, action)| *action != Action::NoOp)
            .collect()
    }
}
