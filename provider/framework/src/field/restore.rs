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
        (Value::Set(before), Value::Set(after)) => {
            let mut unused: Vec<&Value> = before.iter().collect();
            for after in after {
                if let Some(position) = unused.iter().position(|before| reads_as(before, after)) {
                    restore_unknown(unused.remove(position), after);
                }
            }
        }
        (before, Value::Unknown(_)) if !before.is_wholly_known() => *written = before.clone(),
        _ => {}
    }
}

/// Whether a model that read `before` writes `after`.
fn reads_as(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (before, Value::Unknown(_)) => !before.is_wholly_known(),
        (Value::Object(before), Value::Object(after)) | (Value::Map(before), Value::Map(after)) => {
            before.len() == after.len()
                && before.iter().all(|(name, before)| {
                    after.get(name).is_some_and(|after| reads_as(before, after))
                })
        }
        (Value::List(before), Value::List(after)) | (Value::Set(before), Value::Set(after)) => {
            before.len() == after.len()
                && before
                    .iter()
                    .zip(after)
                    .all(|(before, after)| reads_as(before, after))
        }
        (before, after) => before == after,
    }
}
