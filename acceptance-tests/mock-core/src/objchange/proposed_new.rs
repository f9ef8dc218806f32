//! The proposed new state: configuration merged with what the prior state knows.

use std::collections::BTreeMap;

use super::valid_prior::{object_could_come_from, prior_could_come_from};
use crate::schema::{
    Attribute, AttributeKind, Block, BlockNesting, NestedBlock, NestedObject, ObjectNesting,
};
use crate::value::Value;

/// Core's proposal for a plan. `prior` is null for a create, `config` is null for a destroy.
pub fn proposed_new(block: &Block, prior: &Value, config: &Value) -> Value {
    if prior.is_null() && config.is_null() {
        return Value::Null;
    }
    if prior.is_null() {
        return merge_block(block, &block.empty_value(), config);
    }
    merge_block(block, prior, config)
}

fn merge_block(block: &Block, prior: &Value, config: &Value) -> Value {
    if config.is_null() || config.is_unknown() {
        return prior.clone();
    }
    let mut merged = merge_attributes(&block.attributes, prior, config);
    for (name, nested) in &block.blocks {
        let value = merge_nested_block(nested, &prior.attribute(name), &config.attribute(name));
        merged.insert(name.clone(), value);
    }
    Value::Object(merged)
}

fn merge_nested_block(nested: &NestedBlock, prior: &Value, config: &Value) -> Value {
    let merge = |prior: &Value, config: &Value| proposed_new(&nested.block, prior, config);
    match (nested.nesting, config) {
        // Blocks with dynamic content come as tuples whose type is their own: core takes the
        // configuration where it finds no prior element of the same type.
        (_, config) if config.is_unknown() || matches!(config, Value::Dynamic(_)) => config.clone(),
        (BlockNesting::Single, config) if config.is_null() => config.clone(),
        (BlockNesting::Single | BlockNesting::Group | BlockNesting::Invalid, config) => {
            merge(prior, config)
        }
        (BlockNesting::List | BlockNesting::Map, config) => merge_elements(prior, config, &merge),
        (BlockNesting::Set, config) => merge_set(prior, config, &merge, &|prior, config| {
            prior_could_come_from(&nested.block, prior, config)
        }),
    }
}

fn merge_attributes(
    attributes: &BTreeMap<String, Attribute>,
    prior: &Value,
    config: &Value,
) -> BTreeMap<String, Value> {
    let merge = |(name, attribute): (&String, &Attribute)| {
        let value = merge_attribute(attribute, &prior.attribute(name), &config.attribute(name));
        (name.clone(), value)
    };
    attributes.iter().map(merge).collect()
}

fn merge_attribute(attribute: &Attribute, prior: &Value, config: &Value) -> Value {
    if attribute.computed && config.is_null() {
        // What the provider could not have computed must once have been configured, so its absence
        // now is a removal.
        let removed = attribute.optional && holds_configured_value(attribute, prior);
        return if removed {
            config.clone()
        } else {
            prior.clone()
        };
    }
    match &attribute.kind {
        AttributeKind::Nested(nested) => merge_nested_attribute(nested, prior, config),
        _ => config.clone(),
    }
}

fn merge_nested_attribute(nested: &NestedObject, prior: &Value, config: &Value) -> Value {
    if config.is_unknown() || config.is_null() {
        return config.clone();
    }
    let merge = |prior: &Value, config: &Value| {
        if config.is_null() || config.is_unknown() {
            return config.clone();
        }
        Value::Object(merge_attributes(&nested.attributes, prior, config))
    };
    match nested.nesting {
        ObjectNesting::Single | ObjectNesting::Invalid => merge(prior, config),
        ObjectNesting::List | ObjectNesting::Map => merge_elements(prior, config, &merge),
        ObjectNesting::Set => merge_set(prior, config, &merge, &|prior, config| {
            object_could_come_from(nested, prior, config)
        }),
    }
}

/// Whether any value inside belongs to an attribute the provider does not compute.
fn holds_configured_value(attribute: &Attribute, value: &Value) -> bool {
    let AttributeKind::Nested(nested) = &attribute.kind else {
        return false;
    };
    let object_holds = |object: &Value| {
        nested.attributes.iter().any(|(name, inner)| {
            let value = object.attribute(name);
            !value.is_null() && (!inner.computed || holds_configured_value(inner, &value))
        })
    };
    match nested.nesting {
        ObjectNesting::Single | ObjectNesting::Invalid => object_holds(value),
        ObjectNesting::List | ObjectNesting::Set => value
            .elements()
            .is_some_and(|elements| elements.iter().any(object_holds)),
        ObjectNesting::Map => value
            .entries()
            .is_some_and(|entries| entries.values().any(object_holds)),
    }
}

/// Merges each configured element with the prior element of the same index or key.
fn merge_elements(prior: &Value, config: &Value, merge: &dyn Fn(&Value, &Value) -> Value) -> Value {
    let with = |counterpart: Option<&Value>, config: &Value| match counterpart {
        _ if prior.is_unknown() => merge(&Value::unknown(), config),
        Some(prior) => merge(prior, config),
        None => config.clone(),
    };
    match config {
        Value::List(elements) => {
            let prior = prior.elements().unwrap_or_default();
            let merged = elements.iter().enumerate();
            Value::List(
                merged
                    .map(|(index, config)| with(prior.get(index), config))
                    .collect(),
            )
        }
        Value::Map(elements) => {
            let prior = prior.entries();
            let merged = elements.iter().map(|(key, config)| {
                (
                    key.clone(),
                    with(prior.and_then(|prior| prior.get(key)), config),
                )
            });
            Value::Map(merged.collect())
        }
        other => other.clone(),
    }
}

/// Merges each configured element with a prior element that may have come from it, each prior
/// element being used once.
fn merge_set(
    prior: &Value,
    config: &Value,
    merge: &dyn Fn(&Value, &Value) -> Value,
    could_come_from: &dyn Fn(&Value, &Value) -> bool,
) -> Value {
    let Some(elements) = config.elements() else {
        return config.clone();
    };
    let mut unused: Vec<&Value> = prior.elements().unwrap_or_default().iter().collect();
    let merged = elements.iter().map(|config| {
        let position = unused
            .iter()
            .position(|prior| could_come_from(prior, config));
        let prior = position.map_or(Value::Null, |position| unused.remove(position).clone());
        merge(&prior, config)
    });
    Value::set(merged.collect::<Vec<_>>())
}
