//! Validators of attributes: each looks at one value and says what is wrong with it.
//!
//! They are asked about known values that are not null only; required attributes, types and duplicates
//! are the framework's own business. Rules between attributes belong into
//! [`Resource::validate`](crate::Resource::validate), with the helpers of [`combinations`].

mod collections;
pub mod combinations;
mod numbers;
mod text;

#[cfg(test)]
mod tests;

use tfplugin_values::{Path, Value};

use crate::diagnostics::{Diagnostic, Diagnostics};

pub use self::collections::{each, size_at_least, size_at_most};
pub use self::numbers::{at_least, at_most, between, whole_number};
pub use self::text::{length_between, not_empty, one_of, parses_as};

/// Looks at one value.
pub trait Validator: Send + Sync {
    /// Looks at a value that is neither null nor unknown; elements inside of it may be both.
    fn validate(&self, check: &mut Check<'_>);
}

/// The value under examination, and where to report.
#[derive(Debug)]
pub struct Check<'a> {
    /// The value: neither null nor unknown.
    pub value: &'a Value,
    /// Where it stands.
    pub path: &'a Path,
    /// Whether the value must not be printed.
    pub sensitive: bool,
    /// Where to report.
    pub diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    /// Reports an error: the problem in a full sentence.
    pub fn error(&mut self, problem: impl Into<String>) {
        self.diagnostics.push(
            Diagnostic::error("Invalid value")
                .detail(problem)
                .at(self.path.clone()),
        );
    }

    /// The value as it may be shown to the user.
    pub fn shown(&self) -> String {
        match self.value {
            _ if self.sensitive => "the sensitive value".to_owned(),
            Value::String(text) => format!("{text:?}"),
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => flag.to_string(),
            _ => "the value".to_owned(),
        }
    }
}

/// A validator from a function that answers what is wrong, in a full sentence.
pub fn check<F, E>(examine: F) -> impl Validator
where
    F: Fn(&Value) -> Result<(), E> + Send + Sync,
    E: std::fmt::Display,
{
    Function(move |value: &Value| examine(value).map_err(|problem| problem.to_string()))
}

struct Function<F>(F);

impl<F: Fn(&Value) -> Result<(), String> + Send + Sync> Validator for Function<F> {
    fn validate(&self, check: &mut Check<'_>) {
        if let Err(problem) = (self.0)(check.value) {
            check.error(problem);
        }
    }
}
