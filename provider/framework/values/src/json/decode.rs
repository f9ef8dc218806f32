//! From JSON to values.

use std::collections::BTreeMap;

use super::reader::{Kind, Reader};
use crate::{DecodeError, DecodeProblem, MAX_DEPTH, Number, ObjectType, Step, Type, Value, text};

/// Reads one value of a type. Attributes that are missing are null, as a Terraform core takes them;
/// attributes that the type does not have are an error.
pub fn decode(json: &[u8], ty: &Type) -> Result<Value, DecodeError> {
    decode_all(json, ty, Leniency::Strict)
}

/// Reads the stored state of a resource against the type it has now: attributes that no longer exist
/// are ignored, and where a string, number or bool has become another of the three, it is converted.
pub fn decode_state(json: &[u8], ty: &Type) -> Result<Value, DecodeError> {
    decode_all(json, ty, Leniency::Lenient)
}

#[derive(Clone, Copy, PartialEq)]
enum Leniency {
    Strict,
    Lenient,
}

fn decode_all(json: &[u8], ty: &Type, leniency: Leniency) -> Result<Value, DecodeError> {
    let mut reader = Reader::new(json)?;
    let value = decode_value(&mut reader, ty, leniency, 0)?;
    reader.finish()?;
    Ok(value)
}

fn decode_value(
    reader: &mut Reader<'_>,
    ty: &Type,
    leniency: Leniency,
    depth: usize,
) -> Result<Value, DecodeError> {
    if depth > MAX_DEPTH {
        return Err(DecodeProblem::TooDeep.into());
    }
    let kind = reader.kind()?;
    match (kind, ty) {
        (Kind::Null, _) => {
            reader.null()?;
            Ok(Value::Null)
        }
        (Kind::String, Type::String) => Ok(Value::String(text::into_normalised(
            reader.string()?.into_owned(),
        ))),
        (Kind::Number, Type::Number) => Ok(Value::Number(number(reader.number()?)?)),
        (Kind::Bool, Type::Bool) => Ok(Value::Bool(reader.bool()?)),
        (Kind::Array, Type::List(ty)) => {
            decode_elements(reader, ty, leniency, depth).map(Value::List)
        }
        (Kind::Array, Type::Set(ty)) => {
            decode_elements(reader, ty, leniency, depth).map(Value::Set)
        }
        (Kind::Array, Type::Tuple(types)) => {
            decode_tuple(reader, types, leniency, depth).map(Value::Tuple)
        }
        (Kind::Object, Type::Map(ty)) => decode_map(reader, ty, leniency, depth).map(Value::Map),
        (Kind::Object, Type::Object(ty)) => {
            decode_object(reader, ty, leniency, depth).map(Value::Object)
        }
        (Kind::Object, Type::Dynamic) => decode_dynamic(reader, leniency, depth),
        _ if leniency == Leniency::Lenient => converted(reader, kind, ty),
        _ => Err(wrong_kind(ty, kind).into()),
    }
}

fn number(text: &str) -> Result<Number, DecodeProblem> {
    Ok(Number::parse(text)?)
}

/// A string, number or bool as another of the three, by Terraform's own rules of conversion.
fn converted(reader: &mut Reader<'_>, kind: Kind, ty: &Type) -> Result<Value, DecodeError> {
    let mismatch = || wrong_kind(ty, kind);
    match (kind, ty) {
        (Kind::Number, Type::String) => Ok(Value::String(number(reader.number()?)?.to_string())),
        (Kind::Bool, Type::String) => Ok(Value::String(reader.bool()?.to_string())),
        (Kind::String, Type::Number) => {
            let number = Number::parse(&reader.string()?).map_err(|_| mismatch())?;
            Ok(Value::Number(number))
        }
        (Kind::String, Type::Bool) => match &*reader.string()? {
            "true" | "1" => Ok(Value::Bool(true)),
            "false" | "0" => Ok(Value::Bool(false)),
            _ => Err(mismatch().into()),
        },
        _ => Err(mismatch().into()),
    }
}

fn decode_elements(
    reader: &mut Reader<'_>,
    ty: &Type,
    leniency: Leniency,
    depth: usize,
) -> Result<Vec<Value>, DecodeError> {
    let mut elements = Vec::new();
    reader.array(|reader, position| {
        let element = decode_value(reader, ty, leniency, depth + 1)
            .map_err(|error: DecodeError| error.inside(index(position)))?;
        elements.push(element);
        Ok::<_, DecodeError>(())
    })?;
    Ok(elements)
}

fn decode_tuple(
    reader: &mut Reader<'_>,
    types: &[Type],
    leniency: Leniency,
    depth: usize,
) -> Result<Vec<Value>, DecodeError> {
    let mut elements = Vec::with_capacity(types.len());
    let length = reader.array(|reader, position| {
        match types.get(position) {
            Some(ty) => elements.push(
                decode_value(reader, ty, leniency, depth + 1)
                    .map_err(|error| error.inside(index(position)))?,
            ),
            None => reader.skip(depth + 1)?,
        }
        Ok::<_, DecodeError>(())
    })?;
    if length == types.len() {
        Ok(elements)
    } else {
        Err(DecodeProblem::WrongLength {
            expected: types.len(),
            found: length,
        }
        .into())
    }
}

fn decode_map(
    reader: &mut Reader<'_>,
    ty: &Type,
    leniency: Leniency,
    depth: usize,
) -> Result<BTreeMap<String, Value>, DecodeError> {
    let mut elements = BTreeMap::new();
    reader.object(|reader, key| {
        let key = text::into_normalised(key.into_owned());
        match decode_value(reader, ty, leniency, depth + 1) {
            Ok(element) => insert(&mut elements, key, element),
            Err(error) => Err(error.inside(Step::Key(key))),
        }
    })?;
    Ok(elements)
}

fn decode_object(
    reader: &mut Reader<'_>,
    ty: &ObjectType,
    leniency: Leniency,
    depth: usize,
) -> Result<BTreeMap<String, Value>, DecodeError> {
    let mut attributes = BTreeMap::new();
    reader.object(|reader, name| {
        let name = text::into_normalised(name.into_owned());
        match ty.get(&name) {
            Some(ty) => match decode_value(reader, ty, leniency, depth + 1) {
                Ok(attribute) => insert(&mut attributes, name, attribute),
                Err(error) => Err(error.inside(Step::Attribute(name))),
            },
            None if leniency == Leniency::Lenient => Ok(reader.skip(depth + 1)?),
            None => Err(DecodeProblem::UnsupportedAttribute(name).into()),
        }
    })?;
    // Each of them is one of the type's: as many are all.
    if attributes.len() < ty.len() {
        for missing in ty.names() {
            if !attributes.contains_key(missing) {
                attributes.insert(missing.to_owned(), Value::Null);
            }
        }
    }
    Ok(attributes)
}

fn decode_dynamic(
    reader: &mut Reader<'_>,
    leniency: Leniency,
    depth: usize,
) -> Result<Value, DecodeError> {
    let mut ty = None;
    let mut value = None;
    // The type usually comes last, and the value cannot be read before it is known.
    reader.object(|reader, name| {
        let part = reader.skipped(depth + 1)?;
        let seen = match &*name {
            "type" => ty.replace(part).is_some(),
            "value" => value.replace(part).is_some(),
            _ => return Err(DecodeProblem::UnsupportedAttribute(name.into_owned())),
        };
        if seen {
            return Err(DecodeProblem::DuplicateKey(name.into_owned()));
        }
        Ok(())
    })?;
    let missing = |name: &str| DecodeProblem::MissingAttribute(name.to_owned());
    let ty = Type::read_json(&mut ty.ok_or_else(|| missing("type"))?, 0)?;
    let mut value = value.ok_or_else(|| missing("value"))?;
    let value = decode_value(&mut value, &ty, leniency, depth + 1)?;
    Ok(Value::dynamic(ty, value))
}

fn insert(
    entries: &mut BTreeMap<String, Value>,
    key: String,
    value: Value,
) -> Result<(), DecodeError> {
    if entries.contains_key(&key) {
        return Err(DecodeProblem::DuplicateKey(key).into());
    }
    entries.insert(key, value);
    Ok(())
}

fn index(position: usize) -> Step {
    Step::Index(i64::try_from(position).unwrap_or(i64::MAX))
}

fn wrong_kind(ty: &Type, found: Kind) -> DecodeProblem {
    DecodeProblem::WrongKind {
        expected: match ty {
            Type::String => "a string",
            Type::Number => "a number",
            Type::Bool => "a bool",
            Type::Dynamic => "an object of type and value",
            Type::List(_) => "an array of list elements",
            Type::Set(_) => "an array of set elements",
            Type::Tuple(_) => "an array of tuple elements",
            Type::Map(_) => "an object of map elements",
            Type::Object(_) => "an object",
        },
        found: found.name(),
    }
}
