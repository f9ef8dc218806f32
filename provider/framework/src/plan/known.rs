//! Nothing unknown ever reaches a state.

use tfplugin_values::{Path, Step, Value};

/// Makes every unknown part null, and answers where they were.
pub(crate) fn unknown_to_null(value: &mut Value) -> Vec<Path> {
    let mut found = Vec::new();
    if !value.is_wholly_known() {
        walk(value, &mut Path::root(), &mut found);
    }
    found
}

fn walk(value: &mut Value, path: &mut Path, found: &mut Vec<Path>) {
    match value {
        Value::Unknown(_) => {
            *value = Value::Null;
            found.push(path.clone());
        }
        Value::List(elements) | Value::Tuple(elements) | Value::Set(elements) => {
            for (element, index) in elements.iter_mut().zip(0..) {
                path.push(Step::Index(index));
                walk(element, path, found);
                path.pop();
            }
        }
        Value::Map(elements) => {
            for (key, element) in elements {
                path.push(Step::Key(key.clone()));
                walk(element, path, found);
                path.pop();
            }
        }
        Value::Object(attributes) => {
            for (name, attribute) in attributes {
                path.push(Step::Attribute(name.clone()));
                walk(attribute, path, found);
                path.pop();
            }
        }
        Value::Dynamic(dynamic) => walk(&mut dynamic.value, path, found),
        Value::Null | Value::String(_) | Value::Number(_) | Value::Bool(_) => {}
    }
}
