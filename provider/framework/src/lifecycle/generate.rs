//! Configuration from a state, as a person would have written it.

use tfplugin_values::Value;

use super::Subject;
use crate::diagnostics::Diagnostics;
use crate::plan::{Level, NULL, complete_blocks, visit};
use crate::schema::AttributeKind;

/// Generates configuration: the state without what only the provider sets, without deprecated attributes,
/// defaults and empty optional texts. The resource has the last word.
pub(crate) fn generate_config(subject: Subject<'_>, state: &Value) -> (Value, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    if state.is_null() {
        return (Value::Null, diagnostics);
    }
    let mut config = state.clone();
    let level = Level::of_body(&subject.definition.schema.body);
    omit(level, &mut config, true);
    complete_blocks(level, &mut config);
    let config = subject
        .resource
        .generate_config(state, config, &mut diagnostics);
    (config, diagnostics)
}

fn omit(level: Level<'_>, object: &mut Value, root: bool) {
    let Value::Object(parts) = object else {
        return;
    };
    for (name, attribute) in level.attributes {
        let Some(value) = parts.get_mut(name) else {
            continue;
        };
        let empty = attribute.optional && matches!(value, Value::String(text) if text.is_empty());
        let id = root && name == "id" && attribute.computed;
        let default = attribute.default.as_ref() == Some(value);
        if attribute.is_read_only() || attribute.deprecated.is_some() || empty || id || default {
            *value = Value::Null;
        } else if let AttributeKind::Nested {
            nesting,
            attributes,
        } = &attribute.kind
        {
            let inner = Level::of_attributes(attributes);
            visit(*nesting, inner, value, &NULL, &NULL, |element| {
                omit(inner, element.value, false);
            });
        }
    }
    for (name, block) in level.blocks {
        if let Some(value) = parts.get_mut(name) {
            if block.is_read_only() {
                *value = Value::Null;
                continue;
            }
            let inner = Level::of_body(&block.body);
            visit(block.nesting, inner, value, &NULL, &NULL, |element| {
                omit(inner, element.value, false);
            });
        }
    }
}
