//! What a core plans to do, from `show -json` of a saved plan.

use serde_json::Value;

use crate::diagnostics::Diagnostic;
use crate::{Failure, lookup};

/// What is to happen to a resource.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Action {
    /// Nothing.
    NoOp,
    /// It is made.
    Create,
    /// It is read during apply.
    Read,
    /// It is changed in place.
    Update,
    /// It is deleted and then made anew.
    Replace,
    /// It is made anew before the old one is deleted.
    CreateBeforeDestroy,
    /// It is deleted.
    Delete,
    /// It leaves the state and stays as it is.
    Forget,
    /// Something that this harness does not know.
    Other,
}

/// A saved plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The whole plan, as the core writes it.
    pub json: Value,
    /// Warnings of planning; with an error there is no plan.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the core itself says that there is nothing to do, outputs included.
    pub is_empty: bool,
}

/// What is planned for one resource instance.
#[derive(Clone, Copy, Debug)]
pub struct ResourceChange<'a> {
    json: &'a Value,
}

impl Plan {
    /// The changes of all resource instances, those without a change among them.
    pub fn resource_changes(&self) -> impl Iterator<Item = ResourceChange<'_>> {
        self.instances("resource_changes")
    }

    /// What has changed outside of Terraform since the last apply.
    pub fn drift(&self) -> impl Iterator<Item = ResourceChange<'_>> {
        self.instances("resource_drift")
    }

    /// The change of one resource instance.
    pub fn change(&self, address: &str) -> Result<ResourceChange<'_>, Failure> {
        self.resource_changes()
            .find(|change| change.address() == address)
            .ok_or_else(|| {
                let known: Vec<_> = self
                    .resource_changes()
                    .map(ResourceChange::address)
                    .collect();
                Failure::new(format!("{address} is not in the plan, which has {known:?}"))
            })
    }

    /// Everything that is to happen, for a failure's text.
    pub(crate) fn described(&self) -> String {
        let changes = self
            .resource_changes()
            .filter(|change| change.action() != Action::NoOp)
            .map(ResourceChange::described);
        let outputs = self
            .json
            .get("output_changes")
            .map(|outputs| format!("  outputs: {outputs}"));
        changes.chain(outputs).collect::<Vec<_>>().join("\n")
    }

    fn instances(&self, name: &str) -> impl Iterator<Item = ResourceChange<'_>> {
        self.json
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(|json| ResourceChange { json })
    }
}

impl<'a> ResourceChange<'a> {
    /// The address of the instance.
    pub fn address(self) -> &'a str {
        self.json
            .get("address")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// The address it had before, if it moves.
    pub fn previous_address(self) -> Option<&'a str> {
        self.json.get("previous_address")?.as_str()
    }

    /// What is to happen.
    pub fn action(self) -> Action {
        let actions: Vec<&str> = self
            .part("actions")
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        match actions[..] {
            ["no-op"] => Action::NoOp,
            ["create"] => Action::Create,
            ["read"] => Action::Read,
            ["update"] => Action::Update,
            ["delete", "create"] => Action::Replace,
            ["create", "delete"] => Action::CreateBeforeDestroy,
            ["delete"] => Action::Delete,
            ["forget"] => Action::Forget,
            _ => Action::Other,
        }
    }

    /// The object now; null if there is none.
    pub fn before(self) -> &'a Value {
        self.part("before")
    }

    /// The object afterwards, without what is not known yet; null if there will be none.
    pub fn after(self) -> &'a Value {
        self.part("after")
    }

    /// A tree with `true` for each part that is not known yet.
    pub fn after_unknown(self) -> &'a Value {
        self.part("after_unknown")
    }

    /// A tree with `true` for each part that must not be shown.
    pub fn after_sensitive(self) -> &'a Value {
        self.part("after_sensitive")
    }

    /// Which attributes make a replacement necessary; null if none do.
    pub fn replace_paths(self) -> &'a Value {
        self.part("replace_paths")
    }

    /// Whether the object is being imported.
    pub fn is_import(self) -> bool {
        self.part("importing").is_object()
    }

    /// Whether the part at a path is not known yet.
    pub fn is_unknown(self, path: &str) -> bool {
        lookup::is_marked(self.after_unknown(), path)
    }

    fn described(self) -> String {
        format!(
            "  {}: {:?}\n    before: {}\n    after: {}\n    unknown: {}\n    replaced for: {}",
            self.address(),
            self.action(),
            self.before(),
            self.after(),
            self.after_unknown(),
            self.replace_paths(),
        )
    }

    fn part(self, name: &str) -> &'a Value {
        static NULL: Value = Value::Null;
        self.json
            .get("change")
            .and_then(|change| change.get(name))
            .unwrap_or(&NULL)
    }
}
