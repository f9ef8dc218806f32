//! From values to MessagePack.

use std::collections::BTreeMap;

use super::refinements;
use super::writer::{Writer, length};
use crate::{
    DynamicValue, EncodeError, EncodeProblem, MAX_DEPTH, ObjectType, Refinements, Step, Type,
    Value, text,
};

/// Writes one value of a type.
pub fn encode(value: &Value, ty: &Type) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::with_capacity(512);
    encode_value(&mut writer, value, ty, 0)?;
    Ok(writer.into_bytes())
}

fn encode_value(
    writer: &mut Writer,
    value: &Value,
    ty: &Type,
    depth: usize,
) -> Result<(), EncodeError> {
    if depth > MAX_DEPTH {
        return Err(EncodeProblem::TooDeep.into());
    }
    match (value, ty) {
        (Value::Null, _) => writer.nil(),
        (Value::Unknown(refinements), _) => encode_unknown(writer, refinements),
        (Value::String(text), Type::String) => writer.string(&text::normalise(text))?,
        (Value::Number(number), Type::Number) => writer.number(number),
        (Value::Bool(truth), Type::Bool) => writer.bool(*truth),
        (Value::List(elements), Type::List(ty)) | (Value::Set(elements), Type::Set(ty)) => {
            encode_elements(writer, elements, std::iter::repeat(ty.as_ref()), depth)?;
        }
        (Value::Tuple(elements), Type::Tuple(types)) => {
            if elements.len() != types.len() {
                return Err(EncodeProblem::WrongLength {
                    expected: types.len(),
                    found: elements.len(),
                }
                .into());
            }
            encode_elements(writer, elements, types, depth)?;
        }
        (Value::Map(elements), Type::Map(ty)) => encode_map(writer, elements, ty, depth)?,
        (Value::Object(attributes), Type::Object(ty)) => {
            encode_object(writer, attributes, ty, depth)?;
        }
        (Value::Dynamic(dynamic), Type::Dynamic) => encode_dynamic(writer, dynamic, depth)?,
        _ => {
            return Err(EncodeProblem::WrongKind {
                expected: ty.clone(),
                found: value.kind(),
            }
            .into());
        }
    }
    Ok(())
}

fn encode_unknown(writer: &mut Writer, refinements: &Refinements) {
    match refinements::encode(refinements) {
        Some(payload) => writer.extension(refinements::EXTENSION_CODE, &payload),
        None => writer.extension(0, &[0]),
    }
}

fn encode_elements<'a>(
    writer: &mut Writer,
    elements: &[Value],
    types: impl IntoIterator<Item = &'a Type>,
    depth: usize,
) -> Result<(), EncodeError> {
    writer.array(length(elements.len())?);
    for ((position, element), ty) in elements.iter().enumerate().zip(types) {
        encode_value(writer, element, ty, depth + 1).map_err(|error| {
            error.inside(Step::Index(i64::try_from(position).unwrap_or(i64::MAX)))
        })?;
    }
    Ok(())
}

fn encode_map(
    writer: &mut Writer,
    elements: &BTreeMap<String, Value>,
    ty: &Type,
    depth: usize,
) -> Result<(), EncodeError> {
    writer.map(length(elements.len())?);
    for (key, element) in elements {
        writer.string(&text::normalise(key))?;
        encode_value(writer, element, ty, depth + 1)
            .map_err(|error| error.inside(Step::Key(key.clone())))?;
    }
    Ok(())
}

fn encode_object(
    writer: &mut Writer,
    attributes: &BTreeMap<String, Value>,
    ty: &ObjectType,
    depth: usize,
) -> Result<(), EncodeError> {
    ty.check_names(attributes)?;
    writer.map(length(attributes.len())?);
    for ((name, attribute), (_, ty)) in attributes.iter().zip(ty.iter()) {
        writer.string(name)?;
        encode_value(writer, attribute, ty, depth + 1)
            .map_err(|error| error.inside(Step::Attribute(name.clone())))?;
    }
    Ok(())
}

fn encode_dynamic(
    writer: &mut Writer,
    dynamic: &DynamicValue,
    depth: usize,
) -> Result<(), EncodeError> {
    writer.array(2);
    writer.binary(dynamic.ty.to_json().as_bytes())?;
    encode_value(writer, &dynamic.value, &dynamic.ty, depth + 1)
}
