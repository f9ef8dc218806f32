//! Partly unknown collections: they read as unknown, and written back they are what they were.

use std::collections::BTreeMap;

use tfplugin_values::Value;

/// Writes an attribute over the one that a model was read from; used by the code that [`crate::model!`]
/// writes.
#[doc(hidden)]
pub fn write_attribute(attributes: &mut BTreeMap<String, Value>, name: &str, mut value: Value) {
    match attributes.get_mut(name) {
        Some(original) => {
            restore_unknown(original, &mut value);
            *original = value;
        }
        None => {
            attributes.insert(name.to_owned(), value);
        }
    }
}

/// Puts back what a model could not hold: where the written value is unknown and the original was partly
/// unknown, or unknown with refinements, the original stands.
fn restore_unknown(original: &Value, written: &mut Value) {
    match (original, &mut *written) {
        (Value::Object(before), Value::Object(after)) | (Value::Map(before), Value::Map(after)) => {
            for (name, value) in after {
                if let Some(before) = before.get(name) {
                    restore_unknown(before, value);
                }
            }
        }
        (Value::List(before), Value::List(after)) if before.len() == after.len() => {
            for (before, after) in before.iter().zip(after) {
                restore_unknown(before, after);
            }
        }
        (before, Value::Unknown(_)) if !before.is_wholly_known() => *written = before.clone(),
        _ => {}
    }
}
