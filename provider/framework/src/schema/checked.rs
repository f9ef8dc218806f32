//! A schema that has passed every check, in the form that the plan engine walks.

use std::sync::Arc;

use tfplugin_values::{ObjectType, Type};

use super::check::{self, SchemaError};
use super::{AttributeKind, Body, Nesting, Schema};

/// What a schema is for; some rules differ.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Purpose {
    Provider,
    ProviderMeta,
    Resource,
    DataSource,
    EphemeralResource,
    ListResource,
    Action,
    StateStore,
}

/// A schema that has passed every check: names are sorted, and the type of its values is known.
#[derive(Clone, Debug)]
pub(crate) struct CheckedSchema {
    pub(crate) version: i64,
    pub(crate) body: Body,
    /// The type of a whole object of this schema.
    pub(crate) ty: Arc<Type>,
}

impl CheckedSchema {
    /// Checks a schema and gets it ready for use.
    pub(crate) fn new(schema: Schema, purpose: Purpose) -> Result<Self, SchemaError> {
        check::check(&schema, purpose)?;
        let Schema { version, mut body } = schema;
        sort(&mut body);
        let ty = Arc::new(body_type(&body));
        Ok(Self { version, body, ty })
    }
}

fn sort(body: &mut Body) {
    sort_attributes(&mut body.attributes);
    body.blocks.sort_by(|left, right| left.0.cmp(&right.0));
    for (_, block) in &mut body.blocks {
        sort(&mut block.body);
    }
}

fn sort_attributes(attributes: &mut [(String, super::Attribute)]) {
    attributes.sort_by(|left, right| left.0.cmp(&right.0));
    for (_, attribute) in attributes {
        if let AttributeKind::Nested { attributes, .. } = &mut attribute.kind {
            sort_attributes(attributes);
        }
    }
}

/// The type of an object of a body: one attribute for each attribute and each nested block.
pub(crate) fn body_type(body: &Body) -> Type {
    let attributes = body
        .attributes
        .iter()
        .map(|(name, attribute)| (name.clone(), attribute_type(&attribute.kind)));
    let blocks = body.blocks.iter().map(|(name, block)| {
        (
            name.clone(),
            nested_type(block.nesting, body_type(&block.body)),
        )
    });
    Type::Object(attributes.chain(blocks).collect::<ObjectType>())
}

/// The type of an attribute's value.
pub(crate) fn attribute_type(kind: &AttributeKind) -> Type {
    match kind {
        AttributeKind::Plain(ty) => ty.clone(),
        AttributeKind::Nested {
            nesting,
            attributes,
        } => nested_type(
            *nesting,
            Type::Object(
                attributes
                    .iter()
                    .map(|(name, attribute)| (name.clone(), attribute_type(&attribute.kind)))
                    .collect::<ObjectType>(),
            ),
        ),
    }
}

fn nested_type(nesting: Nesting, object: Type) -> Type {
    match nesting {
        Nesting::Single | Nesting::Group => object,
        Nesting::List => Type::List(Box::new(object)),
        Nesting::Set => Type::Set(Box::new(object)),
        Nesting::Map => Type::Map(Box::new(object)),
    }
}
