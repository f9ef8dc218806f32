//! Nested blocks are never null: no blocks are an empty collection, and a group always exists.

use std::collections::BTreeMap;

use tfplugin_values::Value;

use super::elements::visit;
use super::level::{Level, NULL};
use crate::schema::{Body, Nesting};

/// Puts empty collections and groups where a handler left blocks null.
pub(crate) fn complete_blocks(level: Level<'_>, object: &mut Value) {
    let Value::Object(parts) = object else {
        return;
    };
    for (name, block) in level.blocks {
        let value = parts.entry(name.clone()).or_insert(Value::Null);
        if value.is_null() {
            *value = match block.nesting {
                Nesting::Single => continue,
                Nesting::List => Value::List(Vec::new()),
                Nesting::Set => Value::Set(Vec::new()),
                Nesting::Map => Value::Map(BTreeMap::new()),
                Nesting::Group => nulls(&block.body),
            };
        }
        let inner = Level::of_body(&block.body);
        visit(block.nesting, inner, value, &NULL, &NULL, |element| {
            complete_blocks(inner, element.value);
        });
    }
}

fn nulls(body: &Body) -> Value {
    let attributes = body.attributes.iter().map(|(name, _)| name);
    let blocks = body.blocks.iter().map(|(name, _)| name);
    Value::object(
        attributes
            .chain(blocks)
            .map(|name| (name.clone(), Value::Null)),
    )
}
