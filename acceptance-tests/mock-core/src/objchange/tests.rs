//! The algorithms against the cases of the protocol's text, good and bad.

mod compatible;
mod computed_blocks;
mod plan_valid;
mod properties;
mod proposed_new;
mod smaller;

use crate::value::{PathError, Value};

/// An object of these attributes.
fn object<const N: usize>(attributes: [(&str, Value); N]) -> Value {
    Value::object(attributes)
}

fn list<const N: usize>(elements: [Value; N]) -> Value {
    Value::List(elements.into())
}

fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Map(
        entries
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

fn texts(problems: &[PathError]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}
