//! The resource `test_thing`: its schema, and what it is like remotely.

use tfplugin_protocol::tfplugin6::{self as wire, DynamicValue, schema};

use crate::codec;
use crate::value::{Type, Value};

/// The attributes, with their flags: name, type, required, optional, computed, write-only.
const ATTRIBUTES: [(&str, &str, [bool; 4]); 6] = [
    ("id", "\"string\"", [false, false, true, false]),
    ("name", "\"string\"", [true, false, false, false]),
    ("note", "\"string\"", [false, true, false, false]),
    ("size", "\"number\"", [false, true, true, false]),
    ("tags", "[\"set\",\"string\"]", [false, true, false, false]),
    ("password", "\"string\"", [false, true, false, true]),
];

pub(super) fn schema() -> wire::Schema {
    let attributes = ATTRIBUTES.map(|(name, ty, [required, optional, computed, write_only])| {
        schema::Attribute {
            name: name.to_owned(),
            r#type: ty.into(),
            required,
            optional,
            computed,
            write_only,
            ..schema::Attribute::default()
        }
    });
    let block = schema::Block {
        attributes: attributes.into(),
        ..schema::Block::default()
    };
    wire::Schema {
        version: 1,
        block: Some(block),
    }
}

pub(super) fn identity_schema() -> wire::ResourceIdentitySchema {
    let id = wire::resource_identity_schema::IdentityAttribute {
        name: "id".to_owned(),
        r#type: "\"string\"".into(),
        required_for_import: true,
        ..Default::default()
    };
    wire::ResourceIdentitySchema {
        version: 0,
        identity_attributes: vec![id],
    }
}

/// The type of a thing.
pub(crate) fn ty() -> Type {
    let attributes =
        ATTRIBUTES.map(|(name, ty, _)| (name, Type::from_json(ty.as_bytes()).unwrap()));
    Type::object(attributes)
}

/// Reads a thing.
pub(crate) fn read(wire: Option<&DynamicValue>) -> Value {
    codec::from_wire(wire, &ty()).unwrap()
}

/// Writes a thing.
pub(crate) fn write(value: &Value) -> Option<DynamicValue> {
    Some(codec::to_wire(value, &ty()).unwrap())
}

/// The thing with another value for an attribute.
pub(crate) fn with(value: &Value, name: &str, new: Value) -> Value {
    let Value::Object(mut attributes) = value.clone() else {
        panic!("{value:?} is no object")
    };
    attributes.insert(name.to_owned(), new);
    Value::Object(attributes)
}

/// The wire identity of an id.
pub(super) fn identity(id: &Value) -> Option<wire::ResourceIdentityData> {
    let ty = Type::object([("id", Type::String)]);
    let identity = Value::object([("id", id.clone())]);
    let identity_data = Some(codec::to_wire(&identity, &ty).unwrap());
    Some(wire::ResourceIdentityData { identity_data })
}

/// The id in a wire identity.
pub(super) fn identified(identity: Option<&wire::ResourceIdentityData>) -> Value {
    let ty = Type::object([("id", Type::String)]);
    let data = identity.and_then(|identity| identity.identity_data.as_ref());
    codec::from_wire(data, &ty).unwrap().attribute("id")
}
