//! What core does with one resource instance: load, refresh, plan, apply, destroy, import, move.
//!
//! Each operation takes owned inputs, so that many run at once, and returns what became of the
//! object together with a report. Knows nothing of other instances.

mod apply;
mod destroy;
mod generate;
mod identity;
mod import;
mod load;
mod move_state;
mod plan;
mod read;

use std::sync::Arc;

pub(crate) use apply::Change;
pub use import::ImportTarget;
pub use move_state::MoveSource;
pub(crate) use plan::PlanInput;
pub use plan::{Action, InstancePlan, Lifecycle, Trigger};
use tfplugin_protocol::tfplugin6::DynamicValue;

use crate::codec;
use crate::core::{Core, ResourceSchema};
use crate::problem::Rule;
use crate::report::Report;
use crate::value::{Type, Value};

/// One resource instance and the provider that manages it.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    pub(crate) core: Core,
    pub(crate) address: String,
    pub(crate) type_name: String,
    pub(crate) schema: Arc<ResourceSchema>,
}

impl Instance {
    /// The instance at an address; a type the provider does not have is core's error.
    pub(crate) fn new(
        core: &Core,
        address: &str,
        type_name: &str,
        report: &mut Report,
    ) -> Option<Self> {
        let Some(schema) = core.schemas().resources.get(type_name) else {
            report.refuse(format!(
                "Invalid resource type: the provider {} does not support resource type {type_name:?}",
                core.provider_name()
            ));
            return None;
        };
        Some(Self {
            core: core.clone(),
            address: address.to_owned(),
            type_name: type_name.to_owned(),
            schema: Arc::clone(schema),
        })
    }

    pub(crate) fn report(&self) -> Report {
        Report::about(&self.address)
    }

    fn ty(&self) -> Type {
        self.schema.schema.implied_type()
    }

    /// `provider "x"`, as it stands in messages.
    fn provider(&self) -> String {
        format!("{:?}", self.core.provider_name())
    }

    /// The wire form of a value of this resource.
    fn wire(&self, value: &Value, report: &mut Report) -> Option<DynamicValue> {
        match codec::to_wire(value, &self.ty()) {
            Ok(wire) => Some(wire),
            Err(problem) => {
                report.refuse(format!(
                    "the value cannot be sent to the provider: {problem}"
                ));
                None
            }
        }
    }

    /// Reads a value of this resource out of an answer.
    fn value(
        &self,
        wire: Option<&DynamicValue>,
        operation: &str,
        report: &mut Report,
    ) -> Option<Value> {
        match codec::from_wire(wire, &self.ty()) {
            Ok(value) => Some(value),
            Err(problem) => {
                report.violation(
                    Rule::InvalidObject,
                    format!(
                        "Provider {} produced an invalid value {operation} for {}: {problem}",
                        self.provider(),
                        self.address
                    ),
                );
                None
            }
        }
    }
}
