//! What a remote system would do: every unknown value becomes a known one.

use tfplugin_framework::{Model, Nesting, Type, Value};

use super::Thing;
use super::shape::{BlockShape, Kind, Part, Shape};

/// The object that comes of a plan.
pub(super) fn fill(shape: &Shape, plan: &Thing) -> Thing {
    let mut object = plan.clone().into_object();
    fill_object(&shape.attributes, &shape.blocks, &mut object, &mut 0);
    Thing::from_object(&object).unwrap()
}

fn fill_object(parts: &[Part], blocks: &[BlockShape], object: &mut Value, count: &mut i64) {
    let Value::Object(attributes) = object else {
        return;
    };
    for block in blocks {
        let Some(value) = attributes.get_mut(block.name) else {
            continue;
        };
        if value.is_unknown() {
            *value = made_block(block, count);
        } else {
            fill_nested(block.nesting, &block.parts, &block.blocks, value, count);
        }
    }
    for part in parts {
        let Some(value) = attributes.get_mut(part.name) else {
            continue;
        };
        if value.is_unknown() {
            *value = made(&part.kind, count);
        } else if let Kind::Nested(nesting, parts) = &part.kind {
            fill_nested(*nesting, parts, &[], value, count);
        } else if let Value::List(elements) | Value::Set(elements) = value {
            for element in elements.iter_mut().filter(|element| element.is_unknown()) {
                *element = made(&Kind::Text, count);
            }
        }
    }
}

fn fill_nested(
    nesting: Nesting,
    parts: &[Part],
    blocks: &[BlockShape],
    value: &mut Value,
    count: &mut i64,
) {
    match value {
        Value::Object(_) if matches!(nesting, Nesting::Single | Nesting::Group) => {
            fill_object(parts, blocks, value, count);
        }
        Value::List(elements) | Value::Set(elements) => {
            for element in elements {
                fill_object(parts, blocks, element, count);
            }
        }
        Value::Map(elements) => {
            for element in elements.values_mut() {
                fill_object(parts, blocks, element, count);
            }
        }
        _ => {}
    }
}

/// Values of the same kind differ, as those of a remote system would.
fn made(kind: &Kind, count: &mut i64) -> Value {
    *count += 1;
    let text = Value::from(format!("made {count}"));
    match kind {
        Kind::Text => text,
        Kind::Number => Value::from(*count),
        Kind::Bool => Value::from(true),
        Kind::Texts => Value::List(vec![text]),
        Kind::TextSet => Value::Set(vec![text]),
        Kind::Dynamic => Value::dynamic(Type::String, text),
        Kind::Numbers => Value::map([("made", Value::from(*count))]),
        Kind::Nested(nesting, parts) => {
            let object = Value::object(parts.iter().map(|part| {
                let value = if part.presence.is_computed() {
                    made(&part.kind, count)
                } else {
                    Value::Null
                };
                (part.name, value)
            }));
            one(*nesting, object)
        }
    }
}

fn made_block(block: &BlockShape, count: &mut i64) -> Value {
    let mut object = Vec::new();
    for part in &block.parts {
        object.push((part.name, made(&part.kind, count)));
    }
    for inner in &block.blocks {
        object.push((inner.name, made_block(inner, count)));
    }
    one(block.nesting, Value::object(object))
}

fn one(nesting: Nesting, object: Value) -> Value {
    match nesting {
        Nesting::Single | Nesting::Group => object,
        Nesting::List => Value::List(vec![object]),
        Nesting::Set => Value::Set(vec![object]),
        Nesting::Map => Value::map([("made", object)]),
    }
}
