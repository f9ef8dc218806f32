//! Write-only attributes: null in every plan and state.

use tfplugin_values::Value;

use super::elements::visit;
use super::level::{Level, NULL};
use crate::schema::{Attribute, AttributeKind, Block};

/// Makes every write-only attribute null.
pub(crate) fn nullify_write_only(level: Level<'_>, object: &mut Value) {
    let Value::Object(parts) = object else {
        return;
    };
    for (name, attribute) in level.attributes.iter().filter(|(_, each)| concerns(each)) {
        let Some(value) = parts.get_mut(name) else {
            continue;
        };
        if attribute.write_only {
            *value = Value::Null;
        } else if let AttributeKind::Nested {
            nesting,
            attributes,
        } = &attribute.kind
        {
            let inner = Level::of_attributes(attributes);
            visit(*nesting, inner, value, &NULL, &NULL, |element| {
                nullify_write_only(inner, element.value);
            });
        }
    }
    for (name, block) in level.blocks.iter().filter(|(_, each)| block_concerns(each)) {
        if let Some(value) = parts.get_mut(name) {
            let inner = Level::of_body(&block.body);
            visit(block.nesting, inner, value, &NULL, &NULL, |element| {
                nullify_write_only(inner, element.value);
            });
        }
    }
}

fn concerns(attribute: &Attribute) -> bool {
    attribute.write_only
        || matches!(&attribute.kind, AttributeKind::Nested { attributes, .. }
            if attributes.iter().any(|(_, nested)| concerns(nested)))
}

fn block_concerns(block: &Block) -> bool {
    block.body.attributes.iter().any(|(_, each)| concerns(each))
        || block
            .body
            .blocks
            .iter()
            .any(|(_, each)| block_concerns(each))
}
