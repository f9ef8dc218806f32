//! Validators of numbers.

use tfplugin_values::{Number, Value};

use super::{Check, Validator};

/// A whole number within bounds, both included.
pub fn between(least: i64, greatest: i64) -> impl Validator {
    WholeNumber {
        least: Some(least),
        greatest: Some(greatest),
    }
}

/// A whole number that is not less.
pub fn at_least(least: i64) -> impl Validator {
    WholeNumber {
        least: Some(least),
        greatest: None,
    }
}

/// A whole number that is not greater.
pub fn at_most(greatest: i64) -> impl Validator {
    WholeNumber {
        least: None,
        greatest: Some(greatest),
    }
}

/// A whole number of any size.
pub fn whole_number() -> impl Validator {
    WholeNumber {
        least: None,
        greatest: None,
    }
}

struct WholeNumber {
    least: Option<i64>,
    greatest: Option<i64>,
}

impl Validator for WholeNumber {
    fn validate(&self, check: &mut Check<'_>) {
        let Value::Number(number) = check.value else {
            return;
        };
        let fits = number.is_integer()
            && self
                .least
                .is_none_or(|least| *number >= Number::from(least))
            && self
                .greatest
                .is_none_or(|greatest| *number <= Number::from(greatest));
        if !fits {
            let range = match (self.least, self.greatest) {
                (Some(least), Some(greatest)) => format!(" from {least} to {greatest}"),
                (Some(least), None) => format!(" of at least {least}"),
                (None, Some(greatest)) => format!(" of at most {greatest}"),
                (None, None) => String::new(),
            };
            check.error(format!(
                "Write a whole number{range}; got {}.",
                check.shown()
            ));
        }
    }
}
