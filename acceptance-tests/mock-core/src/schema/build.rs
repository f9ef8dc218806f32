//! Short notations for schemas in unit tests.

use std::collections::BTreeMap;

use super::{
    Attribute, AttributeKind, Block, BlockNesting, NestedBlock, NestedObject, ObjectNesting,
};
use crate::value::Type;

/// An optional attribute of a type.
pub(crate) fn optional(ty: Type) -> Attribute {
    of_kind(AttributeKind::Plain(ty))
}

/// A computed attribute of a type.
pub(crate) fn computed(ty: Type) -> Attribute {
    Attribute {
        computed: true,
        optional: false,
        ..optional(ty)
    }
}

/// An optional and computed attribute of a type.
pub(crate) fn optional_computed(ty: Type) -> Attribute {
    Attribute {
        computed: true,
        ..optional(ty)
    }
}

/// A write-only attribute of a type.
pub(crate) fn write_only(ty: Type) -> Attribute {
    Attribute {
        write_only: true,
        ..optional(ty)
    }
}

/// A sensitive attribute of a type.
pub(crate) fn sensitive(ty: Type) -> Attribute {
    Attribute {
        sensitive: true,
        ..optional(ty)
    }
}

/// An optional nested attribute.
pub(crate) fn nested<const N: usize>(
    nesting: ObjectNesting,
    attributes: [(&str, Attribute); N],
) -> Attribute {
    of_kind(AttributeKind::Nested(NestedObject {
        nesting,
        attributes: named(attributes),
    }))
}

/// A block of attributes.
pub(crate) fn block<const N: usize>(attributes: [(&str, Attribute); N]) -> Block {
    Block {
        attributes: named(attributes),
        ..Block::default()
    }
}

impl Block {
    /// The block with blocks of another type inside.
    pub(crate) fn with(mut self, name: &str, nesting: BlockNesting, block: Block) -> Self {
        let nested = NestedBlock {
            block,
            nesting,
            min_items: 0,
            max_items: 0,
        };
        self.blocks.insert(name.to_owned(), nested);
        self
    }
}

fn named<const N: usize>(attributes: [(&str, Attribute); N]) -> BTreeMap<String, Attribute> {
    attributes
        .into_iter()
        .map(|(name, attribute)| (name.to_owned(), attribute))
        .collect()
}

fn of_kind(kind: AttributeKind) -> Attribute {
    Attribute {
        kind,
        required: false,
        optional: true,
        computed: false,
        sensitive: false,
        write_only: false,
        deprecated: false,
        deprecation_message: String::new(),
    }
}
