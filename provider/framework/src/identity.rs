//! Resource identity: the few attributes that name an object for ever, apart from its state.
//!
//! Terraform 1.12 and later store it and import by it. It is shown in output, so that it never holds a
//! secret.

mod schema;
mod upgrade;

use tfplugin_values::Value;

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::field::{Field, FieldType, IntoValue, Model};

pub(crate) use self::schema::CheckedIdentity;
pub use self::schema::{IdentityAttribute, IdentitySchema};
pub use self::upgrade::IdentityUpgrade;

/// The identity of one object.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity(pub(crate) Value);

impl Identity {
    /// An identity without attributes; add them with [`Self::with`].
    pub fn new() -> Self {
        Self(Value::Object(std::collections::BTreeMap::new()))
    }

    /// From a model whose fields are the identity's attributes.
    pub fn from_model(model: impl Model) -> Self {
        Self(model.into_object())
    }

    /// Sets an attribute.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl IntoValue) -> Self {
        if let Value::Object(attributes) = &mut self.0 {
            attributes.insert(name.to_owned(), value.into_value());
        }
        self
    }

    /// Reads an attribute: null where the identity has none of that name. One that is of another type is an error.
    pub fn get<T: FieldType>(&self, name: &str) -> Result<Field<T>, Diagnostics> {
        match &self.0 {
            Value::Object(attributes) => match attributes.get(name) {
                Some(value) => Ok(Field::from_element(value)?),
                None => Ok(Field::Null),
            },
            _ => Ok(Field::Null),
        }
    }

    /// Reads the attribute that an import needs; the error tells the user that it is missing.
    pub fn require<T: FieldType>(&self, name: &str) -> Result<T, Diagnostics> {
        self.get(name)?.into_known().ok_or_else(|| {
            Diagnostic::error("Incomplete identity")
                .detail(format!("The identity needs a value for {name:?}."))
                .into()
        })
    }

    /// Reads a model whose fields are the identity's attributes. One that is of another type is an error.
    pub fn to_model<M: Model>(&self) -> Result<M, Diagnostics> {
        Ok(M::from_object(&self.0)?)
    }
}

impl Default for Identity {
    fn default() -> Self {
        Self::new()
    }
}
