//! What is known about an unknown value.

use super::{Number, Value};

/// Promises about an unknown value; the default promises nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refinements {
    /// The value will not be null.
    pub not_null: bool,
    /// The text will begin with this.
    pub string_prefix: Option<String>,
    /// The number will be at least this; `true` when the bound itself is allowed.
    pub number_lower: Option<(Number, bool)>,
    /// The number will be at most this; `true` when the bound itself is allowed.
    pub number_upper: Option<(Number, bool)>,
    /// The collection will have at least so many elements.
    pub length_lower: Option<i64>,
    /// The collection will have at most so many elements.
    pub length_upper: Option<i64>,
}

impl Refinements {
    /// Only the promise that the value will not be null.
    pub fn not_null() -> Self {
        Self {
            not_null: true,
            ..Self::default()
        }
    }

    /// Whether nothing is promised.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a value keeps every promise; an unknown one is given the benefit of the doubt.
    pub fn include(&self, value: &Value) -> bool {
        match value.undynamic() {
            Value::Null => !self.not_null,
            Value::Unknown(_) => true,
            Value::String(text) => self
                .string_prefix
                .as_ref()
                .is_none_or(|prefix| text.starts_with(prefix)),
            Value::Number(number) => self.includes_number(number),
            other => other
                .elements()
                .map(<[Value]>::len)
                .or_else(|| other.entries().map(std::collections::BTreeMap::len))
                .and_then(|length| i64::try_from(length).ok())
                .is_none_or(|length| self.includes_length(length)),
        }
    }

    fn includes_number(&self, number: &Number) -> bool {
        let above = self
            .number_lower
            .as_ref()
            .is_none_or(|(bound, inclusive)| number > bound || (*inclusive && number == bound));
        let below = self
            .number_upper
            .as_ref()
            .is_none_or(|(bound, inclusive)| number < bound || (*inclusive && number == bound));
        above && below
    }

    fn includes_length(&self, length: i64) -> bool {
        self.length_lower.is_none_or(|bound| length >= bound)
            && self.length_upper.is_none_or(|bound| length <= bound)
    }
}
