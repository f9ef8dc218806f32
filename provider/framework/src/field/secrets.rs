//! Text that must never be printed: a field of this type has a redacted `Debug`.

use secrecy::{ExposeSecret, SecretString};
use tfplugin_values::{Type, Value};

use super::{FieldType, IntoValue, Mismatch, Mismatches};

impl IntoValue for SecretString {
    fn into_value(self) -> Value {
        Value::String(self.expose_secret().to_owned())
    }
}

impl FieldType for SecretString {
    fn check_type(ty: &Type) -> Result<(), Mismatch> {
        String::check_type(ty)
    }

    fn from_value(value: &Value) -> Result<Self, Mismatches> {
        String::from_value(value).map(Self::from)
    }
}
