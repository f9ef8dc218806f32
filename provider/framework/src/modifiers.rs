//! Plan modifiers of attributes: each may change one planned value, or ask for a replacement.

use tfplugin_values::{Path, Value};

use crate::diagnostics::Diagnostics;

/// Changes one planned value, or asks for the object to be replaced.
pub trait PlanModifier: Send + Sync {
    /// Looks at one attribute of the plan. It must never change a value that the user configured.
    fn modify(&self, change: &mut AttributeChange<'_>);
}

/// One attribute of a plan.
#[derive(Debug)]
pub struct AttributeChange<'a> {
    /// Where it stands. Inside a set, the path of the set.
    pub path: &'a Path,
    /// The configured value.
    pub config: &'a Value,
    /// The value in the state; null where the object or the element is new.
    pub prior: &'a Value,
    /// The planned value so far.
    pub planned: &'a mut Value,
    /// The whole configuration; null when the object is to be destroyed.
    pub whole_config: &'a Value,
    /// The whole prior state; null when the object is to be created.
    pub whole_prior: &'a Value,
    /// Whether the attribute asks for a replacement.
    pub requires_replace: &'a mut bool,
    /// Where to report.
    pub diagnostics: &'a mut Diagnostics,
}

impl AttributeChange<'_> {
    /// Whether the object exists and this attribute's value is about to change.
    pub fn is_change_of_existing(&self) -> bool {
        !self.whole_prior.is_null() && *self.planned != *self.prior
    }
}

/// A change of the value replaces the object.
pub fn requires_replace() -> impl PlanModifier {
    requires_replace_if(|_| true)
}

/// A change of the value replaces the object where the user configured it.
pub fn requires_replace_if_configured() -> impl PlanModifier {
    requires_replace_if(|change| !change.config.is_null())
}

/// A change of the value replaces the object under a further condition.
pub fn requires_replace_if(
    condition: impl Fn(&AttributeChange<'_>) -> bool + Send + Sync,
) -> impl PlanModifier {
    RequiresReplaceIf(condition)
}

struct RequiresReplaceIf<F>(F);

impl<F: Fn(&AttributeChange<'_>) -> bool + Send + Sync> PlanModifier for RequiresReplaceIf<F> {
    fn modify(&self, change: &mut AttributeChange<'_>) {
        if change.is_change_of_existing() && (self.0)(change) {
            *change.requires_replace = true;
        }
    }
}

/// An existing object keeps the value it has in the state, null included.
pub fn use_state_for_unknown() -> impl PlanModifier {
    UseState { null_counts: true }
}

/// An existing object keeps the value it has in the state, unless that is null.
pub fn use_non_null_state_for_unknown() -> impl PlanModifier {
    UseState { null_counts: false }
}

struct UseState {
    null_counts: bool,
}

impl PlanModifier for UseState {
    fn modify(&self, change: &mut AttributeChange<'_>) {
        if !change.whole_prior.is_null()
            && change.planned.is_unknown()
            && !change.config.is_unknown()
            && (self.null_counts || !change.prior.is_null())
        {
            *change.planned = change.prior.clone();
        }
    }
}

/// A plan modifier from a function.
pub fn modify(change: impl Fn(&mut AttributeChange<'_>) + Send + Sync) -> impl PlanModifier {
    Function(change)
}

struct Function<F>(F);

impl<F: Fn(&mut AttributeChange<'_>) + Send + Sync> PlanModifier for Function<F> {
    fn modify(&self, change: &mut AttributeChange<'_>) {
        (self.0)(change);
    }
}
