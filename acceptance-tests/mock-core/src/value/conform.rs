//! Whether a value is of the type its schema promises.

use super::{Path, PathError, Step, Type, Value};

/// A value that is not of its type.
pub type Mismatch = PathError;

/// Checks a value against a type, through all its elements.
pub fn conform(value: &Value, ty: &Type) -> Result<(), Mismatch> {
    check(value, ty, &Path::root())
}

fn check(value: &Value, ty: &Type, path: &Path) -> Result<(), Mismatch> {
    match (value, ty) {
        (Value::Null | Value::Unknown(_), _)
        | (Value::String(_), Type::String)
        | (Value::Number(_), Type::Number)
        | (Value::Bool(_), Type::Bool) => Ok(()),
        (Value::Dynamic(typed), Type::Dynamic) => check(&typed.1, &typed.0, path),
        (Value::List(elements), Type::List(element)) => elements
            .iter()
            .enumerate()
            .try_for_each(|(index, value)| check(value, element, &path.index(index))),
        (Value::Set(elements), Type::Set(element)) => elements
            .as_slice()
            .iter()
            .try_for_each(|value| check(value, element, &path.then(Step::Element))),
        (Value::Map(entries), Type::Map(element)) => entries
            .iter()
            .try_for_each(|(key, value)| check(value, element, &path.key(key))),
        (Value::Tuple(elements), Type::Tuple(types)) if elements.len() == types.len() => elements
            .iter()
            .zip(types)
            .enumerate()
            .try_for_each(|(index, (value, ty))| check(value, ty, &path.index(index))),
        (Value::Object(attributes), Type::Object(types)) => {
            if let Some(name) = types.keys().find(|name| !attributes.contains_key(*name)) {
                return Err(PathError::new(
                    path,
                    format!("attribute {name:?} is required"),
                ));
            }
            attributes
                .iter()
                .try_for_each(|(name, value)| match types.get(name) {
                    Some(ty) => check(value, ty, &path.attribute(name)),
                    None => Err(PathError::new(
                        path,
                        format!("unsupported attribute {name:?}"),
                    )),
                })
        }
        (_, ty) => Err(PathError::new(path, format!("{ty} required"))),
    }
}
