//! The seam between Rust types and Terraform values.

use tfplugin_values::{Type, Value};

use super::{Field, Mismatch, Mismatches};

/// A Rust value that can become a Terraform value.
pub trait IntoValue {
    /// The Terraform value.
    fn into_value(self) -> Value;
}

/// A Rust type that an attribute's value can be read into and written from.
///
/// It is implemented for strings, booleans, numbers, `Vec` (a list), `BTreeSet` and [`super::SetOf`] (a
/// set), `BTreeMap<String, _>` (a map), models (objects), [`Field`] (an element that may be null or
/// unknown) and [`Value`] itself. Implement it for a type of your own to have models parse once.
pub trait FieldType: IntoValue + Clone + Send + Sync + Sized + 'static {
    /// Whether a schema type suits this Rust type; the error names what does not.
    fn check_type(ty: &Type) -> Result<(), Mismatch>;

    /// Reads a value that is neither null nor unknown.
    fn from_value(value: &Value) -> Result<Self, Mismatches>;

    /// Reads a value inside a collection, where null and unknown have no field to be in.
    fn from_element(value: &Value) -> Result<Self, Mismatches> {
        match value {
            Value::Null => Err(Mismatch::new("a value, not null").into()),
            Value::Unknown(_) => Err(Mismatch::unknown().into()),
            value => Self::from_value(value),
        }
    }
}

impl<T: IntoValue> IntoValue for Field<T> {
    fn into_value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Unknown => Value::unknown(),
            Self::Known(value) => value.into_value(),
        }
    }
}

impl<T: FieldType> FieldType for Field<T> {
    fn check_type(ty: &Type) -> Result<(), Mismatch> {
        T::check_type(ty)
    }

    fn from_value(value: &Value) -> Result<Self, Mismatches> {
        T::from_value(value).map(Self::Known)
    }

    fn from_element(value: &Value) -> Result<Self, Mismatches> {
        match value {
            Value::Null => Ok(Self::Null),
            Value::Unknown(_) => Ok(Self::Unknown),
            value => Self::from_value(value),
        }
    }
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl FieldType for Value {
    fn check_type(_: &Type) -> Result<(), Mismatch> {
        Ok(())
    }

    fn from_value(value: &Value) -> Result<Self, Mismatches> {
        Ok(value.clone())
    }

    fn from_element(value: &Value) -> Result<Self, Mismatches> {
        Ok(value.clone())
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::from(self)
    }
}

impl IntoValue for &str {
    fn into_value(self) -> Value {
        Value::from(self)
    }
}

impl FieldType for String {
    fn check_type(ty: &Type) -> Result<(), Mismatch> {
        expect_type(ty, &Type::String, "a string attribute")
    }

    fn from_value(value: &Value) -> Result<Self, Mismatches> {
        match value {
            Value::String(text) => Ok(text.clone()),
            _ => Err(Mismatch::new("a string").into()),
        }
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        Value::Bool(self)
    }
}

impl FieldType for bool {
    fn check_type(ty: &Type) -> Result<(), Mismatch> {
        expect_type(ty, &Type::Bool, "a boolean attribute")
    }

    fn from_value(value: &Value) -> Result<Self, Mismatches> {
        match value {
            Value::Bool(flag) => Ok(*flag),
            _ => Err(Mismatch::new("true or false").into()),
        }
    }
}

/// Whether the schema has the type that a Rust type stands for.
pub(super) fn expect_type(ty: &Type, expected: &Type, wanted: &str) -> Result<(), Mismatch> {
    if ty == expected {
        Ok(())
    } else {
        Err(Mismatch::new(wanted))
    }
}
