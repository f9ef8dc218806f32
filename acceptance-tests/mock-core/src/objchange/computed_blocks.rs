//! Blocks that the provider may fill in where the configuration has none (Terraform 1.16).

use std::collections::BTreeMap;

use crate::schema::{Block, BlockNesting, NestedBlock};
use crate::value::Value;

/// The configuration as a plan gets it: computed blocks that it lacks are null instead of empty, which is how a
/// provider is told that it may fill them in. What a provider validates, applies, reads or opens is not prepared so.
#[must_use]
pub fn prepare_computed_blocks(block: &Block, config: &Value) -> Value {
    let Value::Object(values) = config else {
        return config.clone();
    };
    let mut prepared = values.clone();
    for (name, nested) in &block.blocks {
        if let Some(value) = values.get(name) {
            prepared.insert(name.clone(), prepare_nested(nested, value));
        }
    }
    Value::Object(prepared)
}

fn prepare_nested(nested: &NestedBlock, value: &Value) -> Value {
    let inner = |value: &Value| prepare_computed_blocks(&nested.block, value);
    match (nested.nesting, value) {
        (BlockNesting::List | BlockNesting::Set | BlockNesting::Map, value)
            if nested.block.computed && is_empty(value) =>
        {
            Value::Null
        }
        (_, Value::List(elements)) => Value::List(elements.iter().map(inner).collect()),
        (_, Value::Set(elements)) => {
            Value::set(elements.as_slice().iter().map(inner).collect::<Vec<_>>())
        }
        (BlockNesting::Map, Value::Map(elements)) => Value::Map(
            elements
                .iter()
                .map(|(key, value)| (key.clone(), inner(value)))
                .collect::<BTreeMap<_, _>>(),
        ),
        (_, value) => inner(value),
    }
}

/// Whether a collection of blocks has none.
pub(super) fn is_empty(value: &Value) -> bool {
    value.elements().is_some_and(<[Value]>::is_empty)
        || value.entries().is_some_and(BTreeMap::is_empty)
}
