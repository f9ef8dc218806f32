//! One attribute of an object in a plan.

use std::fmt::{self, Display};

use serde_json::Value;

/// One attribute of an object in a plan.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Attribute<T> {
    /// It has no value.
    #[default]
    Null,
    /// Only the apply will tell.
    Unknown,
    /// It has a value.
    Known(T),
    /// It has a value that must not be shown.
    Sensitive(T),
}

impl<T> Attribute<T> {
    /// The value, for decisions and never for a report.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Known(value) | Self::Sensitive(value) => Some(value),
            Self::Null | Self::Unknown => None,
        }
    }

    /// Whether only the apply will tell.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// Whether it must not be shown.
    pub fn is_sensitive(&self) -> bool {
        matches!(self, Self::Sensitive(_))
    }
}

impl<T: PartialEq> Attribute<T> {
    /// Whether it is known to have this value.
    pub fn is(&self, value: &T) -> bool {
        self.value() == Some(value)
    }

    /// Whether both are known to say the same, shown or not.
    pub fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Unknown, _) | (_, Self::Unknown) => false,
            _ => self.value() == other.value(),
        }
    }
}

impl<T: Display> Display for Attribute<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("none"),
            Self::Unknown => formatter.write_str("(known after apply)"),
            Self::Sensitive(_) => formatter.write_str("(sensitive)"),
            Self::Known(value) => value.fmt(formatter),
        }
    }
}

/// A type that an attribute may have.
pub(super) trait Readable: Sized {
    /// Reads a value that is there; `None` where it has another type.
    fn read(value: Value) -> Option<Self>;
}

impl Readable for String {
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

impl Readable for i64 {
    fn read(value: Value) -> Option<Self> {
        value.as_i64()
    }
}

impl Readable for bool {
    fn read(value: Value) -> Option<Self> {
        value.as_bool()
    }
}
