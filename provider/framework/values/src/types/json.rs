//! The JSON form of a type: `"string"`, `["map","number"]`, `["object",{"name":"string"}]`.
//!
//! It stands in schemas and in values of a dynamic type. Terraform itself crashes on a type that is not
//! well-formed, so it is only ever written from a [`Type`].

use super::{ObjectType, Type};
use crate::json::reader::{Kind, Reader};
use crate::json::write_string;
use crate::{DecodeError, DecodeProblem, MAX_DEPTH};

impl Type {
    /// The JSON form.
    pub fn to_json(&self) -> String {
        let mut json = String::new();
        self.write_json(&mut json);
        json
    }

    /// Reads the JSON form.
    pub fn from_json(json: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(json)?;
        let ty = Self::read_json(&mut reader, 0)?;
        reader.finish()?;
        Ok(ty)
    }

    fn write_json(&self, json: &mut String) {
        match self {
            Self::String => json.push_str("\"string\""),
            Self::Number => json.push_str("\"number\""),
            Self::Bool => json.push_str("\"bool\""),
            Self::Dynamic => json.push_str("\"dynamic\""),
            Self::List(element) => element.write_collection(json, "list"),
            Self::Set(element) => element.write_collection(json, "set"),
            Self::Map(element) => element.write_collection(json, "map"),
            Self::Object(object) => {
                json.push_str("[\"object\",{");
                for (position, (name, attribute)) in object.iter().enumerate() {
                    if position > 0 {
                        json.push(',');
                    }
                    write_string(json, name);
                    json.push(':');
                    attribute.write_json(json);
                }
                json.push_str("}]");
            }
            Self::Tuple(elements) => {
                json.push_str("[\"tuple\",[");
                for (position, element) in elements.iter().enumerate() {
                    if position > 0 {
                        json.push(',');
                    }
                    element.write_json(json);
                }
                json.push_str("]]");
            }
        }
    }

    fn write_collection(&self, json: &mut String, kind: &str) {
        json.push_str("[\"");
        json.push_str(kind);
        json.push_str("\",");
        self.write_json(json);
        json.push(']');
    }

    pub(crate) fn read_json(reader: &mut Reader<'_>, depth: usize) -> Result<Self, DecodeProblem> {
        if depth > MAX_DEPTH {
            return Err(DecodeProblem::TooDeep);
        }
        match reader.kind()? {
            Kind::String => primitive(&reader.string()?),
            Kind::Array => constructed(reader, depth),
            _ => Err(DecodeProblem::NotAType),
        }
    }
}

fn primitive(name: &str) -> Result<Type, DecodeProblem> {
    match name {
        "string" => Ok(Type::String),
        "number" => Ok(Type::Number),
        "bool" => Ok(Type::Bool),
        "dynamic" => Ok(Type::Dynamic),
        _ => Err(DecodeProblem::NotAType),
    }
}

fn constructed(reader: &mut Reader<'_>, depth: usize) -> Result<Type, DecodeProblem> {
    let mut constructor = None;
    let mut ty = None;
    let parts = reader.array(|reader, position| {
        match position {
            0 => constructor = Some(constructor_of(reader)?),
            1 => {
                let constructor = constructor.ok_or(DecodeProblem::NotAType)?;
                ty = Some(constructor.construct(reader, depth)?);
            }
            // The names of optional attributes, which matter to a conversion only.
            2 => reader.skip(depth)?,
            _ => return Err(DecodeProblem::NotAType),
        }
        Ok(())
    })?;
    if parts == 3 && constructor != Some(Constructor::Object) {
        return Err(DecodeProblem::NotAType);
    }
    ty.ok_or(DecodeProblem::NotAType)
}

#[derive(Clone, Copy, PartialEq)]
enum Constructor {
    List,
    Set,
    Map,
    Object,
    Tuple,
}

fn constructor_of(reader: &mut Reader<'_>) -> Result<Constructor, DecodeProblem> {
    if reader.kind()? != Kind::String {
        return Err(DecodeProblem::NotAType);
    }
    match &*reader.string()? {
        "list" => Ok(Constructor::List),
        "set" => Ok(Constructor::Set),
        "map" => Ok(Constructor::Map),
        "object" => Ok(Constructor::Object),
        "tuple" => Ok(Constructor::Tuple),
        _ => Err(DecodeProblem::NotAType),
    }
}

impl Constructor {
    fn construct(self, reader: &mut Reader<'_>, depth: usize) -> Result<Type, DecodeProblem> {
        match (self, reader.kind()?) {
            (Self::List, _) => Ok(Type::list(Type::read_json(reader, depth + 1)?)),
            (Self::Set, _) => Ok(Type::set(Type::read_json(reader, depth + 1)?)),
            (Self::Map, _) => Ok(Type::map(Type::read_json(reader, depth + 1)?)),
            (Self::Object, Kind::Object) => {
                let mut attributes = Vec::new();
                reader.object(|reader, name| {
                    attributes.push((name.into_owned(), Type::read_json(reader, depth + 1)?));
                    Ok::<_, DecodeProblem>(())
                })?;
                let length = attributes.len();
                let object: ObjectType = attributes.into_iter().collect();
                if object.len() < length {
                    return Err(DecodeProblem::NotAType);
                }
                Ok(Type::Object(object))
            }
            (Self::Tuple, Kind::Array) => {
                let mut elements = Vec::new();
                reader.array(|reader, _| {
                    elements.push(Type::read_json(reader, depth + 1)?);
                    Ok::<_, DecodeProblem>(())
                })?;
                Ok(Type::Tuple(elements))
            }
            _ => Err(DecodeProblem::NotAType),
        }
    }
}
