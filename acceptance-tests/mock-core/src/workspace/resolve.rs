//! What references stand for at a certain moment of a command.

use std::collections::BTreeMap;

use crate::config::{Input, evaluate};
use crate::report::Report;
use crate::schema::Schema;
use crate::value::{Path, PathError, Value};

/// Evaluates a resource's arguments; none when the report says what is wrong with them.
pub(super) fn evaluate_with(
    schema: &Schema,
    input: &Input,
    values: &BTreeMap<String, Value>,
    report: &mut Report,
) -> Option<Value> {
    let resolve = |address: &str, attribute: &Path, at: &Path| match values.get(address) {
        Some(value) => lookup(value, attribute).ok_or_else(|| {
            PathError::new(
                at,
                format!("Unsupported attribute: {address} has no {attribute}"),
            )
        }),
        None => Err(PathError::new(
            at,
            format!("Reference to undeclared resource: {address}"),
        )),
    };
    match evaluate(&schema.block, input, &resolve) {
        Ok(value) => Some(value),
        Err(problems) => {
            report.refuse_all(&problems);
            None
        }
    }
}

/// The value at a path; what is inside an unknown value is unknown.
fn lookup(value: &Value, path: &Path) -> Option<Input> {
    let mut so_far = Path::root();
    for step in path.steps() {
        if value.at(&so_far)?.is_unknown() {
            return Some(crate::config::unknown());
        }
        so_far = so_far.then(step.clone());
    }
    value.at(path).map(Input::from)
}
