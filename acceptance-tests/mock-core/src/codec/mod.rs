//! Values on the wire and in the state file, always against a type. Strict as core is.

pub mod json;
pub mod msgpack;

use bytes::Bytes;
use tfplugin_protocol::tfplugin6::DynamicValue;

use crate::value::{PathError, Type, Value};

/// The wire form of a value, as core sends it.
pub fn to_wire(value: &Value, ty: &Type) -> Result<DynamicValue, PathError> {
    Ok(DynamicValue {
        msgpack: msgpack::encode(value, ty)?.into(),
        json: Bytes::new(),
    })
}

/// Reads a wire value as core does: MessagePack first, then JSON, and null when both are empty.
pub fn from_wire(wire: Option<&DynamicValue>, ty: &Type) -> Result<Value, PathError> {
    match wire {
        Some(wire) if !wire.msgpack.is_empty() => msgpack::decode(&wire.msgpack, ty),
        Some(wire) if !wire.json.is_empty() => json::decode(&wire.json, ty),
        _ => Ok(Value::Null),
    }
}

#[cfg(test)]
mod tests;
