//! Terraform's types.

mod json;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::{EncodeProblem, Value, text};

/// What kind of value an attribute, element or argument takes.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Type {
    /// Unicode text, kept in normal form C.
    String,
    /// A decimal number of any size; there is no separate type for whole numbers.
    Number,
    /// True or false.
    Bool,
    /// Any type; the value carries its own.
    Dynamic,
    /// Elements of one type, in order.
    List(Box<Type>),
    /// Distinct elements of one type, without order.
    Set(Box<Type>),
    /// Elements of one type, by name.
    Map(Box<Type>),
    /// A fixed set of attributes, each with its own type.
    Object(ObjectType),
    /// A fixed number of elements, each with its own type.
    Tuple(Vec<Type>),
}

impl Type {
    /// A list of elements of this type.
    pub fn list(element: Self) -> Self {
        Self::List(Box::new(element))
    }

    /// A set of elements of this type.
    pub fn set(element: Self) -> Self {
        Self::Set(Box::new(element))
    }

    /// A map of elements of this type.
    pub fn map(element: Self) -> Self {
        Self::Map(Box::new(element))
    }

    /// An object of these attributes.
    pub fn object<N: Into<String>>(attributes: impl IntoIterator<Item = (N, Self)>) -> Self {
        Self::Object(ObjectType::new(attributes))
    }

    /// The object type, if it is one.
    pub fn as_object(&self) -> Option<&ObjectType> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Whether [`Type::Dynamic`] occurs in it.
    pub fn has_dynamic(&self) -> bool {
        match self {
            Self::Dynamic => true,
            Self::String | Self::Number | Self::Bool => false,
            Self::List(element) | Self::Set(element) | Self::Map(element) => element.has_dynamic(),
            Self::Object(object) => object.iter().any(|(_, attribute)| attribute.has_dynamic()),
            Self::Tuple(elements) => elements.iter().any(Self::has_dynamic),
        }
    }
}

impl fmt::Display for Type {
    /// As in a Terraform type constraint: `map(object({name = string}))`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String => formatter.write_str("string"),
            Self::Number => formatter.write_str("number"),
            Self::Bool => formatter.write_str("bool"),
            Self::Dynamic => formatter.write_str("any"),
            Self::List(element) => write!(formatter, "list({element})"),
            Self::Set(element) => write!(formatter, "set({element})"),
            Self::Map(element) => write!(formatter, "map({element})"),
            Self::Object(object) => {
                formatter.write_str("object({")?;
                for (position, (name, attribute)) in object.iter().enumerate() {
                    let separator = if position == 0 { "" } else { ", " };
                    write!(formatter, "{separator}{name} = {attribute}")?;
                }
                formatter.write_str("})")
            }
            Self::Tuple(elements) => {
                formatter.write_str("tuple([")?;
                for (position, element) in elements.iter().enumerate() {
                    let separator = if position == 0 { "" } else { ", " };
                    write!(formatter, "{separator}{element}")?;
                }
                formatter.write_str("])")
            }
        }
    }
}

/// The attributes of an object, ordered by name; the names are in normal form C. Copies share one table.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ObjectType(Arc<BTreeMap<String, Type>>);

impl ObjectType {
    /// An object type of these attributes.
    pub fn new<N: Into<String>>(attributes: impl IntoIterator<Item = (N, Type)>) -> Self {
        attributes
            .into_iter()
            .map(|(name, attribute)| (name.into(), attribute))
            .collect()
    }

    /// The type of an attribute.
    pub fn get(&self, name: &str) -> Option<&Type> {
        self.0.get(name)
    }

    /// The names and types of the attributes, by name.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Type)> {
        self.0
            .iter()
            .map(|(name, attribute)| (name.as_str(), attribute))
    }

    /// The names of the attributes, ordered.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether an object has exactly these attributes.
    pub(crate) fn check_names(
        &self,
        attributes: &BTreeMap<String, Value>,
    ) -> Result<(), EncodeProblem> {
        if attributes.keys().eq(self.0.keys()) {
            return Ok(());
        }
        if let Some(missing) = self.0.keys().find(|name| !attributes.contains_key(*name)) {
            return Err(EncodeProblem::MissingAttribute(missing.clone()));
        }
        match attributes.keys().find(|name| !self.0.contains_key(*name)) {
            Some(unsupported) => Err(EncodeProblem::UnsupportedAttribute(unsupported.clone())),
            None => Ok(()),
        }
    }

    /// How many attributes there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no attributes.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Brings the names to normal form C.
impl FromIterator<(String, Type)> for ObjectType {
    fn from_iter<I: IntoIterator<Item = (String, Type)>>(attributes: I) -> Self {
        let attributes = attributes
            .into_iter()
            .map(|(name, attribute)| (text::into_normalised(name), attribute));
        Self(Arc::new(attributes.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn displays_as_a_type_constraint() {
        let ty = Type::map(Type::object([
            ("tags", Type::set(Type::String)),
            ("any", Type::Dynamic),
            ("pair", Type::Tuple(vec![Type::Number, Type::Bool])),
        ]));
        assert_eq!(
            ty.to_string(),
            "map(object({any = any, pair = tuple([number, bool]), tags = set(string)}))"
        );
        assert!(ty.has_dynamic());
    }
}
