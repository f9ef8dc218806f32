//! Defaults: where the user left an attribute out, the schema may know what to plan.

use tfplugin_values::Value;

use super::elements::visit;
use super::level::{Level, NULL, part};
use crate::schema::AttributeKind;

/// Plans the default of every attribute that is null in the configuration.
pub(super) fn apply(level: Level<'_>, config: &Value, planned: &mut Value) {
    let Value::Object(parts) = planned else {
        return;
    };
    for (name, attribute) in level.attributes {
        if attribute.default.is_none() && !attribute.is_nested() {
            continue;
        }
        let Some(planned) = parts.get_mut(name) else {
            continue;
        };
        let config = part(config, name);
        if config.is_null() {
            if let Some(default) = &attribute.default {
                planned.clone_from(default);
            }
        } else if let AttributeKind::Nested {
            nesting,
            attributes,
        } = &attribute.kind
        {
            let inner = Level::of_attributes(attributes);
            visit(*nesting, inner, planned, config, &NULL, |element| {
                if !element.config.is_null() {
                    apply(inner, element.config, element.value);
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
                        apply(inner, element.config, element.value);
                    }
                },
            );
        }
    }
}
