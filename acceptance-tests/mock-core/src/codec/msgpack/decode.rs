//! Reading MessagePack against a type.

use std::collections::BTreeMap;

use rmpv::Value as Wire;

use super::{REFINED_UNKNOWN, refinement};
use crate::value::{Number, Path, PathError, Refinements, Step, Type, Value};

/// Core refuses a refined unknown that is larger.
const MAX_REFINEMENTS: usize = 1024;

/// Reads one value; bytes left over are an error.
pub fn decode(mut bytes: &[u8], ty: &Type) -> Result<Value, PathError> {
    let root = Path::root();
    let wire = rmpv::decode::read_value(&mut bytes)
        .map_err(|error| PathError::new(&root, format!("not MessagePack: {error}")))?;
    if !bytes.is_empty() {
        return Err(PathError::new(
            &root,
            format!("{} bytes left over", bytes.len()),
        ));
    }
    read(&wire, ty, &root)
}

fn read(wire: &Wire, ty: &Type, path: &Path) -> Result<Value, PathError> {
    match (wire, ty) {
        (Wire::Nil, _) => Ok(Value::Null),
        (Wire::Ext(code, payload), ty) => unknown(*code, payload, ty, path),
        (wire, Type::Dynamic) => dynamic(wire, path),
        (Wire::String(_), Type::String) => Ok(Value::string(text(wire, path)?)),
        (Wire::Boolean(value), Type::Bool) => Ok(Value::Bool(*value)),
        (wire, Type::Number) => number(wire, path).map(Value::Number),
        (Wire::Array(elements), Type::List(ty)) => list(elements, ty, path).map(Value::List),
        (Wire::Array(elements), Type::Set(ty)) => elements
            .iter()
            .map(|element| read(element, ty, &path.then(Step::Element)))
            .collect::<Result<_, _>>()
            .map(Value::Set),
        (Wire::Array(elements), Type::Tuple(types)) => tuple(elements, types, path),
        (Wire::Map(entries), Type::Map(ty)) => map(entries, ty, path),
        (Wire::Map(entries), Type::Object(types)) => object(entries, types, path),
        (_, ty) => Err(PathError::new(path, format!("{} is required", noun(ty)))),
    }
}

fn list(elements: &[Wire], ty: &Type, path: &Path) -> Result<Vec<Value>, PathError> {
    elements
        .iter()
        .enumerate()
        .map(|(index, element)| read(element, ty, &path.index(index)))
        .collect()
}

fn tuple(elements: &[Wire], types: &[Type], path: &Path) -> Result<Value, PathError> {
    if elements.len() != types.len() {
        let message = format!(
            "a tuple with {} elements is required ({} given)",
            types.len(),
            elements.len()
        );
        return Err(PathError::new(path, message));
    }
    elements
        .iter()
        .zip(types)
        .enumerate()
        .map(|(index, (element, ty))| read(element, ty, &path.index(index)))
        .collect::<Result<_, _>>()
        .map(Value::Tuple)
}

fn map(entries: &[(Wire, Wire)], ty: &Type, path: &Path) -> Result<Value, PathError> {
    let mut elements = BTreeMap::new();
    for (key, value) in entries {
        let Value::String(key) = Value::string(text(key, path)?) else {
            continue;
        };
        let value = read(value, ty, &path.key(&key))?;
        elements.insert(key, value);
    }
    Ok(Value::Map(elements))
}

fn object(
    entries: &[(Wire, Wire)],
    types: &BTreeMap<String, Type>,
    path: &Path,
) -> Result<Value, PathError> {
    if entries.len() != types.len() {
        let message = format!(
            "an object with {} attributes is required ({} given)",
            types.len(),
            entries.len()
        );
        return Err(PathError::new(path, message));
    }
    let mut attributes = BTreeMap::new();
    for (name, value) in entries {
        let name = text(name, path)?;
        let path = path.attribute(name);
        let ty = types
            .get(name)
            .ok_or_else(|| PathError::new(&path, "unsupported attribute"))?;
        if attributes
            .insert(name.to_owned(), read(value, ty, &path)?)
            .is_some()
        {
            return Err(PathError::new(&path, "duplicate attribute"));
        }
    }
    Ok(Value::Object(attributes))
}

fn dynamic(wire: &Wire, path: &Path) -> Result<Value, PathError> {
    let Wire::Array(parts) = wire else {
        return Err(PathError::new(
            path,
            "a dynamic value is an array of type and value",
        ));
    };
    let [ty, value] = parts.as_slice() else {
        return Err(PathError::new(
            path,
            "dynamic value array must have exactly two elements",
        ));
    };
    let json = match ty {
        Wire::Binary(bytes) => bytes.as_slice(),
        Wire::String(text) => text.as_bytes(),
        _ => {
            return Err(PathError::new(
                path,
                "the type of a dynamic value is its JSON notation",
            ));
        }
    };
    let ty = Type::from_json(json)
        .map_err(|error| PathError::new(path, format!("the type of a dynamic value is {error}")))?;
    let value = read(value, &ty, path)?;
    Ok(if ty == Type::Dynamic {
        value
    } else {
        Value::Dynamic(Box::new((ty, value)))
    })
}

fn number(wire: &Wire, path: &Path) -> Result<Number, PathError> {
    let wrong = || PathError::new(path, "a number is required");
    match wire {
        Wire::Integer(integer) => integer
            .as_i64()
            .map(Number::from)
            .or_else(|| integer.as_u64().map(Number::from))
            .ok_or_else(wrong),
        Wire::F32(float) => Number::from_f64(f64::from(*float)).map_err(|_| wrong()),
        Wire::F64(float) => Number::from_f64(*float).map_err(|_| wrong()),
        Wire::String(_) => text(wire, path)?.parse().map_err(|_| wrong()),
        _ => Err(wrong()),
    }
}

fn text<'a>(wire: &'a Wire, path: &Path) -> Result<&'a str, PathError> {
    wire.as_str()
        .ok_or_else(|| PathError::new(path, "a string in UTF-8 is required"))
}

fn unknown(code: i8, payload: &[u8], ty: &Type, path: &Path) -> Result<Value, PathError> {
    if code != REFINED_UNKNOWN {
        return Ok(Value::unknown());
    }
    let unreadable = || PathError::new(path, "the refinements of an unknown value are unreadable");
    if payload.len() > MAX_REFINEMENTS {
        return Err(PathError::new(path, "oversize unknown value refinement"));
    }
    let mut rest = payload;
    let Ok(Wire::Map(entries)) = rmpv::decode::read_value(&mut rest) else {
        return Err(unreadable());
    };
    let mut refinements = Refinements::default();
    for (key, value) in &entries {
        match key.as_u64().ok_or_else(unreadable)? {
            refinement::NULLNESS => {
                if value.as_bool().ok_or_else(unreadable)? {
                    return Ok(Value::Null);
                }
                refinements.not_null = true;
            }
            refinement::STRING_PREFIX if *ty == Type::String => {
                refinements.string_prefix = Some(text(value, path)?.to_owned());
            }
            refinement::NUMBER_LOWER if *ty == Type::Number => {
                refinements.number_lower = Some(bound(value, path)?);
            }
            refinement::NUMBER_UPPER if *ty == Type::Number => {
                refinements.number_upper = Some(bound(value, path)?);
            }
            refinement::LENGTH_LOWER if is_collection(ty) => {
                refinements.length_lower = Some(value.as_i64().ok_or_else(unreadable)?);
            }
            refinement::LENGTH_UPPER if is_collection(ty) => {
                refinements.length_upper = Some(value.as_i64().ok_or_else(unreadable)?);
            }
            _ => {}
        }
    }
    Ok(Value::Unknown(refinements))
}

fn bound(wire: &Wire, path: &Path) -> Result<(Number, bool), PathError> {
    match wire.as_array().map(Vec::as_slice) {
        Some([value, Wire::Boolean(inclusive)]) => Ok((number(value, path)?, *inclusive)),
        _ => Err(PathError::new(
            path,
            "a number bound is an array of number and inclusiveness",
        )),
    }
}

fn is_collection(ty: &Type) -> bool {
    matches!(ty, Type::List(_) | Type::Set(_) | Type::Map(_))
}

fn noun(ty: &Type) -> &'static str {
    match ty {
        Type::String => "a string",
        Type::Number => "a number",
        Type::Bool => "a bool",
        Type::Dynamic => "a dynamic value",
        Type::List(_) => "a list",
        Type::Set(_) => "a set",
        Type::Map(_) => "a map",
        Type::Object(_) => "an object",
        Type::Tuple(_) => "a tuple",
    }
}
