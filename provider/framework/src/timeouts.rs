//! The `timeouts` attribute: how long the operations of a resource may take.
//!
//! The protocol knows nothing of it; it is an ordinary nested attribute by convention, with durations as
//! Go writes them (`"30m"`, `"1h30m"`).

mod duration;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

use tfplugin_values::{Type, Value};

use crate::field::{AttributeReader, Field, FieldType, IntoValue, Mismatch, Mismatches};
use crate::schema::Attribute;
use crate::validators;

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
}

/// The attribute `timeouts`, with one optional duration for each of the operations.
pub fn attribute(operations: &[Operation]) -> Attribute {
    Attribute::nested_single(operations.iter().map(|operation| {
        let name = operation.name();
        let attribute = Attribute::string()
            .optional()
            .validate(validators::parses_as::<GoDuration>())
            .describe(format!(
                "How long to wait for {name}, as a number with a unit such as `30s`, `10m` or `1h30m`."
            ));
        (name, attribute)
    }))
    .optional()
    .describe("How long operations may take.")
}

/// The value of the attribute `timeouts`; the type of a model's field of that name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeouts {
    /// One entry for each operation of the schema.
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
        Value::Object(
            self.durations
                .into_iter()
                .map(|(operation, duration)| (operation.name().to_owned(), duration.into_value()))
                .collect(),
        )
    }
}

impl FieldType for Timeouts {
    fn check_type(ty: &Type) -> Result<(), Mismatch> {
        let Type::Object(object) = ty else {
            return Err(Mismatch::new("the attribute made by `timeouts::attribute`"));
        };
        let known = object.iter().all(|(name, ty)| {
            *ty == Type::String
                && Operation::ALL
                    .iter()
                    .any(|operation| operation.name() == name)
        });
        if known {
            Ok(())
        } else {
            Err(Mismatch::new("the attribute made by `timeouts::attribute`"))
        }
    }

    fn from_value(value: &Value) -> Result<Self, Mismatches> {
        let Value::Object(attributes) = value else {
            return Err(Mismatch::new("an object").into());
        };
        let present: Vec<Operation> = Operation::ALL
            .into_iter()
            .filter(|operation| attributes.contains_key(operation.name()))
            .collect();
        let mut reader = AttributeReader::new(attributes);
        let durations = present
            .into_iter()
            .map(|operation| (operation, reader.read(operation.name())))
            .collect();
        reader.finish(Self { durations })
    }
}
