//! What a handler would do: every unknown planned value becomes known, everything else stays.

use std::collections::BTreeMap;

use tfplugin_values::{Number, Type, Value};

use crate::plan::{Level, visit};
use crate::schema::{Attribute, AttributeKind, Block, Body, CheckedSchema, Nesting};

pub(super) fn fill(schema: &CheckedSchema, planned: &Value) -> Value {
    let mut state = planned.clone();
    fill_object(Level::of_body(&schema.body), &mut state, &mut 0);
    state
}

fn fill_object(level: Level<'_>, object: &mut Value, count: &mut i64) {
    let Value::Object(parts) = object else {
        return;
    };
    for (name, attribute) in level.attributes {
        let value = parts.get_mut(name).unwrap();
        if value.is_unknown() {
            *value = made(attribute, count);
        } else if let AttributeKind::Nested {
            nesting,
            attributes,
        } = &attribute.kind
        {
            let inner = Level::of_attributes(attributes);
            visit(
                *nesting,
                inner,
                value,
                &Value::Null,
                &Value::Null,
                |element| {
                    fill_object(inner, element.value, count);
                },
            );
        }
    }
    for (name, block) in level.blocks {
        let inner = Level::of_body(&block.body);
        let value = parts.get_mut(name).unwrap();
        if value.is_unknown() {
            *value = made_block(block, count);
            continue;
        }
        visit(
            block.nesting,
            inner,
            value,
            &Value::Null,
            &Value::Null,
            |element| {
                fill_object(inner, element.value, count);
            },
        );
    }
}

fn made(attribute: &Attribute, count: &mut i64) -> Value {
    match &attribute.kind {
        AttributeKind::Plain(ty) => sample(ty, count),
        AttributeKind::Nested {
            nesting,
            attributes,
        } => {
            let object = Value::Object(
                attributes
                    .iter()
                    .map(|(name, nested)| {
                        let value = if nested.computed {
                            made(nested, count)
                        } else {
                            Value::Null
                        };
                        (name.clone(), value)
                    })
                    .collect(),
            );
            one(*nesting, object)
        }
    }
}

fn made_block(block: &Block, count: &mut i64) -> Value {
    let Body {
        attributes, blocks, ..
    } = &block.body;
    let mut object = BTreeMap::new();
    for (name, attribute) in attributes {
        object.insert(name.clone(), made(attribute, count));
    }
    for (name, inner) in blocks {
        object.insert(name.clone(), made_block(inner, count));
    }
    one(block.nesting, Value::Object(object))
}

fn one(nesting: Nesting, object: Value) -> Value {
    match nesting {
        Nesting::Single | Nesting::Group => object,
        Nesting::List => Value::List(vec![object]),
        Nesting::Set => Value::Set(vec![object]),
        Nesting::Map => Value::Map(BTreeMap::from([("made".to_owned(), object)])),
    }
}

/// Values of the same type differ, as those of a remote system would.
fn sample(ty: &Type, count: &mut i64) -> Value {
    *count += 1;
    let number = *count;
    let text = || Value::from(format!("made {number}"));
    match ty {
        Type::String => text(),
        Type::Number => Value::Number(Number::from(number)),
        Type::Bool => Value::Bool(true),
        Type::Dynamic => Value::dynamic(Type::String, text()),
        Type::List(element) => Value::List(vec![sample(element, count)]),
        Type::Set(element) => Value::Set(vec![sample(element, count)]),
        Type::Map(element) => Value::map([("made", sample(element, count))]),
        Type::Object(object) => {
            Value::object(object.iter().map(|(name, ty)| (name, sample(ty, count))))
        }
        Type::Tuple(elements) => {
            Value::Tuple(elements.iter().map(|ty| sample(ty, count)).collect())
        }
    }
}
