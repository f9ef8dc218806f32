//! Some of the attributes and blocks of a schema, wherever they stand in it.

use tfplugin_values::Value;

use super::elements::visit;
use super::level::{Level, NULL};
use crate::schema::{Attribute, AttributeKind, Block, Nesting};

/// The attributes and blocks that are meant.
#[derive(Clone, Copy)]
pub(super) struct Selection {
    pub(super) attribute: fn(&Attribute) -> bool,
    pub(super) block: fn(&Block) -> bool,
}

impl Selection {
    /// Whether there are any at this level or below.
    pub(super) fn occurs_in(self, level: Level<'_>) -> bool {
        let attribute = |attribute: &Attribute| {
            (self.attribute)(attribute)
                || matches!(&attribute.kind, AttributeKind::Nested { attributes, .. }
                    if self.occurs_in(Level::of_attributes(attributes)))
        };
        let block =
            |block: &Block| (self.block)(block) || self.occurs_in(Level::of_body(&block.body));
        level.attributes.iter().any(|(_, each)| attribute(each))
            || level.blocks.iter().any(|(_, each)| block(each))
    }

    /// Makes each of them null in an object.
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
                self.nullify_in_elements(*nesting, Level::of_attributes(attributes), value);
            }
        }
        for (name, block) in level.blocks {
            let Some(value) = parts.get_mut(name) else {
                continue;
            };
            if (self.block)(block) {
                *value = Value::Null;
            } else {
                self.nullify_in_elements(block.nesting, Level::of_body(&block.body), value);
            }
        }
    }

    /// Makes each of them null in every object of a collection.
    pub(super) fn nullify_in_elements(self, nesting: Nesting, level: Level<'_>, value: &mut Value) {
        if self.occurs_in(level) {
            visit(nesting, level, value, &NULL, &NULL, |element| {
                self.nullify(level, element.value);
            });
        }
    }
}
