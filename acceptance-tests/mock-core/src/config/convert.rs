//! Converting a configured value to the type an attribute wants, as Terraform's language does.

use std::collections::BTreeMap;

use super::evaluate::Resolve;
use super::input::Input;
use crate::value::{Path, PathError, Type, Value};

/// The value of the type, or why it cannot be had.
pub(super) fn convert(
    input: &Input,
    ty: &Type,
    path: &Path,
    resolve: &Resolve<'_>,
) -> Result<Value, PathError> {
    let unsuitable = || PathError::new(path, format!("Inappropriate value: {ty} required"));
    match (input, ty) {
        (Input::Reference(address, attribute), ty) => {
            convert(&resolve(address, attribute, path)?, ty, path, resolve)
        }
        (Input::Null, _) => Ok(Value::Null),
        (Input::Unknown(refinements), _) => Ok(Value::Unknown(refinements.clone())),
        (input, Type::Dynamic) => {
            let ty = type_of(input, path, resolve)?;
            let value = convert(input, &ty, path, resolve)?;
            Ok(Value::Dynamic(Box::new((ty, value))))
        }
        (Input::String(text), Type::String) => Ok(Value::string(text)),
        (Input::Number(number), Type::String) => Ok(Value::string(number.to_string())),
        (Input::Bool(value), Type::String) => Ok(Value::string(value.to_string())),
        (Input::Number(number), Type::Number) => Ok(Value::Number(number.clone())),
        (Input::String(text), Type::Number) => {
            text.parse().map(Value::Number).map_err(|_| unsuitable())
        }
        (Input::Bool(value), Type::Bool) => Ok(Value::Bool(*value)),
        (Input::String(text), Type::Bool) => {
            text.parse().map(Value::Bool).map_err(|_| unsuitable())
        }
        (Input::List(elements), Type::List(ty)) => {
            each(elements, |_| ty, path, resolve).map(Value::List)
        }
        (Input::List(elements), Type::Set(ty)) => {
            each(elements, |_| ty, path, resolve).map(Value::set)
        }
        (Input::List(elements), Type::Tuple(types)) if elements.len() == types.len() => {
            each(elements, |index| &types[index], path, resolve).map(Value::Tuple)
        }
        (Input::Object(entries), Type::Map(ty)) => entries
            .iter()
            .map(|(key, value)| Ok((key.clone(), convert(value, ty, &path.key(key), resolve)?)))
            .collect::<Result<_, _>>()
            .map(Value::Map),
        (Input::Object(entries), Type::Object(types)) => object(entries, types, path, resolve),
        _ => Err(unsuitable()),
    }
}

fn each<'a>(
    elements: &[Input],
    type_of: impl Fn(usize) -> &'a Type,
    path: &Path,
    resolve: &Resolve<'_>,
) -> Result<Vec<Value>, PathError> {
    elements
        .iter()
        .enumerate()
        .map(|(index, element)| convert(element, type_of(index), &path.index(index), resolve))
        .collect()
}

fn object(
    entries: &BTreeMap<String, Input>,
    types: &BTreeMap<String, Type>,
    path: &Path,
    resolve: &Resolve<'_>,
) -> Result<Value, PathError> {
    // Terraform drops what the object type does not have.
    types
        .iter()
        .map(|(name, ty)| {
            let value = entries
                .get(name)
                .ok_or_else(|| PathError::new(path, format!("attribute {name:?} is required")))?;
            Ok((
                name.clone(),
                convert(value, ty, &path.attribute(name), resolve)?,
            ))
        })
        .collect::<Result<_, _>>()
        .map(Value::Object)
}

/// The type a literal has by itself.
fn type_of(input: &Input, path: &Path, resolve: &Resolve<'_>) -> Result<Type, PathError> {
    Ok(match input {
        Input::Null | Input::Unknown(_) => Type::Dynamic,
        Input::String(_) => Type::String,
        Input::Number(_) => Type::Number,
        Input::Bool(_) => Type::Bool,
        Input::List(elements) => {
            let types = elements
                .iter()
                .map(|element| type_of(element, path, resolve));
            Type::Tuple(types.collect::<Result<_, _>>()?)
        }
        Input::Object(entries) => {
            let types = entries
                .iter()
                .map(|(name, value)| Ok((name.clone(), type_of(value, path, resolve)?)));
            Type::Object(types.collect::<Result<_, _>>()?)
        }
        Input::Reference(address, attribute) => {
            type_of(&resolve(address, attribute, path)?, path, resolve)?
        }
    })
}
