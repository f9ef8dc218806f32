//! Planning to destroy one instance.

use bytes::Bytes;

use super::plan::Lifecycle;
use super::plan::PlanCall;
use super::{Action, Instance, InstancePlan};
use crate::report::Report;
use crate::state::Object;
use crate::value::Value;

impl Instance {
    /// Plans the end of the object; the provider is asked only when it wants to be.
    pub(crate) async fn plan_destroy(
        &self,
        object: Object,
        lifecycle: &Lifecycle,
        report: &mut Report,
    ) -> Option<InstancePlan> {
        if !self.may_destroy(lifecycle, report) {
            return None;
        }
        let mut planned_private = object.private.clone();
        let mut planned_identity = Value::Null;
        if self.core.schemas().capabilities.plan_destroy {
            let call = PlanCall {
                prior: object.value.clone(),
                proposed: Value::Null,
                config: Value::Null,
                private: object.private.clone(),
                identity: object.identity.clone(),
                earlier_private: Bytes::new(),
            };
            let answer = self.call_plan(&call, report).await?;
            planned_private = answer.private;
            planned_identity = answer.identity;
        }
        Some(InstancePlan {
            action: Action::Delete,
            before: Some(object),
            planned: Value::Null,
            planned_private,
            planned_identity,
            requires_replace: Vec::new(),
            config: Value::Null,
        })
    }
}
