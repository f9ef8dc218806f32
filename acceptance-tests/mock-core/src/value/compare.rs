//! Comparing values as core's plan checks do.

use super::{Refinements, Value};

/// The value with every refinement dropped: plan checks compare values in this form.
pub fn without_refinements(value: &Value) -> Value {
    match value {
        Value::Unknown(_) => Value::Unknown(Refinements::default()),
        other => other.map_children(&without_refinements),
    }
}
