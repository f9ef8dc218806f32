//! Writing MessagePack against a type, byte for byte as core does.

use std::collections::BTreeMap;

use rmpv::Value as Wire;

use super::{REFINED_UNKNOWN, refinement};
use crate::value::{Number, Path, PathError, Refinements, Type, Value, conform};

/// Writes one value of the type.
pub fn encode(value: &Value, ty: &Type) -> Result<Vec<u8>, PathError> {
    conform(value, ty)?;
    let mut bytes = Vec::new();
    rmpv::encode::write_value(&mut bytes, &wire(value, ty))
        .map_err(|error| PathError::new(&Path::root(), error.to_string()))?;
    Ok(bytes)
}

fn wire(value: &Value, ty: &Type) -> Wire {
    match (value, ty) {
        (Value::Null, _) => Wire::Nil,
        (Value::Unknown(refinements), _) => unknown(refinements),
        (Value::Dynamic(typed), _) => Wire::Array(vec![
            Wire::Binary(typed.0.to_json().into_bytes()),
            wire(&typed.1, &typed.0),
        ]),
        (Value::String(text), _) => Wire::from(text.as_str()),
        (Value::Bool(value), _) => Wire::from(*value),
        (Value::Number(value), _) => number(value),
        (Value::List(elements), Type::List(ty)) => array(elements, |_| ty),
        (Value::Set(elements), Type::Set(ty)) => array(elements.as_slice(), |_| ty),
        (Value::Tuple(elements), Type::Tuple(types)) => array(elements, |index| &types[index]),
        (Value::Map(entries), Type::Map(ty)) => map(entries, |_| ty),
        (Value::Object(entries), Type::Object(types)) => map(entries, |name| &types[name]),
        (mistyped, ty) => unreachable!("{mistyped:?} conformed to {ty}"),
    }
}

fn array<'a>(elements: &[Value], type_of: impl Fn(usize) -> &'a Type) -> Wire {
    let elements = elements.iter().enumerate();
    Wire::Array(
        elements
            .map(|(index, element)| wire(element, type_of(index)))
            .collect(),
    )
}

fn map<'a>(entries: &BTreeMap<String, Value>, type_of: impl Fn(&str) -> &'a Type) -> Wire {
    let entries = entries.iter();
    Wire::Map(
        entries
            .map(|(key, value)| (Wire::from(key.as_str()), wire(value, type_of(key))))
            .collect(),
    )
}

fn number(number: &Number) -> Wire {
    if let Some(integer) = number.to_i64() {
        return Wire::from(integer);
    }
    match number.to_exact_f64() {
        Some(float) if !number.is_whole() => Wire::from(float),
        _ => Wire::from(number.to_string()),
    }
}

fn unknown(refinements: &Refinements) -> Wire {
    if refinements.is_empty() {
        return Wire::Ext(0, vec![0]);
    }
    let bound = |(bound, inclusive): &(Number, bool)| {
        Wire::Array(vec![number(bound), Wire::from(*inclusive)])
    };
    let mut entries = Vec::new();
    if refinements.not_null {
        entries.push((refinement::NULLNESS, Wire::from(false)));
    }
    if let Some(prefix) = &refinements.string_prefix {
        entries.push((refinement::STRING_PREFIX, Wire::from(prefix.as_str())));
    }
    if let Some(lower) = &refinements.number_lower {
        entries.push((refinement::NUMBER_LOWER, bound(lower)));
    }
    if let Some(upper) = &refinements.number_upper {
        entries.push((refinement::NUMBER_UPPER, bound(upper)));
    }
    if let Some(lower) = refinements.length_lower {
        entries.push((refinement::LENGTH_LOWER, Wire::from(lower)));
    }
    if let Some(upper) = refinements.length_upper {
        entries.push((refinement::LENGTH_UPPER, Wire::from(upper)));
    }
    let entries = entries
        .into_iter()
        .map(|(key, value)| (Wire::from(key), value))
        .collect();
    let mut payload = Vec::new();
    match rmpv::encode::write_value(&mut payload, &Wire::Map(entries)) {
        Ok(()) => Wire::Ext(REFINED_UNKNOWN, payload),
        Err(error) => unreachable!("writing to memory failed: {error}"),
    }
}
