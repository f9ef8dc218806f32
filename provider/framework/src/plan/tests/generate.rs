//! Schemas of every kind, and configurations that a core would let pass for them.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use tfplugin_values::arbitrary::{Unknowns, known_values};
use tfplugin_values::{Type, Value};

use crate::plan::Level;
use crate::schema::{
    Attribute, AttributeKind, Block, Body, CheckedSchema, Nesting, Purpose, Schema,
};

pub(super) fn schema() -> impl Strategy<Value = CheckedSchema> {
    (
        attributes(2, Place::Root),
        btree_map("[m-p]", block(1, Place::Root), 0..3),
    )
        .prop_map(|(attributes, blocks)| {
            let mut schema = Schema::new(0).attributes(attributes);
            for (name, block) in blocks {
                schema = schema.block(name, block);
            }
            CheckedSchema::new(schema, Purpose::Resource).unwrap()
        })
}

/// Where an attribute stands; some types and flags are not allowed everywhere.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Root,
    Collection,
    Set,
}

impl Place {
    fn inside(self, nesting: Nesting) -> Self {
        match nesting {
            _ if self == Self::Set => Self::Set,
            Nesting::Set => Self::Set,
            Nesting::Single | Nesting::Group => self,
            Nesting::List | Nesting::Map => Self::Collection,
        }
    }
}

fn attributes(depth: u32, place: Place) -> impl Strategy<Value = BTreeMap<String, Attribute>> {
    btree_map("[a-f]", attribute(depth, place), 1..4)
}

fn attribute(depth: u32, place: Place) -> BoxedStrategy<Attribute> {
    let plain = prop_oneof![
        4 => Just(Type::String),
        2 => Just(Type::Number),
        1 => Just(Type::Bool),
        1 => Just(Type::list(Type::String)),
        1 => Just(Type::set(Type::String)),
        1 => Just(Type::map(Type::Number)),
        1 => Just(Type::object([("x", Type::String)])),
        1 => Just(if place == Place::Root { Type::Dynamic } else { Type::Bool }),
    ]
    .prop_flat_map(|ty| {
        let default = plain_values(&ty, Unknowns::Never);
        (Just(ty), default)
            .prop_map(|(ty, default)| (Attribute::of(ty), Some(without_duplicates(default))))
    });
    let made = if depth == 0 {
        plain.boxed()
    } else {
        prop_oneof![4 => plain, 2 => nested(depth, place).prop_map(|made| (made, None))].boxed()
    };
    let equality = any::<bool>();
    (made, 0..5_u8, 0..4_u8, 0..8_u8, equality)
        .prop_map(
            move |((made, default), presence, modifier, write_only, equality)| {
                let is_string = matches!(made.kind, AttributeKind::Plain(Type::String));
                let plain = matches!(made.kind, AttributeKind::Plain(_));
                let made = match (presence, default) {
                    (0, _) => made.required(),
                    (1, _) => made.optional(),
                    (2, _) => made.computed(),
                    (4, Some(default)) if !has_null(&default) => {
                        made.optional().computed().default_value(default)
                    }
                    _ => made.optional().computed(),
                };
                let made = match modifier {
                    0 => made.use_state_for_unknown(),
                    1 => made.requires_replace(),
                    _ => made,
                };
                let made = if is_string && equality {
                    made.equal_when(str::eq_ignore_ascii_case)
                } else {
                    made
                };
                if plain && write_only == 0 && !made.computed && place != Place::Set {
                    made.write_only()
                } else {
                    made
                }
            },
        )
        .boxed()
}

/// A null inside a default would be legal, and distracts here; equal elements of a set are not.
fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::List(parts) | Value::Set(parts) | Value::Tuple(parts) => parts.iter().any(has_null),
        Value::Map(parts) | Value::Object(parts) => parts.values().any(has_null),
        Value::Dynamic(dynamic) => has_null(&dynamic.value),
        _ => false,
    }
}

fn without_duplicates(mut value: Value) -> Value {
    if let Value::Set(elements) = &mut value {
        elements.sort();
        elements.dedup();
    }
    value
}

fn nested(depth: u32, place: Place) -> BoxedStrategy<Attribute> {
    prop_oneof![
        Just(Nesting::Single),
        Just(Nesting::List),
        Just(Nesting::Map),
        Just(Nesting::Set),
    ]
    .prop_flat_map(move |nesting| {
        attributes(depth - 1, place.inside(nesting)).prop_map(move |attributes| match nesting {
            Nesting::List => Attribute::nested_list(attributes),
            Nesting::Map => Attribute::nested_map(attributes),
            Nesting::Set => Attribute::nested_set(attributes),
            Nesting::Single | Nesting::Group => Attribute::nested_single(attributes),
        })
    })
    .boxed()
}

fn block(depth: u32, place: Place) -> BoxedStrategy<Block> {
    prop_oneof![
        Just(Nesting::Single),
        Just(Nesting::List),
        Just(Nesting::Map),
        Just(Nesting::Set),
        Just(Nesting::Group),
    ]
    .prop_flat_map(move |nesting| {
        let inside = place.inside(nesting);
        let inner = if depth == 0 {
            Just(BTreeMap::new()).boxed()
        } else {
            btree_map("[q-s]", block(depth - 1, inside), 0..2).boxed()
        };
        (attributes(1, inside), inner, any::<bool>()).prop_map(
            move |(attributes, inner, computed)| {
                let mut block = match nesting {
                    Nesting::Single => Block::single(),
                    Nesting::List => Block::list(),
                    Nesting::Set => Block::set(),
                    Nesting::Map => Block::map(),
                    Nesting::Group => Block::group(),
                };
                for (name, attribute) in attributes {
                    block = block.attribute(name, attribute);
                }
                for (name, nested) in inner {
                    block = block.block(name, nested);
                }
                if computed && nesting != Nesting::Group {
                    block = all_computed(block);
                }
                block
            },
        )
    })
    .boxed()
}

/// The block as one that the provider fills in.
fn all_computed(block: Block) -> Block {
    let mut block = block.computed();
    for (_, attribute) in &mut block.body.attributes {
        if !attribute.computed {
            attribute.required = false;
            attribute.optional = true;
            attribute.computed = true;
            attribute.write_only = false;
        }
    }
    let inner = std::mem::take(&mut block.body.blocks);
    block.body.blocks = inner
        .into_iter()
        .filter(|(_, inner)| inner.nesting != Nesting::Group)
        .map(|(name, inner)| (name, all_computed(inner)))
        .collect();
    block
}

/// Whether a core can tell the elements of every set apart: it recognises them by what is configured, and
/// compares a set inside a set as a whole.
pub(super) fn has_recognisable_sets(level: Level<'_>, in_set: bool) -> bool {
    let inner = |nesting: Nesting, level: Level<'_>| {
        let set = nesting == Nesting::Set;
        !(set && in_set) && has_recognisable_sets(level, set || in_set)
    };
    level.attributes.iter().all(|(_, attribute)| {
        !(in_set && attribute.computed && attribute.optional)
            && match &attribute.kind {
                AttributeKind::Plain(_) => true,
                AttributeKind::Nested {
                    nesting,
                    attributes,
                } => inner(*nesting, Level::of_attributes(attributes)),
            }
    }) && level
        .blocks
        .iter()
        .all(|(_, block)| inner(block.nesting, Level::of_body(&block.body)))
}

/// A configuration: required attributes are set, computed ones are not.
pub(super) fn config(schema: &CheckedSchema, unknowns: Unknowns) -> BoxedStrategy<Value> {
    body(&schema.body, unknowns)
}

fn body(body: &Body, unknowns: Unknowns) -> BoxedStrategy<Value> {
    object(Level::of_body(body), unknowns)
}

fn object(level: Level<'_>, unknowns: Unknowns) -> BoxedStrategy<Value> {
    let attributes = level
        .attributes
        .iter()
        .map(|(name, attribute)| (Just(name.clone()), configured(attribute, unknowns)).boxed());
    let blocks = level.blocks.iter().map(|(name, block)| {
        let one = body(&block.body, unknowns);
        let known = match block.nesting {
            Nesting::Single => prop_oneof![Just(Value::Null), one].boxed(),
            Nesting::Group => one,
            nesting => collection(nesting, one),
        };
        let known = if block.is_read_only() {
            Just(none(block.nesting)).boxed()
        } else {
            known
        };
        let written = match unknowns {
            Unknowns::Allowed if block.nesting != Nesting::Group => {
                prop_oneof![1 => Just(Value::unknown()), 6 => known].boxed()
            }
            _ => known,
        };
        (Just(name.clone()), written).boxed()
    });
    attributes
        .chain(blocks)
        .collect::<Vec<_>>()
        .prop_map(Value::object)
        .boxed()
}

fn none(nesting: Nesting) -> Value {
    match nesting {
        Nesting::Single | Nesting::Group => Value::Null,
        Nesting::List => Value::List(Vec::new()),
        Nesting::Set => Value::Set(Vec::new()),
        Nesting::Map => Value::Map(BTreeMap::new()),
    }
}

fn configured(attribute: &Attribute, unknowns: Unknowns) -> BoxedStrategy<Value> {
    if attribute.is_read_only() {
        return Just(Value::Null).boxed();
    }
    let known = match &attribute.kind {
        AttributeKind::Plain(ty) => plain_values(ty, unknowns),
        AttributeKind::Nested {
            nesting,
            attributes,
        } => {
            let one = object(Level::of_attributes(attributes), unknowns);
            match nesting {
                Nesting::Single | Nesting::Group => one,
                nesting => collection(*nesting, one),
            }
        }
    };
    // Shrinking would choose an arm of no weight.
    match (attribute.required, unknowns) {
        (true, Unknowns::Never) => known,
        (true, Unknowns::Allowed) => prop_oneof![1 => Just(Value::unknown()), 6 => known].boxed(),
        (false, Unknowns::Never) => prop_oneof![2 => Just(Value::Null), 6 => known].boxed(),
        (false, Unknowns::Allowed) => {
            let open = prop_oneof![2 => Just(Value::Null), 1 => Just(Value::unknown())];
            prop_oneof![1 => open, 2 => known].boxed()
        }
    }
}

fn plain_values(ty: &Type, unknowns: Unknowns) -> BoxedStrategy<Value> {
    let values = known_values(ty, unknowns);
    match unknowns {
        Unknowns::Allowed => values,
        Unknowns::Never => values
            .prop_filter("shrinking makes unknown values", Value::is_wholly_known)
            .boxed(),
    }
}

fn collection(nesting: Nesting, one: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    match nesting {
        Nesting::Map => btree_map("[k-m]", one, 0..3).prop_map(Value::Map).boxed(),
        Nesting::Set => vec(one, 0..3).prop_map(Value::Set).boxed(),
        _ => vec(one, 0..3).prop_map(Value::List).boxed(),
    }
}
