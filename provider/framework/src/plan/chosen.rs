//! Parts of an object that are made null, however deep they are.

use tfplugin_values::Value;

use super::elements::visit;
use super::level::{Level, NULL};
use crate::schema::{Attribute, AttributeKind, Block, Nesting};

/// Which attributes and blocks.
#[derive(Clone, Copy)]
pub(super) struct Chosen {
    pub(super) attribute: fn(&Attribute) -> bool,
    pub(super) block: fn(&Block) -> bool,
}

impl Chosen {
    /// Whether there are any.
    pub(super) fn are_in(self, level: Level<'_>) -> bool {
        let attribute = |attribute: &Attribute| {
            (self.attribute)(attribute)
                || matches!(&attribute.kind, AttributeKind::Nested { attributes, .. }
                    if self.are_in(Level::of_attributes(attributes)))
        };
        let block = |block: &Block| (self.block)(block) || self.are_in(Level::of_body(&block.body));
        level.attributes.iter().any(|(_, each)| attribute(each))
            || level.blocks.iter().any(|(_, each)| block(each))
    }

    /// Makes each of them null.
    pub(super) fn nullify(self, level: Level<'_>, object: &mut Value) {
        let Value::Object(parts) = object else {
            return;
        };
        for (name, attribute) in level.attributes {
            let Some(value) = parts.get_mut(name) else {
                continue;
            };
            if (self.attribute)(attribute) {
                *value = Value::Null;
            } else if let AttributeKind::Nested {
                nesting,
                attributes,
            } = &attribute.kind
            {
                self.inside(*nesting, Level::of_attributes(attributes), value);
            }
        }
        for (name, block) in level.blocks {
            let Some(value) = parts.get_mut(name) else {
                continue;
            };
            if (self.block)(block) {
                *value = Value::Null;
            } else {
                self.inside(block.nesting, Level::of_body(&block.body), value);
            }
        }
    }

    /// The same in each object of a collection.
    pub(super) fn inside(self, nesting: Nesting, level: Level<'_>, value: &mut Value) {
        if self.are_in(level) {
            visit(nesting, level, value, &NULL, &NULL, |element| {
                self.nullify(level, element.value);
            });
        }
    }
}
