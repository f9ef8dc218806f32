//! Looking into a value.

use std::collections::BTreeMap;

use super::Value;
use crate::{Number, Path, Step};

impl Value {
    /// Whether there is no value; a typed null is one too.
    pub fn is_null(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Dynamic(dynamic) => dynamic.value.is_null(),
            _ => false,
        }
    }

    /// Whether the value as a whole is decided later; parts of a known value may still be.
    pub fn is_unknown(&self) -> bool {
        match self {
            Self::Unknown(_) => true,
            Self::Dynamic(dynamic) => dynamic.value.is_unknown(),
            _ => false,
        }
    }

    /// Whether neither the value nor any part of it is unknown.
    pub fn is_wholly_known(&self) -> bool {
        match self {
            Self::Unknown(_) => false,
            Self::Null | Self::String(_) | Self::Number(_) | Self::Bool(_) => true,
            Self::List(elements) | Self::Set(elements) | Self::Tuple(elements) => {
                elements.iter().all(Self::is_wholly_known)
            }
            Self::Map(elements) | Self::Object(elements) => {
                elements.values().all(Self::is_wholly_known)
            }
            Self::Dynamic(dynamic) => dynamic.value.is_wholly_known(),
        }
    }

    /// The text, if it is a known string.
    pub fn as_str(&self) -> Option<&str> {
        match self.undressed() {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is a known one.
    pub fn as_number(&self) -> Option<&Number> {
        match self.undressed() {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The truth value, if it is a known one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.undressed() {
            Self::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    /// The elements, if it is a known list, set or tuple.
    pub fn as_elements(&self) -> Option<&[Self]> {
        match self.undressed() {
            Self::List(elements) | Self::Set(elements) | Self::Tuple(elements) => Some(elements),
            _ => None,
        }
    }

    /// The elements, if it is a known map.
    pub fn as_map(&self) -> Option<&BTreeMap<String, Self>> {
        match self.undressed() {
            Self::Map(elements) => Some(elements),
            _ => None,
        }
    }

    /// The attributes, if it is a known object.
    pub fn as_object(&self) -> Option<&BTreeMap<String, Self>> {
        match self.undressed() {
            Self::Object(attributes) => Some(attributes),
            _ => None,
        }
    }

    /// The attributes, to change, if it is a known object.
    pub fn as_object_mut(&mut self) -> Option<&mut BTreeMap<String, Self>> {
        match self {
            Self::Object(attributes) => Some(attributes),
            Self::Dynamic(dynamic) => dynamic.value.as_object_mut(),
            _ => None,
        }
    }

    /// The part at a path; none if the path leaves the value, through null or unknown as well. Elements
    /// of sets cannot be addressed.
    pub fn get(&self, path: &Path) -> Option<&Self> {
        path.steps()
            .iter()
            .try_fold(self, |value, step| value.child(step))
    }

    /// The part at a path, to change.
    pub fn get_mut(&mut self, path: &Path) -> Option<&mut Self> {
        path.steps()
            .iter()
            .try_fold(self, |value, step| value.child_mut(step))
    }

    fn child(&self, step: &Step) -> Option<&Self> {
        match (self.undressed(), step) {
            (Self::Object(parts), Step::Attribute(name)) | (Self::Map(parts), Step::Key(name)) => {
                parts.get(name)
            }
            (Self::List(parts) | Self::Tuple(parts), Step::Index(index)) => {
                parts.get(usize::try_from(*index).ok()?)
            }
            _ => None,
        }
    }

    fn child_mut(&mut self, step: &Step) -> Option<&mut Self> {
        match (self, step) {
            (Self::Dynamic(dynamic), step) => dynamic.value.child_mut(step),
            (Self::Object(parts), Step::Attribute(name)) | (Self::Map(parts), Step::Key(name)) => {
                parts.get_mut(name)
            }
            (Self::List(parts) | Self::Tuple(parts), Step::Index(index)) => {
                parts.get_mut(usize::try_from(*index).ok()?)
            }
            _ => None,
        }
    }

    /// What kind of value it is, for messages; never the value itself.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Unknown(_) => "an unknown value",
            Self::String(_) => "a string",
            Self::Number(_) => "a number",
            Self::Bool(_) => "a bool",
            Self::List(_) => "a list",
            Self::Set(_) => "a set",
            Self::Tuple(_) => "a tuple",
            Self::Map(_) => "a map",
            Self::Object(_) => "an object",
            Self::Dynamic(_) => "a value with its type",
        }
    }

    /// The value without the type it carries.
    fn undressed(&self) -> &Self {
        match self {
            Self::Dynamic(dynamic) => dynamic.value.undressed(),
            value => value,
        }
    }
}
