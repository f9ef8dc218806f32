//! What the user left out: defaults, which the schema knows, and "known after apply", because once anything changes,
//! everything that the provider computes may change.

use tfplugin_values::Value;

use super::elements::visit;
use super::level::{Level, NULL, part};
use crate::schema::{Attribute, AttributeKind};

/// Plans the default of every attribute that is null in the configuration.
pub(super) fn plan_defaults(level: Level<'_>, config: &Value, planned: &mut Value) {
    fill(level, config, planned, |attribute| {
        attribute.default.clone()
    });
}

/// Plans as unknown every attribute that is computed, null in the configuration and without a default.
pub(super) fn mark_unknown(level: Level<'_>, config: &Value, planned: &mut Value) {
    fill(level, config, planned, |attribute| {
        (attribute.computed && attribute.default.is_none()).then(Value::unknown)
    });
}

fn fill(
    level: Level<'_>,
    config: &Value,
    planned: &mut Value,
    left_out: fn(&Attribute) -> Option<Value>,
) {
    let Value::Object(parts) = planned else {
        return;
    };
    for (name, attribute) in level.attributes {
        let Some(planned) = parts.get_mut(name) else {
            continue;
        };
        let config = part(config, name);
        if config.is_null() {
            if let Some(value) = left_out(attribute) {
                *planned = value;
            }
        } else if let AttributeKind::Nested {
            nesting,
            attributes,
        } = &attribute.kind
        {
            let inner = Level::of_attributes(attributes);
            visit(*nesting, inner, planned, config, &NULL, |element| {
                if !element.config.is_null() {
                    fill(inner, element.config, element.value, left_out);
                }
            });
        }
    }
    for (name, block) in level.blocks {
        if let Some(planned) = parts.get_mut(name) {
            let inner = Level::of_body(&block.body);
            let config = part(config, name);
            visit(block.nesting, inner, planned, config, &NULL, |element| {
                if !element.config.is_null() {
                    fill(inner, element.config, element.value, left_out);
                }
            });
        }
    }
}
