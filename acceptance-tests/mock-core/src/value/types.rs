//! Terraform's types and their JSON notation.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Value as Json, json};

/// A type constraint as schemas state it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// Text.
    String,
    /// A number of any size and precision.
    Number,
    /// A boolean.
    Bool,
    /// Any type, decided by the value.
    Dynamic,
    /// Elements in order.
    List(Box<Type>),
    /// Elements without order.
    Set(Box<Type>),
    /// Elements by key.
    Map(Box<Type>),
    /// Attributes by name.
    Object(BTreeMap<String, Type>),
    /// A fixed number of elements.
    Tuple(Vec<Type>),
}

/// A type notation core cannot read. Terraform itself panics on one in a schema.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TypeError {
    /// The bytes are no JSON.
    #[error("not JSON: {0}")]
    Json(String),
    /// The JSON is no type.
    #[error("no type is written {0}")]
    Notation(String),
    /// Nested more deeply than any sensible schema.
    #[error("nested more than {MAX_DEPTH} deep")]
    TooDeep,
}

const MAX_DEPTH: usize = 128;

impl Type {
    /// A list of `element`.
    pub fn list(element: Type) -> Self {
        Self::List(Box::new(element))
    }

    /// A set of `element`.
    pub fn set(element: Type) -> Self {
        Self::Set(Box::new(element))
    }

    /// A map of `element`.
    pub fn map(element: Type) -> Self {
        Self::Map(Box::new(element))
    }

    /// An object of these attributes.
    pub fn object<N: Into<String>>(attributes: impl IntoIterator<Item = (N, Type)>) -> Self {
        Self::Object(
            attributes
                .into_iter()
                .map(|(name, ty)| (name.into(), ty))
                .collect(),
        )
    }

    /// Whether this is a string, number or boolean.
    pub fn is_primitive(&self) -> bool {
        matches!(self, Self::String | Self::Number | Self::Bool)
    }

    /// Whether `dynamic` occurs anywhere inside.
    pub fn has_dynamic(&self) -> bool {
        match self {
            Self::Dynamic => true,
            Self::String | Self::Number | Self::Bool => false,
            Self::List(element) | Self::Set(element) | Self::Map(element) => element.has_dynamic(),
            Self::Object(attributes) => attributes.values().any(Self::has_dynamic),
            Self::Tuple(elements) => elements.iter().any(Self::has_dynamic),
        }
    }

    /// Reads the JSON notation.
    pub fn from_json(json: &[u8]) -> Result<Self, TypeError> {
        let json =
            serde_json::from_slice(json).map_err(|error| TypeError::Json(error.to_string()))?;
        read(&json, MAX_DEPTH)
    }

    /// Writes the JSON notation, as core writes it.
    pub fn to_json(&self) -> String {
        self.as_json().to_string()
    }

    fn as_json(&self) -> Json {
        match self {
            Self::String => json!("string"),
            Self::Number => json!("number"),
            Self::Bool => json!("bool"),
            Self::Dynamic => json!("dynamic"),
            Self::List(element) => json!(["list", element.as_json()]),
            Self::Set(element) => json!(["set", element.as_json()]),
            Self::Map(element) => json!(["map", element.as_json()]),
            Self::Object(attributes) => {
                let attributes: serde_json::Map<_, _> = attributes
                    .iter()
                    .map(|(name, ty)| (name.clone(), ty.as_json()))
                    .collect();
                json!(["object", attributes])
            }
            Self::Tuple(elements) => {
                json!([
                    "tuple",
                    elements.iter().map(Self::as_json).collect::<Vec<_>>()
                ])
            }
        }
    }
}

fn read(json: &Json, depth: usize) -> Result<Type, TypeError> {
    let depth = depth.checked_sub(1).ok_or(TypeError::TooDeep)?;
    let unreadable = || TypeError::Notation(json.to_string());
    if let Some(name) = json.as_str() {
        return match name {
            "string" => Ok(Type::String),
            "number" => Ok(Type::Number),
            "bool" => Ok(Type::Bool),
            "dynamic" => Ok(Type::Dynamic),
            _ => Err(unreadable()),
        };
    }
    let parts = json.as_array().ok_or_else(unreadable)?;
    let (keyword, parts) = parts.split_first().ok_or_else(unreadable)?;
    match (keyword.as_str(), parts) {
        (Some("list"), [element]) => Ok(Type::list(read(element, depth)?)),
        (Some("set"), [element]) => Ok(Type::set(read(element, depth)?)),
        (Some("map"), [element]) => Ok(Type::map(read(element, depth)?)),
        (Some("tuple"), [Json::Array(elements)]) => elements
            .iter()
            .map(|element| read(element, depth))
            .collect::<Result<_, _>>()
            .map(Type::Tuple),
        // A third element names optional attributes; it changes nothing on the wire.
        (
            Some("object"),
            [Json::Object(attributes)] | [Json::Object(attributes), Json::Array(_)],
        ) => attributes
            .iter()
            .map(|(name, ty)| Ok((name.clone(), read(ty, depth)?)))
            .collect::<Result<_, _>>()
            .map(Type::Object),
        _ => Err(unreadable()),
    }
}

/// The Go syntax in which core's messages write types.
impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String => formatter.write_str("cty.String"),
            Self::Number => formatter.write_str("cty.Number"),
            Self::Bool => formatter.write_str("cty.Bool"),
            Self::Dynamic => formatter.write_str("cty.DynamicPseudoType"),
            Self::List(element) => write!(formatter, "cty.List({element})"),
            Self::Set(element) => write!(formatter, "cty.Set({element})"),
            Self::Map(element) => write!(formatter, "cty.Map({element})"),
            Self::Object(attributes) if attributes.is_empty() => {
                formatter.write_str("cty.EmptyObject")
            }
            Self::Object(attributes) => {
                formatter.write_str("cty.Object(map[string]cty.Type{")?;
                for (position, (name, ty)) in attributes.iter().enumerate() {
                    let separator = if position == 0 { "" } else { ", " };
                    write!(formatter, "{separator}{name:?}:{ty}")?;
                }
                formatter.write_str("})")
            }
            Self::Tuple(elements) if elements.is_empty() => formatter.write_str("cty.EmptyTuple"),
            Self::Tuple(elements) => {
                formatter.write_str("cty.Tuple([]cty.Type{")?;
                for (position, ty) in elements.iter().enumerate() {
                    let separator = if position == 0 { "" } else { ", " };
                    write!(formatter, "{separator}{ty}")?;
                }
                formatter.write_str("})")
            }
        }
    }
}
