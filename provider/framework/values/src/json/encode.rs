//! From values to JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::{EncodeError, EncodeProblem, MAX_DEPTH, Step, Type, Value, text};

/// Writes one wholly known value of a type, without superfluous space.
pub fn encode(value: &Value, ty: &Type) -> Result<Vec<u8>, EncodeError> {
    let mut json = String::new();
    encode_value(&mut json, value, ty, 0)?;
    Ok(json.into_bytes())
}

/// Writes a JSON string.
pub(crate) fn write_string(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            control if control < ' ' => write(json, format_args!("\\u{:04x}", u32::from(control))),
            plain => json.push(plain),
        }
    }
    json.push('"');
}

fn encode_value(
    json: &mut String,
    value: &Value,
    ty: &Type,
    depth: usize,
) -> Result<(), EncodeError> {
    if depth > MAX_DEPTH {
        return Err(EncodeProblem::TooDeep.into());
    }
    match (value, ty) {
        (Value::Null, _) => json.push_str("null"),
        (Value::Unknown(_), _) => return Err(EncodeProblem::Unknown.into()),
        (Value::String(text), Type::String) => write_string(json, &text::normalise(text)),
        (Value::Number(number), Type::Number) if number.is_infinite() => {
            return Err(EncodeProblem::Infinite.into());
        }
        (Value::Number(number), Type::Number) => write(json, format_args!("{number}")),
        (Value::Bool(truth), Type::Bool) => write(json, format_args!("{truth}")),
        (Value::List(elements), Type::List(ty)) | (Value::Set(elements), Type::Set(ty)) => {
            encode_elements(json, elements, std::iter::repeat(ty.as_ref()), depth)?;
        }
        (Value::Tuple(elements), Type::Tuple(types)) => {
            if elements.len() != types.len() {
                return Err(EncodeProblem::WrongLength {
                    expected: types.len(),
                    found: elements.len(),
                }
                .into());
            }
            encode_elements(json, elements, types, depth)?;
        }
        (Value::Map(elements), Type::Map(ty)) => {
            let types = std::iter::repeat(ty.as_ref());
            encode_members(json, elements, types, Step::Key, depth)?;
        }
        (Value::Object(attributes), Type::Object(ty)) => {
            ty.check_names(attributes)?;
            let types = ty.iter().map(|(_, ty)| ty);
            encode_members(json, attributes, types, Step::Attribute, depth)?;
        }
        (Value::Dynamic(dynamic), Type::Dynamic) => {
            json.push_str("{\"value\":");
            encode_value(json, &dynamic.value, &dynamic.ty, depth + 1)?;
            write(json, format_args!(",\"type\":{}}}", dynamic.ty.to_json()));
        }
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

fn encode_elements<'a>(
    json: &mut String,
    elements: &[Value],
    types: impl IntoIterator<Item = &'a Type>,
    depth: usize,
) -> Result<(), EncodeError> {
    json.push('[');
    for ((position, element), ty) in elements.iter().enumerate().zip(types) {
        if position > 0 {
            json.push(',');
        }
        encode_value(json, element, ty, depth + 1).map_err(|error| {
            error.inside(Step::Index(i64::try_from(position).unwrap_or(i64::MAX)))
        })?;
    }
    json.push(']');
    Ok(())
}

fn encode_members<'a>(
    json: &mut String,
    members: &BTreeMap<String, Value>,
    types: impl IntoIterator<Item = &'a Type>,
    step: fn(String) -> Step,
    depth: usize,
) -> Result<(), EncodeError> {
    json.push('{');
    for ((position, (name, member)), ty) in members.iter().enumerate().zip(types) {
        if position > 0 {
            json.push(',');
        }
        write_string(json, &text::normalise(name));
        json.push(':');
        encode_value(json, member, ty, depth + 1)
            .map_err(|error| error.inside(step(name.clone())))?;
    }
    json.push('}');
    Ok(())
}

fn write(json: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = json.write_fmt(arguments);
}
