//! Typed access to configuration, plan and state: what a resource author reads and writes instead of
//! values and string keys.

mod collections;
mod convert;
mod mismatch;
mod model;
mod numbers;
mod reader;
mod restore;
mod secrets;

#[cfg(test)]
mod tests;

use std::borrow::Borrow;

pub use self::collections::SetOf;
pub use self::convert::{FieldType, IntoValue};
pub use self::mismatch::{Mismatch, Mismatches};
pub use self::model::{Model, ModelField};
#[doc(hidden)]
pub use self::model::{attribute_name, check_model_type};
pub use self::reader::AttributeReader;
#[doc(hidden)]
pub use self::restore::write_attribute;

/// The value of one attribute. The three cases are never the same thing: *null* is left out or
/// explicitly `null`, *unknown* will be known after apply, and an empty string or list is known.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Field<T> {
    /// Left out of the configuration, or absent in the state.
    #[default]
    Null,
    /// Not known before apply.
    Unknown,
    /// A value.
    Known(T),
}

impl<T> Field<T> {
    /// The value, where there is one.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Null | Self::Unknown => None,
        }
    }

    /// The value itself, where there is one.
    pub fn into_known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Null | Self::Unknown => None,
        }
    }

    /// The value, or another in its place.
    pub fn known_or(self, other: T) -> T {
        self.into_known().unwrap_or(other)
    }

    /// Whether it is null.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether it is unknown.
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// Whether it has a value.
    pub const fn is_known(&self) -> bool {
        matches!(self, Self::Known(_))
    }

    /// Whether it has exactly this value.
    pub fn is<Q>(&self, value: &Q) -> bool
    where
        T: Borrow<Q>,
        Q: PartialEq + ?Sized,
    {
        matches!(self, Self::Known(known) if known.borrow() == value)
    }

    /// Borrows the value.
    pub const fn as_ref(&self) -> Field<&T> {
        match self {
            Self::Null => Field::Null,
            Self::Unknown => Field::Unknown,
            Self::Known(value) => Field::Known(value),
        }
    }

    /// Changes the value; null and unknown stay what they are.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Field<U> {
        match self {
            Self::Null => Field::Null,
            Self::Unknown => Field::Unknown,
            Self::Known(value) => Field::Known(change(value)),
        }
    }

    /// Changes the value by a function that may fail or answer null or unknown.
    pub fn and_then<U>(self, change: impl FnOnce(T) -> Field<U>) -> Field<U> {
        match self {
            Self::Null => Field::Null,
            Self::Unknown => Field::Unknown,
            Self::Known(value) => change(value),
        }
    }

    /// Sets a value.
    pub fn set(&mut self, value: impl Into<T>) {
        *self = Self::Known(value.into());
    }

    /// Sets a value where there is none yet known, and leaves a known one alone.
    pub fn set_if_unknown(&mut self, value: impl Into<T>) {
        if self.is_unknown() {
            self.set(value);
        }
    }
}

impl Field<String> {
    /// The text, where there is one.
    pub fn as_str(&self) -> Option<&str> {
        self.known().map(String::as_str)
    }
}

impl<T> From<Option<T>> for Field<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Known)
    }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

impl From<&str> for Field<String> {
    fn from(value: &str) -> Self {
        Self::Known(value.to_owned())
    }
}
