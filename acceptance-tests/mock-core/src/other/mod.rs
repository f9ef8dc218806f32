//! What a provider offers besides managed resources: data sources, functions, ephemeral resources,
//! list resources, actions and state stores. Each is a method of [`crate::Core`].

mod action;
mod data_source;
mod ephemeral;
mod function;
mod list;
mod state_store;

pub use ephemeral::Ephemeral;
pub use function::FunctionFailure;
pub use list::{ListOptions, Listed};
pub use state_store::{StateLock, StateStore};

use std::collections::BTreeMap;

use tfplugin_protocol::tfplugin6::DynamicValue;

use crate::codec;
use crate::config::{Input, evaluate};
use crate::core::{Core, no_references};
use crate::report::Report;
use crate::schema::Schema;
use crate::value::Value;

impl Core {
    /// Finds a schema and evaluates a configuration against it; none when the report says why not.
    fn prepare<'a>(
        kind: &str,
        schemas: &'a BTreeMap<String, Schema>,
        type_name: &str,
        input: &Input,
        report: &mut Report,
    ) -> Option<(&'a Schema, Value, DynamicValue)> {
        let Some(schema) = schemas.get(type_name) else {
            report.refuse(format!("the provider has no {kind} {type_name:?}"));
            return None;
        };
        let config = match evaluate(&schema.block, input, &no_references) {
            Ok(config) => config,
            Err(problems) => {
                report.refuse_all(&problems);
                return None;
            }
        };
        match codec::to_wire(&config, &schema.implied_type()) {
            Ok(wire) => Some((schema, config, wire)),
            Err(problem) => {
                report.refuse(format!("the configuration cannot be sent: {problem}"));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests;
