//! What is stored between commands, in the shape of Terraform's state file.

mod text;

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::codec::json;
use crate::core::ResourceSchema;
use crate::value::{PathError, Value};

/// Every stored object.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct State {
    /// The current object of each address.
    pub resources: BTreeMap<String, StoredObject>,
    /// Objects whose replacement exists already but which are still to be destroyed.
    #[serde(default)]
    pub deposed: Vec<(String, StoredObject)>,
}

/// One object as stored: values as JSON under the schema version they were written with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredObject {
    /// Resource type.
    pub type_name: String,
    /// Version of the schema `attributes` follows.
    pub schema_version: i64,
    /// The value, as JSON text.
    #[serde(with = "text::json")]
    pub attributes: String,
    /// The provider's own bytes.
    #[serde(with = "text::base64")]
    pub private: Bytes,
    /// The identity, as JSON text.
    #[serde(
        default,
        with = "text::optional_json",
        skip_serializing_if = "Option::is_none"
    )]
    pub identity: Option<String>,
    /// Version of the identity schema `identity` follows.
    #[serde(default)]
    pub identity_schema_version: i64,
    /// Whether a failed create left it to be replaced.
    #[serde(default)]
    pub tainted: bool,
    /// Addresses it was created after, and must be destroyed before.
    #[serde(default)]
    pub dependencies: Vec<String>,
}

/// One object as commands handle it.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// Its value, of the schema's type.
    pub value: Value,
    /// The provider's own bytes.
    pub private: Bytes,
    /// Its identity; null when it has none.
    pub identity: Value,
    /// Whether a failed create left it to be replaced.
    pub tainted: bool,
}

impl StoredObject {
    /// The stored form of an object. Write-only values must be gone by now.
    pub fn new(
        type_name: &str,
        schema: &ResourceSchema,
        object: &Object,
        dependencies: Vec<String>,
    ) -> Result<Self, PathError> {
        let identity = match &schema.identity {
            Some(identity) if !object.identity.is_null() => {
                Some(json::encode(&object.identity, &identity.implied_type())?)
            }
            _ => None,
        };
        Ok(Self {
            type_name: type_name.to_owned(),
            schema_version: schema.schema.version,
            attributes: json::encode(&object.value, &schema.schema.implied_type())?,
            private: object.private.clone(),
            identity,
            identity_schema_version: schema.identity.as_ref().map_or(0, |it| it.version),
            tainted: object.tainted,
            dependencies,
        })
    }
}

impl State {
    /// Whether nothing is stored.
    pub fn is_empty(&self) -> bool {
        self.resources.is_empty() && self.deposed.is_empty()
    }

    /// The state as JSON text.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }

    /// Reads the state from JSON text.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;
    use crate::schema::build::{block, computed, optional};
    use crate::value::Type;

    #[test]
    fn the_state_survives_its_json_form() {
        let block = block([
            ("id", computed(Type::String)),
            ("n", optional(Type::Number)),
        ]);
        let schema = ResourceSchema {
            schema: Schema { version: 3, block },
            identity: None,
        };
        let object = Object {
            value: Value::object([
                ("id", "1".into()),
                (
                    "n",
                    Value::Number("0.1234567890123456789012345".parse().unwrap()),
                ),
            ]),
            private: Bytes::from_static(b"\x00\xff"),
            identity: Value::Null,
            tainted: true,
        };
        let stored = StoredObject::new("t_x", &schema, &object, vec!["t_y.a".into()]).unwrap();
        let state = State {
            resources: [("t_x.a".into(), stored)].into(),
            deposed: Vec::new(),
        };

        let text = state.to_json().unwrap();
        let read = State::from_json(&text).unwrap();

        assert_eq!(read.resources, state.resources);
        assert!(
            text.contains(r#""n":0.1234567890123456789012345"#),
            "{text}"
        );
        let value = json::decode(
            read.resources["t_x.a"].attributes.as_bytes(),
            &schema.schema.implied_type(),
        );
        assert_eq!(value, Ok(object.value));
    }

    #[test]
    fn unknown_values_cannot_be_stored() {
        let block = block([("id", computed(Type::String))]);
        let schema = ResourceSchema {
            schema: Schema { version: 0, block },
            identity: None,
        };
        let object = Object {
            value: Value::object([("id", Value::unknown())]),
            private: Bytes::new(),
            identity: Value::Null,
            tainted: false,
        };
        let error = StoredObject::new("t_x", &schema, &object, Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), ".id: value is not known");
    }
}
