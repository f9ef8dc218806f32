//! Schemas as core reads them: what a provider declares, the types that follow from it, and the
//! rules a declaration must keep.

mod beyond;
mod check;
mod identity;
mod implied;
mod parse;

use std::collections::BTreeMap;

pub use beyond::beyond_core;
pub use check::check;
pub use identity::{IdentityAttribute, IdentitySchema, check_identity};
pub use parse::{ParseError, parse, parse_identity};

use crate::value::Type;

/// The schema of a provider, resource, data source, …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// Version of the stored form.
    pub version: i64,
    /// The root block.
    pub block: Block,
}

/// Attributes and nested blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Attributes by name.
    pub attributes: BTreeMap<String, Attribute>,
    /// Nested blocks by type name.
    pub blocks: BTreeMap<String, NestedBlock>,
    /// Whether using it earns a warning.
    pub deprecated: bool,
    /// What the warning says.
    pub deprecation_message: String,
    /// Whether the provider may plan blocks the configuration lacks (protocol 6.11).
    pub computed: bool,
}

/// One attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the protocol's own flags")]
pub struct Attribute {
    /// What it holds.
    pub kind: AttributeKind,
    /// Must be in the configuration.
    pub required: bool,
    /// May be in the configuration.
    pub optional: bool,
    /// May be filled in by the provider.
    pub computed: bool,
    /// Never shown.
    pub sensitive: bool,
    /// Never stored.
    pub write_only: bool,
    /// Whether using it earns a warning.
    pub deprecated: bool,
    /// What the warning says.
    pub deprecation_message: String,
}

/// What an attribute holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeKind {
    /// A value of a type.
    Plain(Type),
    /// Objects with attributes of their own.
    Nested(NestedObject),
    /// Neither, or both: core refuses it.
    Ambiguous,
}

/// The attributes inside a nested attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NestedObject {
    /// How many and how they are told apart.
    pub nesting: ObjectNesting,
    /// Attributes by name.
    pub attributes: BTreeMap<String, Attribute>,
}

/// How a nested attribute holds its objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectNesting {
    /// Not declared: core refuses it.
    Invalid,
    /// One object.
    Single,
    /// By position.
    List,
    /// By value.
    Set,
    /// By key.
    Map,
}

/// A block inside a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NestedBlock {
    /// Its content.
    pub block: Block,
    /// How many and how they are told apart.
    pub nesting: BlockNesting,
    /// The fewest allowed.
    pub min_items: i64,
    /// The most allowed; zero for no limit.
    pub max_items: i64,
}

/// How a nested block repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockNesting {
    /// Not declared: core refuses it.
    Invalid,
    /// At most one, null when absent.
    Single,
    /// One, never null.
    Group,
    /// By position.
    List,
    /// By value.
    Set,
    /// By label.
    Map,
}

#[cfg(test)]
pub(crate) mod build;
#[cfg(test)]
mod tests;
