//! Applying one planned change and checking what came of it.

mod checks;
mod final_plan;

use bytes::Bytes;
use tfplugin_protocol::tfplugin6::apply_resource_change;

use super::Instance;
use super::plan::Action;
use crate::problem::Rule;
use crate::report::Report;
use crate::state::Object;
use crate::value::Value;

/// One half of a change: what the provider is asked to do in one call.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// Create, update or delete.
    pub(crate) action: Action,
    /// The object before; none for a create.
    pub(crate) before: Option<Object>,
    /// The value after; null for a delete.
    pub(crate) planned: Value,
    /// The configuration; null for a delete.
    pub(crate) config: Value,
    /// The bytes planning returned.
    pub(crate) planned_private: Bytes,
    /// The identity planning returned.
    pub(crate) planned_identity: Value,
}

impl Instance {
    /// Applies the change. Returns the object to store now, whatever happened; the report says
    /// whether it went well.
    pub(crate) async fn apply(&self, change: Change, report: &mut Report) -> Option<Object> {
        let problems_before = report.problems.len();
        let before = change.before.as_ref();
        let prior = before.map_or(Value::Null, |object| object.value.clone());
        let request = apply_resource_change::Request {
            type_name: self.type_name.clone(),
            prior_state: self.wire(&prior, report),
            planned_state: self.wire(&change.planned, report),
            config: self.wire(&change.config, report),
            planned_private: change.planned_private.clone(),
            provider_meta: self.core.wire_provider_meta(),
            planned_identity: self.wire_identity(&change.planned_identity),
        };
        let answer = self.core.client().apply_resource_change(request).await;
        let Some(answer) = report.answer("ApplyResourceChange", answer) else {
            // No answer: what was known before is all that is known now.
            return change.before;
        };
        report.absorb(&answer.diagnostics);
        if answer.legacy_type_system {
            report.violation(
                Rule::LegacyTypeSystem,
                format!("while applying {}", self.address),
            );
        }
        let Some(value) = self.value(answer.new_state.as_ref(), "after apply", report) else {
            return change.before;
        };
        let identity = self.identity(answer.new_identity.as_ref(), true, "after apply", report);
        let failed_already = report.problems.len() > problems_before;
        let value = self.check_result(&change, value, failed_already, report)?;
        let failed = report.problems.len() > problems_before;
        if value.is_null() {
            // A failed delete or update without any state: the object is taken to be as it was.
            return if failed && change.action != Action::Create {
                change.before
            } else {
                None
            };
        }
        let was_tainted = before.is_some_and(|object| object.tainted);
        let tainted = if change.action == Action::Create {
            failed
        } else {
            was_tainted
        };
        Some(Object {
            value,
            private: answer.private,
            identity,
            tainted,
        })
    }
}
