//! From MessagePack to values.

use std::collections::BTreeMap;

use super::reader::{Reader, Token, utf8};
use super::refinements;
use crate::{DecodeError, DecodeProblem, MAX_DEPTH, Number, ObjectType, Step, Type, Value, text};

/// Room for this many elements is made in advance; a longer array grows as its elements really come.
const MAX_RESERVED: usize = 256;

/// Reads one value of a type; nothing may follow it.
pub fn decode(bytes: &[u8], ty: &Type) -> Result<Value, DecodeError> {
    let mut reader = Reader::new(bytes);
    let value = decode_value(&mut reader, ty, 0)?;
    if reader.is_at_end() {
        Ok(value)
    } else {
        Err(DecodeProblem::TrailingBytes.into())
    }
}

fn decode_value(reader: &mut Reader<'_>, ty: &Type, depth: usize) -> Result<Value, DecodeError> {
    if depth > MAX_DEPTH {
        return Err(DecodeProblem::TooDeep.into());
    }
    let token = reader.token()?;
    match (token, ty) {
        (Token::Nil, _) => Ok(Value::Null),
        (Token::Extension { code, payload }, _) => {
            Ok(Value::Unknown(refinements::decode(code, payload)))
        }
        (Token::String(bytes), Type::String) => {
            Ok(Value::String(text::normalise(utf8(bytes)?).into_owned()))
        }
        (Token::Bool(truth), Type::Bool) => Ok(Value::Bool(truth)),
        (_, Type::Number) => Ok(Value::Number(number(token)?)),
        (Token::Array(length), Type::List(element)) => {
            decode_elements(reader, length, element, depth).map(Value::List)
        }
        (Token::Array(length), Type::Set(element)) => {
            decode_elements(reader, length, element, depth).map(Value::Set)
        }
        (Token::Array(length), Type::Tuple(elements)) => {
            decode_tuple(reader, length, elements, depth).map(Value::Tuple)
        }
        (Token::Map(length), Type::Map(element)) => {
            decode_map(reader, length, element, depth).map(Value::Map)
        }
        (Token::Map(length), Type::Object(object)) => {
            decode_object(reader, length, object, depth).map(Value::Object)
        }
        (Token::Array(2), Type::Dynamic) => decode_dynamic(reader, depth),
        _ => Err(wrong_kind(expected(ty), token).into()),
    }
}

/// A number in any of the forms that MessagePack and Terraform have for one.
pub(super) fn number(token: Token<'_>) -> Result<Number, DecodeProblem> {
    match token {
        Token::Signed(number) => Ok(number.into()),
        Token::Unsigned(number) => Ok(number.into()),
        Token::Float(float) => Ok(Number::from_f64(float)?),
        Token::String(text) => Ok(Number::parse(utf8(text)?)?),
        other => Err(wrong_kind("a number", other)),
    }
}

fn decode_elements(
    reader: &mut Reader<'_>,
    length: usize,
    ty: &Type,
    depth: usize,
) -> Result<Vec<Value>, DecodeError> {
    let mut elements = Vec::with_capacity(length.min(MAX_RESERVED));
    for position in 0..length {
        elements.push(
            decode_value(reader, ty, depth + 1).map_err(|error| error.inside(index(position)))?,
        );
    }
    Ok(elements)
}

fn decode_tuple(
    reader: &mut Reader<'_>,
    length: usize,
    types: &[Type],
    depth: usize,
) -> Result<Vec<Value>, DecodeError> {
    if length != types.len() {
        return Err(DecodeProblem::WrongLength {
            expected: types.len(),
            found: length,
        }
        .into());
    }
    types
        .iter()
        .enumerate()
        .map(|(position, ty)| {
            decode_value(reader, ty, depth + 1).map_err(|error| error.inside(index(position)))
        })
        .collect()
}

fn decode_map(
    reader: &mut Reader<'_>,
    length: usize,
    ty: &Type,
    depth: usize,
) -> Result<BTreeMap<String, Value>, DecodeError> {
    let mut elements = Vec::with_capacity(length.min(MAX_RESERVED));
    for _ in 0..length {
        let key = text::normalise(reader.key()?).into_owned();
        match decode_value(reader, ty, depth + 1) {
            Ok(value) => elements.push((key, value)),
            Err(error) => return Err(error.inside(Step::Key(key))),
        }
    }
    distinct(elements)
}

fn decode_object(
    reader: &mut Reader<'_>,
    length: usize,
    ty: &ObjectType,
    depth: usize,
) -> Result<BTreeMap<String, Value>, DecodeError> {
    let mut attributes = Vec::with_capacity(length.min(MAX_RESERVED));
    // A core sends the names in order: the next is nearly always the one to come.
    let mut in_order = ty.iter();
    for _ in 0..length {
        let name = text::normalise(reader.key()?);
        let attribute = match in_order.next() {
            Some((next, attribute)) if next == name => attribute,
            _ => ty
                .get(&name)
                .ok_or_else(|| DecodeProblem::UnsupportedAttribute(name.to_string()))?,
        };
        match decode_value(reader, attribute, depth + 1) {
            Ok(value) => attributes.push((name.into_owned(), value)),
            Err(error) => return Err(error.inside(Step::Attribute(name.into_owned()))),
        }
    }
    let attributes = distinct(attributes)?;
    // Each of them is one of the type's: as many are all.
    if attributes.len() < ty.len()
        && let Some(missing) = ty.names().find(|name| !attributes.contains_key(*name))
    {
        return Err(DecodeProblem::MissingAttribute(missing.to_owned()).into());
    }
    Ok(attributes)
}

fn decode_dynamic(reader: &mut Reader<'_>, depth: usize) -> Result<Value, DecodeError> {
    let ty = match reader.token()? {
        Token::Binary(json) | Token::String(json) => Type::from_json(json)?,
        other => return Err(wrong_kind("the JSON form of a type", other).into()),
    };
    let value = decode_value(reader, &ty, depth + 1)?;
    Ok(Value::dynamic(ty, value))
}

fn distinct(entries: Vec<(String, Value)>) -> Result<BTreeMap<String, Value>, DecodeError> {
    let mut keys = entries.iter().map(|(key, _)| key);
    let mut previous = keys.next();
    let ascending = keys.all(|key| previous.replace(key).is_some_and(|previous| previous < key));
    if ascending {
        return Ok(entries.into_iter().collect());
    }
    let mut map = BTreeMap::new();
    for (key, value) in entries {
        if let Some(_duplicate) = map.insert(key.clone(), value) {
            return Err(DecodeProblem::DuplicateKey(key).into());
        }
    }
    Ok(map)
}

fn index(position: usize) -> Step {
    Step::Index(i64::try_from(position).unwrap_or(i64::MAX))
}

fn wrong_kind(expected: &'static str, found: Token<'_>) -> DecodeProblem {
    DecodeProblem::WrongKind {
        expected,
        found: found.kind(),
    }
}

fn expected(ty: &Type) -> &'static str {
    match ty {
        Type::String => "a string",
        Type::Number => "a number",
        Type::Bool => "a bool",
        Type::Dynamic => "a pair of type and value",
        Type::List(_) => "an array of list elements",
        Type::Set(_) => "an array of set elements",
        Type::Tuple(_) => "an array of tuple elements",
        Type::Map(_) => "a map",
        Type::Object(_) => "a map of attributes",
    }
}
