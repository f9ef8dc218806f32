//! "Known after apply": once anything changes, everything that the provider computes may change.

use tfplugin_values::Value;

use super::elements::visit;
use super::level::{Level, NULL, part};
use crate::schema::AttributeKind;

/// Plans as unknown every attribute that is computed, null in the configuration and without a default.
pub(super) fn mark(level: Level<'_>, config: &Value, planned: &mut Value) {
    let Value::Object(parts) = planned else {
        return;
    };
    for (name, attribute) in level.attributes {
        if !attribute.computed && !attribute.is_nested() {
            continue;
        }
        let Some(planned) = parts.get_mut(name) else {
            continue;
        };
        let config = part(config, name);
        if config.is_null() {
            if attribute.computed && attribute.default.is_none() {
                *planned = Value::unknown();
            }
        } else if let AttributeKind::Nested {
            nesting,
            attributes,
        } = &attribute.kind
        {
            let inner = Level::of_attributes(attributes);
            visit(*nesting, inner, planned, config, &NULL, |element| {
                if !element.config.is_null() {
                    mark(inner, element.config, element.value);
                }
            });
        }
    }
    for (name, block) in level.blocks {
        if let Some(planned) = parts.get_mut(name) {
            let inner = Level::of_body(&block.body);
            visit(
                block.nesting,
                inner,
                planned,
                part(config, name),
                &NULL,
                |element| {
                    if !element.config.is_null() {
                        mark(inner, element.config, element.value);
                    }
                },
            );
        }
    }
}
