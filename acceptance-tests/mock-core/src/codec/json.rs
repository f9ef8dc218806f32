//! The JSON form of values, as the state file holds them. It has no unknown values.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::value::{Number, Path, PathError, Step, Type, Value};

/// Reads one value: missing attributes are null, attributes the type lacks are an error.
pub fn decode(json: &[u8], ty: &Type) -> Result<Value, PathError> {
    let raw: Box<RawValue> = parse_slice(json)?;
    read(raw.get(), ty, &Path::root())
}

/// Writes one wholly known value.
pub fn encode(value: &Value, ty: &Type) -> Result<String, PathError> {
    let mut out = String::new();
    write(value, ty, &Path::root(), &mut out)?;
    Ok(out)
}

fn parse_slice<T: DeserializeOwned>(json: &[u8]) -> Result<T, PathError> {
    serde_json::from_slice(json)
        .map_err(|error| PathError::new(&Path::root(), format!("not JSON: {error}")))
}

fn read(json: &str, ty: &Type, path: &Path) -> Result<Value, PathError> {
    fn parse<T: DeserializeOwned>(json: &str, what: &str, path: &Path) -> Result<T, PathError> {
        serde_json::from_str(json).map_err(|_| PathError::new(path, format!("{what} is required")))
    }
    // Numbers keep every digit because each leaf is read from its own text.
    type Elements = Vec<Box<RawValue>>;
    type Entries = BTreeMap<String, Box<RawValue>>;

    if json == "null" {
        return Ok(Value::Null);
    }
    match ty {
        Type::Dynamic => dynamic(
            &parse::<Entries>(json, "an object of type and value", path)?,
            path,
        ),
        Type::String => parse::<String>(json, "a string", path).map(Value::string),
        Type::Bool => parse(json, "a bool", path).map(Value::Bool),
        Type::Number => json
            .parse::<Number>()
            .map(Value::Number)
            .map_err(|_| PathError::new(path, "a number is required")),
        Type::List(ty) => parse::<Elements>(json, "a list", path)?
            .iter()
            .enumerate()
            .map(|(index, element)| read(element.get(), ty, &path.index(index)))
            .collect::<Result<_, _>>()
            .map(Value::List),
        Type::Set(ty) => parse::<Elements>(json, "a set", path)?
            .iter()
            .map(|element| read(element.get(), ty, &path.then(Step::Element)))
            .collect::<Result<_, _>>()
            .map(Value::Set),
        Type::Tuple(types) => {
            let elements = parse::<Elements>(json, "a tuple", path)?;
            if elements.len() != types.len() {
                return Err(PathError::new(path, "wrong number of tuple elements"));
            }
            elements
                .iter()
                .zip(types)
                .enumerate()
                .map(|(index, (element, ty))| read(element.get(), ty, &path.index(index)))
                .collect::<Result<_, _>>()
                .map(Value::Tuple)
        }
        Type::Map(ty) => parse::<Entries>(json, "a map", path)?
            .iter()
            .map(|(key, value)| Ok((key.clone(), read(value.get(), ty, &path.key(key))?)))
            .collect::<Result<_, _>>()
            .map(Value::Map),
        Type::Object(types) => object(&parse::<Entries>(json, "an object", path)?, types, path),
    }
}

fn object(
    entries: &BTreeMap<String, Box<RawValue>>,
    types: &BTreeMap<String, Type>,
    path: &Path,
) -> Result<Value, PathError> {
    if let Some(name) = entries.keys().find(|name| !types.contains_key(*name)) {
        return Err(PathError::new(
            &path.attribute(name),
            "unsupported attribute",
        ));
    }
    types
        .iter()
        .map(|(name, ty)| {
            let value = match entries.get(name) {
                Some(value) => read(value.get(), ty, &path.attribute(name))?,
                None => Value::Null,
            };
            Ok((name.clone(), value))
        })
        .collect::<Result<_, _>>()
        .map(Value::Object)
}

fn dynamic(entries: &BTreeMap<String, Box<RawValue>>, path: &Path) -> Result<Value, PathError> {
    let (Some(ty), Some(value), 2) = (entries.get("type"), entries.get("value"), entries.len())
    else {
        return Err(PathError::new(
            path,
            "a dynamic value has a type and a value",
        ));
    };
    let ty = Type::from_json(ty.get().as_bytes())
        .map_err(|error| PathError::new(path, format!("the type of a dynamic value is {error}")))?;
    let value = read(value.get(), &ty, path)?;
    Ok(if ty == Type::Dynamic {
        value
    } else {
        Value::Dynamic(Box::new((ty, value)))
    })
}

fn write(value: &Value, ty: &Type, path: &Path, out: &mut String) -> Result<(), PathError> {
    match (value, ty) {
        (Value::Null, _) => out.push_str("null"),
        (Value::Unknown(_), _) => return Err(PathError::new(path, "value is not known")),
        (Value::Dynamic(typed), Type::Dynamic) => {
            out.push_str("{\"value\":");
            write(&typed.1, &typed.0, path, out)?;
            out.push_str(",\"type\":");
            out.push_str(&typed.0.to_json());
            out.push('}');
        }
        (Value::String(text), Type::String) => out.push_str(&quote(text)),
        (Value::Bool(value), Type::Bool) => out.push_str(if *value { "true" } else { "false" }),
        (Value::Number(number), Type::Number) => out.push_str(&number.to_string()),
        (Value::List(elements), Type::List(ty)) => {
            array(elements, |index| (&**ty, path.index(index)), out)?;
        }
        (Value::Set(elements), Type::Set(ty)) => {
            array(
                elements.as_slice(),
                |_| (&**ty, path.then(Step::Element)),
                out,
            )?;
        }
        (Value::Tuple(elements), Type::Tuple(types)) if elements.len() == types.len() => {
            array(elements, |index| (&types[index], path.index(index)), out)?;
        }
        (Value::Map(entries), Type::Map(ty)) => {
            members(entries, |key| Some((&**ty, path.key(key))), path, out)?;
        }
        (Value::Object(entries), Type::Object(types)) => {
            let member = |name: &str| types.get(name).map(|ty| (ty, path.attribute(name)));
            members(entries, member, path, out)?;
        }
        (_, ty) => return Err(PathError::new(path, format!("{ty} required"))),
    }
    Ok(())
}

fn array<'a>(
    elements: &[Value],
    element: impl Fn(usize) -> (&'a Type, Path),
    out: &mut String,
) -> Result<(), PathError> {
    out.push('[');
    for (index, value) in elements.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        let (ty, path) = element(index);
        write(value, ty, &path, out)?;
    }
    out.push(']');
    Ok(())
}

fn members<'a>(
    entries: &BTreeMap<String, Value>,
    member: impl Fn(&str) -> Option<(&'a Type, Path)>,
    path: &Path,
    out: &mut String,
) -> Result<(), PathError> {
    out.push('{');
    for (position, (name, value)) in entries.iter().enumerate() {
        if position > 0 {
            out.push(',');
        }
        out.push_str(&quote(name));
        out.push(':');
        let (ty, path) =
            member(name).ok_or_else(|| PathError::new(path, format!("no attribute {name:?}")))?;
        write(value, ty, &path, out)?;
    }
    out.push('}');
    Ok(())
}

fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
