//! Making values.

use super::{DynamicValue, Refinements, Value};
use crate::{Number, Type, text};

impl Value {
    /// Text, brought to normal form C.
    pub fn string(text: impl Into<String>) -> Self {
        Self::String(text::into_normalised(text.into()))
    }

    /// An unknown value of which nothing is sure.
    pub const fn unknown() -> Self {
        Self::Unknown(Refinements::none())
    }

    /// An object of these attributes, the names brought to normal form C.
    pub fn object<N: Into<String>>(attributes: impl IntoIterator<Item = (N, Self)>) -> Self {
        Self::Object(
            attributes
                .into_iter()
                .map(|(name, value)| (text::into_normalised(name.into()), value))
                .collect(),
        )
    }

    /// A map of these elements, the keys brought to normal form C.
    pub fn map<N: Into<String>>(elements: impl IntoIterator<Item = (N, Self)>) -> Self {
        Self::Map(
            elements
                .into_iter()
                .map(|(key, value)| (text::into_normalised(key.into()), value))
                .collect(),
        )
    }

    /// A value that carries its type.
    pub fn dynamic(ty: Type, value: Self) -> Self {
        Self::Dynamic(Box::new(DynamicValue { ty, value }))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::string(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::string(text)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

macro_rules! from_integers {
    ($($integer:ty),+) => {$(
        impl From<$integer> for Value {
            fn from(integer: $integer) -> Self {
                Self::Number(Number::from(integer))
            }
        }
    )+};
}

from_integers!(i32, i64, u8, u16, u32, u64);

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
