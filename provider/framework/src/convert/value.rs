//! Values. An absent or empty message is null: OpenTofu sends such for null function arguments.

use tfplugin_protocol::tfplugin6::DynamicValue;
use tfplugin_values::{Type, Value, json, msgpack};

use crate::diagnostics::{Diagnostic, Diagnostics};

/// Reads a value of a type.
pub(crate) fn value_from(
    message: Option<&DynamicValue>,
    ty: &Type,
    what: &str,
) -> Result<Value, Diagnostics> {
    let decoded = match message {
        Some(message) if !message.msgpack.is_empty() => msgpack::decode(&message.msgpack, ty),
        Some(message) if !message.json.is_empty() => json::decode(&message.json, ty),
        _ => Ok(Value::Null),
    };
    decoded.map_err(|error| {
        Diagnostic::error("Unreadable request")
            .detail(format!(
                "Terraform sent {what} in a form that this provider cannot read: {error}. Versions of \
                 Terraform and the provider may not fit together; please report it."
            ))
            .into()
    })
}

/// Writes a value of a type.
pub(crate) fn value_to(value: &Value, ty: &Type, what: &str) -> Result<DynamicValue, Diagnostics> {
    msgpack::encode(value, ty)
        .map(|bytes| DynamicValue {
            msgpack: bytes.into(),
            json: bytes::Bytes::new(),
        })
        .map_err(|error| {
            Diagnostic::error("Unwritable answer")
                .detail(format!(
                    "The provider's {what} does not fit its schema: {error}. This is a bug in the provider."
                ))
                .into()
        })
}
