//! `lifecycle { ignore_changes }`: configured values the user wants left as they are.

use crate::value::{Path, Step, Value};

/// The configuration with the prior value at every ignored path. Nothing is ignored on create.
pub fn ignore_changes(prior: &Value, config: &Value, paths: &[Path]) -> Value {
    if prior.is_null() || config.is_null() {
        return config.clone();
    }
    paths
        .iter()
        .fold(config.clone(), |config, path| match prior.at(path) {
            Some(prior) => replace_at(&config, path.steps(), prior),
            None => config,
        })
}

fn replace_at(value: &Value, steps: &[Step], new: &Value) -> Value {
    let Some((step, rest)) = steps.split_first() else {
        return new.clone();
    };
    match (value, step) {
        (Value::Object(attributes), Step::Attribute(name)) if attributes.contains_key(name) => {
            let mut attributes = attributes.clone();
            let inner = replace_at(&attributes[name], rest, new);
            attributes.insert(name.clone(), inner);
            Value::Object(attributes)
        }
        (Value::Map(entries), Step::Key(key)) => {
            let mut entries = entries.clone();
            let inner = entries.get(key).cloned().unwrap_or(Value::Null);
            entries.insert(key.clone(), replace_at(&inner, rest, new));
            Value::Map(entries)
        }
        (Value::List(elements), Step::Index(index)) => {
            let mut elements = elements.clone();
            if let Some(element) = usize::try_from(*index)
                .ok()
                .and_then(|index| elements.get_mut(index))
            {
                *element = replace_at(element, rest, new);
            }
            Value::List(elements)
        }
        (other, _) => other.clone(),
    }
}
