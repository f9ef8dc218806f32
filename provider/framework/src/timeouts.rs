//! The `timeouts` attribute: how long the operations of a resource may take.
//!
//! The protocol knows nothing of it; it is an ordinary attribute by convention, with durations as Go writes them
//! (`"30m"`, `"1h30m"`). It is a map and has no nested attributes, because Terraform 1.0 crashes on a single nested
//! attribute that is null; the configuration is written the same either way.

mod duration;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

use tfplugin_values::{Type, Value};

use crate::diagnostics::Diagnostic;
use crate::field::{Field, FieldType, IntoValue, Mismatch, Mismatches};
use crate::schema::Attribute;
use crate::validators::{self, Check, Validator};

pub use self::duration::{GoDuration, InvalidDuration};

/// An operation that may have a timeout.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Operation {
    /// Creating the object.
    Create,
    /// Reading the object.
    Read,
    /// Updating the object.
    Update,
    /// Deleting the object.
    Delete,
}

impl Operation {
    const ALL: [Self; 4] = [Self::Create, Self::Read, Self::Update, Self::Delete];

    const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Read => "read",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|operation| operation.name() == name)
    }
}

/// The attribute `timeouts`, with one optional duration for each of the operations.
pub fn attribute(operations: &[Operation]) -> Attribute {
    let names: Vec<&str> = operations
        .iter()
        .map(|operation| operation.name())
        .collect();
    let described = format!(
        "How long operations may take: {} with a duration such as `30s`, `10m` or `1h30m`.",
        listed(&names)
    );
    Attribute::map(Type::String)
        .optional()
        .validate(Keys(names))
        .validate(validators::each(validators::parses_as::<GoDuration>()))
        .describe(described)
}

/// No other keys than these.
struct Keys(Vec<&'static str>);

impl Validator for Keys {
    fn validate(&self, check: &mut Check<'_>) {
        let Value::Map(durations) = check.value else {
            return;
        };
        for key in durations.keys() {
            if !self.0.contains(&key.as_str()) {
                let problem = format!(
                    "There is no timeout {key:?} here: write {}.",
                    listed(&self.0)
                );
                let path = check.path.clone().key(key);
                check
                    .diagnostics
                    .push(Diagnostic::error("Invalid value").detail(problem).at(path));
            }
        }
    }
}

/// `` `create`, `read` or `delete` ``.
fn listed(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => names.concat(),
    }
}

/// The value of the attribute `timeouts`; the type of a model's field of that name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeouts {
    /// One entry for each operation that the user named.
    durations: BTreeMap<Operation, Field<GoDuration>>,
}

impl Field<Timeouts> {
    /// The timeout of an operation, or the provider's own where the user set none.
    pub fn get_or(&self, operation: Operation, default: Duration) -> Duration {
        self.known()
            .and_then(|timeouts| timeouts.durations.get(&operation))
            .and_then(Field::known)
            .map_or(default, GoDuration::duration)
    }
}

impl IntoValue for Timeouts {
    fn into_value(self) -> Value {
        Value::Map(
            self.durations
                .into_iter()
                .map(|(operation, duration)| (operation.name().to_owned(), duration.into_value()))
                .collect(),
        )
    }
}

impl FieldType for Timeouts {
    fn check_type(ty: &Type) -> Result<(), Mismatch> {
        match ty {
            Type::Map(element) if **element == Type::String => Ok(()),
            _ => Err(Mismatch::new("the attribute made by `timeouts::attribute`")),
        }
    }

    /// Passes over keys that are no operations: the attribute's own validator refuses them, with their place.
    fn from_value(value: &Value) -> Result<Self, Mismatches> {
        let durations = BTreeMap::<String, Field<GoDuration>>::from_value(value)?
            .into_iter()
            .filter_map(|(key, duration)| Some((Operation::named(&key)?, duration)))
            .collect();
        Ok(Self { durations })
    }
}
