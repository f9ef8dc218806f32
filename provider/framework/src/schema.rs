//! Schemas: what a user may write and what Terraform stores.
//!
//! An author builds a [`Schema`]; the framework turns it once into a checked schema, which no core
//! can stumble over. Nothing here knows the wire.

mod attribute;
mod block;
mod check;
mod checked;

#[cfg(test)]
mod tests;

pub use self::attribute::Attribute;
pub(crate) use self::attribute::{AttributeKind, Equality};
pub use self::block::Block;
pub(crate) use self::block::Body;
pub use self::check::{SchemaError, SchemaProblem};
pub(crate) use self::checked::{CheckedSchema, Purpose, body_type};

/// How many nested objects there may be, and how Terraform addresses them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Nesting {
    /// One object, or none.
    Single,
    /// A list of objects.
    List,
    /// A set of objects.
    Set,
    /// Objects by name.
    Map,
    /// One object that always exists. For blocks alone.
    Group,
}

/// The schema of a provider, resource, data source, list resource, action or state store.
#[derive(Clone, Debug)]
pub struct Schema {
    pub(crate) version: i64,
    pub(crate) body: Body,
}

impl Schema {
    /// A schema of a version. Count the version up when states of the former schema must be upgraded,
    /// and declare the upgrade.
    pub fn new(version: i64) -> Self {
        Self {
            version,
            body: Body::default(),
        }
    }

    /// What it is for, in Markdown.
    pub fn describe(mut self, description: impl Into<String>) -> Self {
        self.body.description = description.into();
        self
    }

    /// Marks the whole as deprecated; the message says what to use instead.
    pub fn deprecated(mut self, message: impl Into<String>) -> Self {
        self.body.deprecated = Some(message.into());
        self
    }

    /// Adds an attribute.
    pub fn attribute(mut self, name: impl Into<String>, attribute: Attribute) -> Self {
        self.body.attributes.push((name.into(), attribute));
        self
    }

    /// Adds several attributes.
    pub fn attributes<N: Into<String>>(
        mut self,
        attributes: impl IntoIterator<Item = (N, Attribute)>,
    ) -> Self {
        self.body.attributes.extend(
            attributes
                .into_iter()
                .map(|(name, attribute)| (name.into(), attribute)),
        );
        self
    }

    /// Adds a nested block. Prefer nested attributes in a new provider.
    pub fn block(mut self, name: impl Into<String>, block: Block) -> Self {
        self.body.blocks.push((name.into(), block));
        self
    }
}
