//! A configured value before any schema has been applied to it.

use std::collections::{BTreeMap, BTreeSet};

use crate::value::{Number, Path, Refinements, Value};

/// What stands on the right of an argument.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// `null`, which is the same as leaving the argument out.
    Null,
    /// A value known only after apply.
    Unknown(Refinements),
    /// Text.
    String(String),
    /// A number.
    Number(Number),
    /// A boolean.
    Bool(bool),
    /// A list, set, tuple or repeated block.
    List(Vec<Input>),
    /// A map, object or block.
    Object(BTreeMap<String, Input>),
    /// An attribute of another resource; it makes the resource depend on that one.
    Reference(String, Path),
}

/// `null`.
pub fn null() -> Input {
    Input::Null
}

/// A value nothing is known about.
pub fn unknown() -> Input {
    Input::Unknown(Refinements::default())
}

/// An unknown value that will not be null.
pub fn unknown_not_null() -> Input {
    Input::Unknown(Refinements::not_null())
}

/// A number of any precision, from its decimal text; zero when the text is none.
pub fn number(text: &str) -> Input {
    text.parse().map_or(Input::Null, Input::Number)
}

/// An attribute of another resource, as `reference("imp_federated_domain.a", "domain_name")`.
pub fn reference(address: &str, attribute: &str) -> Input {
    Input::Reference(address.to_owned(), Path::attributes(attribute))
}

impl Input {
    /// An object of these arguments.
    pub fn object<'a>(arguments: impl IntoIterator<Item = (&'a str, Input)>) -> Self {
        let plain = |name: &str| name.strip_prefix("r#").unwrap_or(name).to_owned();
        Self::Object(
            arguments
                .into_iter()
                .map(|(name, value)| (plain(name), value))
                .collect(),
        )
    }

    /// The object with one more argument, or another value for one it has.
    #[must_use]
    pub fn with(self, name: &str, value: impl Into<Input>) -> Self {
        let mut arguments = match self {
            Self::Object(arguments) => arguments,
            _ => BTreeMap::new(),
        };
        arguments.insert(name.to_owned(), value.into());
        Self::Object(arguments)
    }

    /// The addresses of every resource referred to.
    pub fn references(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        self.collect_references(&mut found);
        found
    }

    fn collect_references(&self, found: &mut BTreeSet<String>) {
        match self {
            Self::Reference(address, _) => {
                found.insert(address.clone());
            }
            Self::List(elements) => {
                for element in elements {
                    element.collect_references(found);
                }
            }
            Self::Object(arguments) => {
                for argument in arguments.values() {
                    argument.collect_references(found);
                }
            }
            _ => {}
        }
    }
}

impl From<&Value> for Input {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Unknown(refinements) => Self::Unknown(refinements.clone()),
            Value::String(text) => Self::String(text.clone()),
            Value::Number(number) => Self::Number(number.clone()),
            Value::Bool(value) => Self::Bool(*value),
            Value::List(elements) | Value::Tuple(elements) => {
                Self::List(elements.iter().map(Self::from).collect())
            }
            Value::Set(elements) => {
                Self::List(elements.as_slice().iter().map(Self::from).collect())
            }
            Value::Map(entries) | Value::Object(entries) => Self::Object(
                entries
                    .iter()
                    .map(|(key, value)| (key.clone(), Self::from(value)))
                    .collect(),
            ),
            Value::Dynamic(typed) => Self::from(&typed.1),
        }
    }
}

impl From<&str> for Input {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Input {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<&String> for Input {
    fn from(text: &String) -> Self {
        Self::String(text.clone())
    }
}

impl From<bool> for Input {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i32> for Input {
    fn from(value: i32) -> Self {
        Self::Number(i64::from(value).into())
    }
}

impl From<i64> for Input {
    fn from(value: i64) -> Self {
        Self::Number(value.into())
    }
}

impl From<u16> for Input {
    fn from(value: u16) -> Self {
        Self::Number(i64::from(value).into())
    }
}

impl From<Value> for Input {
    fn from(value: Value) -> Self {
        Self::from(&value)
    }
}

impl<T: Into<Input>> From<Option<T>> for Input {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Input>> From<Vec<T>> for Input {
    fn from(elements: Vec<T>) -> Self {
        Self::List(elements.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Input>, const N: usize> From<[T; N]> for Input {
    fn from(elements: [T; N]) -> Self {
        Self::List(elements.into_iter().map(Into::into).collect())
    }
}

impl From<serde_json::Value> for Input {
    fn from(json: serde_json::Value) -> Self {
        match json {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(value) => Self::Bool(value),
            serde_json::Value::Number(value) => number(&value.to_string()),
            serde_json::Value::String(text) => Self::String(text),
            serde_json::Value::Array(elements) => elements.into(),
            serde_json::Value::Object(entries) => Self::Object(
                entries
                    .into_iter()
                    .map(|(key, value)| (key, value.into()))
                    .collect(),
            ),
        }
    }
}
