//! Write-only attributes: never in a plan, never in a state.

use std::collections::BTreeMap;

use crate::schema::{Attribute, AttributeKind, Block};
use crate::value::{Path, Step, Value};

/// The paths of write-only attributes that hold a value all the same.
pub fn set_write_only(block: &Block, value: &Value) -> Vec<Path> {
    let mut found = Vec::new();
    let _ = strip(block, value, &Path::root(), &mut found);
    found
}

/// The value with every write-only attribute null.
#[must_use]
pub fn strip_write_only(block: &Block, value: &Value) -> Value {
    strip(block, value, &Path::root(), &mut Vec::new())
}

fn strip(block: &Block, value: &Value, path: &Path, found: &mut Vec<Path>) -> Value {
    let Value::Object(attributes) = value else {
        return value.clone();
    };
    let mut stripped = strip_attributes(&block.attributes, attributes, path, found);
    for (name, nested) in &block.blocks {
        if let Some(value) = attributes.get(name) {
            let path = path.attribute(name);
            let inner = each_object(value, &path, &mut |value, path| {
                strip(&nested.block, value, path, found)
            });
            stripped.insert(name.clone(), inner);
        }
    }
    Value::Object(stripped)
}

fn strip_attributes(
    schema: &BTreeMap<String, Attribute>,
    values: &BTreeMap<String, Value>,
    path: &Path,
    found: &mut Vec<Path>,
) -> BTreeMap<String, Value> {
    let mut stripped = values.clone();
    for (name, attribute) in schema {
        let Some(value) = values.get(name) else {
            continue;
        };
        let path = path.attribute(name);
        if attribute.write_only {
            if !value.is_null() {
                found.push(path);
            }
            stripped.insert(name.clone(), Value::Null);
        } else if let AttributeKind::Nested(nested) = &attribute.kind {
            let inner = each_object(value, &path, &mut |value, path| match value {
                Value::Object(values) => {
                    Value::Object(strip_attributes(&nested.attributes, values, path, found))
                }
                other => other.clone(),
            });
            stripped.insert(name.clone(), inner);
        }
    }
    stripped
}

/// Changes the object itself or every object of a collection.
fn each_object(
    value: &Value,
    path: &Path,
    change: &mut dyn FnMut(&Value, &Path) -> Value,
) -> Value {
    match value {
        Value::Object(_) => change(value, path),
        Value::List(elements) => {
            let elements = elements.iter().enumerate();
            Value::List(
                elements
                    .map(|(index, value)| change(value, &path.index(index)))
                    .collect(),
            )
        }
        Value::Set(elements) => {
            let path = path.then(Step::Element);
            Value::Set(
                elements
                    .as_slice()
                    .iter()
                    .map(|value| change(value, &path))
                    .collect(),
            )
        }
        Value::Map(entries) => {
            let entries = entries.iter();
            Value::Map(
                entries
                    .map(|(key, value)| (key.clone(), change(value, &path.key(key))))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}
