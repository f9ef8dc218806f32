//! Schemas.

use tfplugin_protocol::tfplugin6 as wire;
use tfplugin_protocol::tfplugin6::StringKind;
use tfplugin_protocol::tfplugin6::schema::nested_block::NestingMode as BlockNesting;
use tfplugin_protocol::tfplugin6::schema::object::NestingMode as ObjectNesting;

use crate::schema::{Attribute, AttributeKind, Block, Body, CheckedSchema, Nesting};

/// The message of a schema.
pub(crate) fn schema(schema: &CheckedSchema) -> wire::Schema {
    wire::Schema {
        version: schema.version,
        block: Some(body(&schema.body)),
    }
}

fn body(body: &Body) -> wire::schema::Block {
    wire::schema::Block {
        version: 0,
        attributes: attributes(&body.attributes),
        block_types: body
            .blocks
            .iter()
            .map(|(name, block)| nested_block(name, block))
            .collect(),
        description: body.description.clone(),
        description_kind: StringKind::Markdown.into(),
        deprecated: body.deprecated.is_some(),
        deprecation_message: body.deprecated.clone().unwrap_or_default(),
        computed: false,
    }
}

fn nested_block(name: &str, block: &Block) -> wire::schema::NestedBlock {
    let nesting = match block.nesting {
        Nesting::Single => BlockNesting::Single,
        Nesting::List => BlockNesting::List,
        Nesting::Set => BlockNesting::Set,
        Nesting::Map => BlockNesting::Map,
        Nesting::Group => BlockNesting::Group,
    };
    wire::schema::NestedBlock {
        type_name: name.to_owned(),
        block: Some(wire::schema::Block {
            computed: block.computed,
            ..body(&block.body)
        }),
        nesting: nesting.into(),
        min_items: block.min_items,
        max_items: block.max_items,
    }
}

fn attributes(attributes: &[(String, Attribute)]) -> Vec<wire::schema::Attribute> {
    attributes
        .iter()
        .map(|(name, each)| attribute(name, each))
        .collect()
}

fn attribute(name: &str, attribute: &Attribute) -> wire::schema::Attribute {
    let (ty, nested_type) = match &attribute.kind {
        AttributeKind::Plain(ty) => (ty.to_json().into(), None),
        AttributeKind::Nested {
            nesting,
            attributes: nested,
        } => (bytes::Bytes::new(), Some(object(*nesting, nested))),
    };
    wire::schema::Attribute {
        name: name.to_owned(),
        r#type: ty,
        description: attribute.description.clone(),
        required: attribute.required,
        optional: attribute.optional,
        computed: attribute.computed,
        sensitive: attribute.sensitive,
        description_kind: StringKind::Markdown.into(),
        deprecated: attribute.deprecated.is_some(),
        nested_type,
        write_only: attribute.write_only,
        deprecation_message: attribute.deprecated.clone().unwrap_or_default(),
    }
}

fn object(nesting: Nesting, nested: &[(String, Attribute)]) -> wire::schema::Object {
    let nesting = match nesting {
        Nesting::Single | Nesting::Group => ObjectNesting::Single,
        Nesting::List => ObjectNesting::List,
        Nesting::Set => ObjectNesting::Set,
        Nesting::Map => ObjectNesting::Map,
    };
    wire::schema::Object {
        attributes: attributes(nested),
        nesting: nesting.into(),
        ..wire::schema::Object::default()
    }
}
