//! Reading schemas from the wire.

use std::collections::BTreeMap;

use tfplugin_protocol::tfplugin6::schema::nested_block::NestingMode as BlockMode;
use tfplugin_protocol::tfplugin6::schema::object::NestingMode as ObjectMode;
use tfplugin_protocol::tfplugin6::{self as wire, schema};

use super::{
    Attribute, AttributeKind, Block, BlockNesting, IdentityAttribute, IdentitySchema, NestedBlock,
    NestedObject, ObjectNesting, Schema,
};
use crate::value::{Path, Type, TypeError};

/// A schema core cannot read at all; Terraform itself panics on some of these.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ParseError {
    /// No block in the schema.
    #[error("the schema at {0} has no block")]
    MissingBlock(Path),
    /// A type that is no type. Terraform panics here.
    #[error("the type of {0} would make Terraform panic: {1}")]
    Type(Path, TypeError),
    /// Two attributes or blocks of one name.
    #[error("{0} is declared twice")]
    Twice(Path),
}

/// Reads a schema.
pub fn parse(schema: &wire::Schema) -> Result<Schema, ParseError> {
    Ok(Schema {
        version: schema.version,
        block: block(schema.block.as_ref(), &Path::root())?,
    })
}

/// Reads an identity schema.
pub fn parse_identity(schema: &wire::ResourceIdentitySchema) -> Result<IdentitySchema, ParseError> {
    let mut attributes = BTreeMap::new();
    for attribute in &schema.identity_attributes {
        let path = Path::root().attribute(&attribute.name);
        let ty = Type::from_json(&attribute.r#type)
            .map_err(|error| ParseError::Type(path.clone(), error))?;
        let parsed = IdentityAttribute {
            ty,
            required_for_import: attribute.required_for_import,
            optional_for_import: attribute.optional_for_import,
        };
        if attributes.insert(attribute.name.clone(), parsed).is_some() {
            return Err(ParseError::Twice(path));
        }
    }
    Ok(IdentitySchema {
        version: schema.version,
        attributes,
    })
}

fn block(block: Option<&schema::Block>, path: &Path) -> Result<Block, ParseError> {
    let block = block.ok_or_else(|| ParseError::MissingBlock(path.clone()))?;
    let mut blocks = BTreeMap::new();
    for nested in &block.block_types {
        let path = path.attribute(&nested.type_name);
        if blocks
            .insert(nested.type_name.clone(), nested_block(nested, &path)?)
            .is_some()
        {
            return Err(ParseError::Twice(path));
        }
    }
    Ok(Block {
        attributes: attributes(&block.attributes, path)?,
        blocks,
        deprecated: block.deprecated,
        deprecation_message: block.deprecation_message.clone(),
        computed: block.computed,
    })
}

fn nested_block(nested: &schema::NestedBlock, path: &Path) -> Result<NestedBlock, ParseError> {
    Ok(NestedBlock {
        block: block(nested.block.as_ref(), path)?,
        nesting: match nested.nesting() {
            BlockMode::Invalid => BlockNesting::Invalid,
            BlockMode::Single => BlockNesting::Single,
            BlockMode::List => BlockNesting::List,
            BlockMode::Set => BlockNesting::Set,
            BlockMode::Map => BlockNesting::Map,
            BlockMode::Group => BlockNesting::Group,
        },
        min_items: nested.min_items,
        max_items: nested.max_items,
    })
}

fn attributes(
    attributes: &[schema::Attribute],
    path: &Path,
) -> Result<BTreeMap<String, Attribute>, ParseError> {
    let mut parsed = BTreeMap::new();
    for wire in attributes {
        let path = path.attribute(&wire.name);
        if parsed
            .insert(wire.name.clone(), attribute(wire, &path)?)
            .is_some()
        {
            return Err(ParseError::Twice(path));
        }
    }
    Ok(parsed)
}

fn attribute(wire: &schema::Attribute, path: &Path) -> Result<Attribute, ParseError> {
    let kind = match (&wire.nested_type, wire.r#type.is_empty()) {
        (None, false) => AttributeKind::Plain(
            Type::from_json(&wire.r#type).map_err(|error| ParseError::Type(path.clone(), error))?,
        ),
        (Some(nested), true) => AttributeKind::Nested(NestedObject {
            nesting: match nested.nesting() {
                ObjectMode::Invalid => ObjectNesting::Invalid,
                ObjectMode::Single => ObjectNesting::Single,
                ObjectMode::List => ObjectNesting::List,
                ObjectMode::Set => ObjectNesting::Set,
                ObjectMode::Map => ObjectNesting::Map,
            },
            attributes: attributes(&nested.attributes, path)?,
        }),
        _ => AttributeKind::Ambiguous,
    };
    Ok(Attribute {
        kind,
        required: wire.required,
        optional: wire.optional,
        computed: wire.computed,
        sensitive: wire.sensitive,
        write_only: wire.write_only,
        deprecated: wire.deprecated,
        deprecation_message: wire.deprecation_message.clone(),
    })
}
