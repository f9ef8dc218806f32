//! The schema of a shape.

use tfplugin_framework::{Attribute, Block, Nesting, Schema, Type};

use super::shape::{BlockShape, Kind, Part, Presence, Shape};

pub(super) fn schema(shape: &Shape) -> Schema {
    let attributes = shape.attributes.iter();
    let schema = Schema::new(0).attributes(attributes.map(|part| (part.name, attribute(part))));
    let blocks = shape.blocks.iter();
    blocks.fold(schema, |schema, shape| {
        schema.block(shape.name, block(shape))
    })
}

fn block(shape: &BlockShape) -> Block {
    let made = match shape.nesting {
        Nesting::Single => Block::single(),
        Nesting::List => Block::list(),
        Nesting::Set => Block::set(),
        Nesting::Map => Block::map(),
        Nesting::Group => Block::group(),
    };
    let parts = shape.parts.iter();
    let made = parts.fold(made, |made, part| {
        made.attribute(part.name, attribute(part))
    });
    let blocks = shape.blocks.iter();
    let made = blocks.fold(made, |made, inner| made.block(inner.name, block(inner)));
    if shape.computed {
        made.computed()
    } else {
        made
    }
}

fn attribute(part: &Part) -> Attribute {
    let made = match &part.kind {
        Kind::Text => Attribute::string(),
        Kind::Number => Attribute::number(),
        Kind::Bool => Attribute::bool(),
        Kind::Texts => Attribute::list(Type::String),
        Kind::TextSet => Attribute::set(Type::String),
        Kind::Numbers => Attribute::map(Type::Number),
        Kind::Dynamic => Attribute::dynamic(),
        Kind::Nested(nesting, parts) => {
            let parts = parts.iter().map(|part| (part.name, attribute(part)));
            match nesting {
                Nesting::List => Attribute::nested_list(parts),
                Nesting::Set => Attribute::nested_set(parts),
                Nesting::Map => Attribute::nested_map(parts),
                Nesting::Single | Nesting::Group => Attribute::nested_single(parts),
            }
        }
    };
    let made = match part.presence {
        Presence::Required => made.required(),
        Presence::Optional => made.optional(),
        Presence::Computed => made.computed(),
        Presence::Either => made.optional().computed(),
        Presence::Default => made.optional().computed().default_value("usual"),
    };
    let made = if part.write_only {
        made.write_only()
    } else {
        made
    };
    match part.modifier {
        0 => made.use_state_for_unknown(),
        1 => made.requires_replace(),
        2 if matches!(part.kind, Kind::Text) => made.equal_when(str::eq_ignore_ascii_case),
        _ => made,
    }
}
