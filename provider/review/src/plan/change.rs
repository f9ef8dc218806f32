//! What a plan does to one object.

use super::objects::Object;
use super::without_keys;

/// What a plan does to one object.
#[derive(Clone, Debug)]
pub struct Change<T> {
    /// The address of the instance, such as `module.emea.imp_static_route.primary["remote.com"]`.
    pub address: String,
    /// What is done.
    pub action: Action,
    /// The object now.
    pub before: Option<T>,
    /// The object afterwards.
    pub after: Option<T>,
    /// The attributes that make a replacement necessary.
    pub replaced_for: Vec<String>,
    /// Why it is replaced though no attribute makes that necessary.
    pub replaced_by: Option<Cause>,
    /// Whether it is taken into the state by this plan.
    pub is_import: bool,
}

/// Why an object is replaced though no attribute of it makes that necessary.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Cause {
    /// Somebody, or a failed apply, has marked it as tainted.
    Taint,
    /// Whoever made the plan has asked for it.
    Request,
    /// Something that its `replace_triggered_by` names is changed.
    Trigger,
}

impl Cause {
    /// The cause behind an `action_reason`.
    pub(super) fn of(reason: &str) -> Option<Self> {
        Some(match reason {
            "replace_because_tainted" => Self::Taint,
            "replace_by_request" => Self::Request,
            "replace_by_triggers" => Self::Trigger,
            _ => return None,
        })
    }
}

/// What is done to an object.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Action {
    /// Nothing.
    Keep,
    /// It is created.
    Create,
    /// It is changed in place.
    Update,
    /// It is deleted, and then created anew.
    Replace,
    /// It is created anew before the old one is deleted.
    ReplaceCreatingFirst,
    /// It is deleted.
    Delete,
    /// It leaves the state and stays on the publisher.
    Forget,
}

impl Action {
    pub(super) fn of(actions: &[&str]) -> Option<Self> {
        Some(match actions {
            [] | ["no-op" | "read"] => Self::Keep,
            ["create"] => Self::Create,
            ["update"] => Self::Update,
            ["delete", "create"] => Self::Replace,
            ["create", "delete"] => Self::ReplaceCreatingFirst,
            ["delete"] => Self::Delete,
            ["forget"] => Self::Forget,
            _ => return None,
        })
    }

    /// Whether the object is deleted, whatever comes after.
    pub fn deletes(self) -> bool {
        matches!(
            self,
            Self::Replace | Self::ReplaceCreatingFirst | Self::Delete
        )
    }

    /// Whether an object is created, whatever went before.
    pub fn creates(self) -> bool {
        matches!(
            self,
            Self::Create | Self::Replace | Self::ReplaceCreatingFirst
        )
    }
}

impl<T> Change<T> {
    /// The address without keys of instances, as the configuration has it.
    pub(crate) fn configuration_address(&self) -> String {
        without_keys(&self.address)
    }
}

#[allow(
    private_bounds,
    reason = "which objects there are is this crate's own business"
)]
impl<T: Object> Change<T> {
    /// The object on the publisher when the plan was applied. What is forgotten stays there.
    pub(crate) fn remaining(&self) -> Option<&T> {
        match self.action {
            Action::Forget => self.before.as_ref(),
            _ => self.after.as_ref(),
        }
    }

    /// Whether anything is written to a publisher.
    pub fn writes(&self) -> bool {
        match self.action {
            Action::Keep | Action::Forget => false,
            Action::Update => !self.differences().is_empty(),
            Action::Create | Action::Replace | Action::ReplaceCreatingFirst | Action::Delete => {
                true
            }
        }
    }

    /// Each stored attribute that differs, with both values as they may be shown.
    pub(crate) fn differences(&self) -> Vec<(&'static str, String, String)> {
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => before.differences(after),
            _ => Vec::new(),
        }
    }
}
