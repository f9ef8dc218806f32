//! Terraform's types and values, as core sees them.
//!
//! A value does not carry its type (only a dynamic one does): whoever asks knows the schema. Knows
//! nothing of encodings.

mod compare;
mod conform;
mod number;
mod path;
mod refinements;
mod render;
mod set;
mod types;

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

pub use compare::without_refinements;
pub use conform::{Mismatch, conform};
pub use number::{Number, NumberError};
pub use path::{Path, PathError, Step};
pub use refinements::Refinements;
pub use render::{Rendered, render};
pub use set::ValueSet;
pub use types::{Type, TypeError};

/// One value. Equality is core's deep equality: numbers by value, sets without order, refinements
/// included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Null of whatever type the schema says.
    Null,
    /// Known only after apply; the refinements say what is known already.
    Unknown(Refinements),
    /// Text in Unicode normalisation form C; build it with [`Value::string`].
    String(String),
    /// An exact number.
    Number(Number),
    /// A boolean.
    Bool(bool),
    /// Elements in order.
    List(Vec<Value>),
    /// Elements without order or duplicates.
    Set(ValueSet),
    /// Elements in order, each of its own type.
    Tuple(Vec<Value>),
    /// Elements by key.
    Map(BTreeMap<String, Value>),
    /// Attributes and nested blocks by name.
    Object(BTreeMap<String, Value>),
    /// A known or unknown value of an attribute typed `dynamic`, with the type it turned out to
    /// have. A null or unknown without any type is plain [`Value::Null`] or [`Value::Unknown`].
    Dynamic(Box<(Type, Value)>),
}

impl Value {
    /// Text, normalised as core normalises it.
    pub fn string(text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        if text.is_ascii() {
            return Self::String(text.to_owned());
        }
        Self::String(text.nfc().collect())
    }

    /// A whole number.
    pub fn int(number: i64) -> Self {
        Self::Number(Number::from(number))
    }

    /// An unknown value of which nothing is known.
    pub fn unknown() -> Self {
        Self::Unknown(Refinements::default())
    }

    /// A set of these elements; known duplicates are dropped.
    pub fn set(elements: impl IntoIterator<Item = Value>) -> Self {
        Self::Set(elements.into_iter().collect())
    }

    /// An object of these attributes.
    pub fn object<N: Into<String>>(attributes: impl IntoIterator<Item = (N, Value)>) -> Self {
        Self::Object(
            attributes
                .into_iter()
                .map(|(name, value)| (name.into(), value))
                .collect(),
        )
    }

    /// Whether this is null, also as a typed dynamic null.
    pub fn is_null(&self) -> bool {
        matches!(self.undynamic(), Self::Null)
    }

    /// Whether the value itself is unknown; elements inside may be unknown all the same.
    pub fn is_unknown(&self) -> bool {
        matches!(self.undynamic(), Self::Unknown(_))
    }

    /// Whether the value itself is known; null counts as known.
    pub fn is_known(&self) -> bool {
        !self.is_unknown()
    }

    /// Whether nothing inside is unknown.
    pub fn is_wholly_known(&self) -> bool {
        self.is_known() && self.children().all(Self::is_wholly_known)
    }

    /// The text of a known string.
    pub fn as_str(&self) -> Option<&str> {
        match self.undynamic() {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The attribute of a known object, or what it is when the object is null or unknown.
    pub fn attribute(&self, name: &str) -> Value {
        match self.undynamic() {
            Self::Object(attributes) => attributes.get(name).cloned().unwrap_or(Value::Null),
            Self::Unknown(_) => Value::unknown(),
            _ => Value::Null,
        }
    }

    /// The value a path leads to; none where the path does not exist.
    pub fn at(&self, path: &Path) -> Option<&Value> {
        path.steps()
            .iter()
            .try_fold(self, |value, step| match (value.undynamic(), step) {
                (Self::Object(attributes), Step::Attribute(name)) => attributes.get(name),
                (Self::Map(elements) | Self::Object(elements), Step::Key(key)) => elements.get(key),
                (Self::List(elements) | Self::Tuple(elements), Step::Index(index)) => {
                    usize::try_from(*index)
                        .ok()
                        .and_then(|index| elements.get(index))
                }
                _ => None,
            })
    }

    /// The value with every unknown inside replaced by null, as core saves a faulty result.
    #[must_use]
    pub fn unknown_as_null(&self) -> Value {
        self.map_children(&|value| match value {
            Self::Unknown(_) => Self::Null,
            other => other.unknown_as_null(),
        })
    }

    /// The elements of a known list, set or tuple; none for anything else.
    pub fn elements(&self) -> Option<&[Value]> {
        match self.undynamic() {
            Self::List(elements) | Self::Tuple(elements) => Some(elements),
            Self::Set(elements) => Some(elements.as_slice()),
            _ => None,
        }
    }

    /// The entries of a known map or object; none for anything else.
    pub fn entries(&self) -> Option<&BTreeMap<String, Value>> {
        match self.undynamic() {
            Self::Map(entries) | Self::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value inside a dynamic one, or the value itself.
    pub fn undynamic(&self) -> &Value {
        match self {
            Self::Dynamic(typed) => typed.1.undynamic(),
            other => other,
        }
    }

    fn children(&self) -> Box<dyn Iterator<Item = &Value> + '_> {
        match self.undynamic() {
            Self::List(elements) | Self::Tuple(elements) => Box::new(elements.iter()),
            Self::Set(elements) => Box::new(elements.as_slice().iter()),
            Self::Map(entries) | Self::Object(entries) => Box::new(entries.values()),
            _ => Box::new(std::iter::empty()),
        }
    }

    fn map_children(&self, change: &dyn Fn(&Value) -> Value) -> Value {
        let each = |elements: &[Value]| elements.iter().map(change).collect();
        let by_key = |entries: &BTreeMap<String, Value>| {
            entries
                .iter()
                .map(|(key, value)| (key.clone(), change(value)))
                .collect()
        };
        match self {
            Self::List(elements) => Self::List(each(elements)),
            Self::Tuple(elements) => Self::Tuple(each(elements)),
            Self::Set(elements) => Self::Set(elements.as_slice().iter().map(change).collect()),
            Self::Map(entries) => Self::Map(by_key(entries)),
            Self::Object(entries) => Self::Object(by_key(entries)),
            Self::Dynamic(typed) => Self::Dynamic(Box::new((typed.0.clone(), change(&typed.1)))),
            leaf => leaf.clone(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::string(text)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::int(value)
    }
}

#[cfg(test)]
mod tests;
