//! Types in JSON, which come within dynamic values.

use tfplugin_values::{Type, Value, json, msgpack};

use crate::memory::bounded;

/// Reads a type, and null as a dynamic value of it.
pub fn read(input: &[u8]) {
    let Ok(ty) = bounded(input, || Type::from_json(input)) else {
        return;
    };
    let written = ty.to_json();
    assert_eq!(Type::from_json(written.as_bytes()).as_ref(), Ok(&ty));
    assert!(!ty.to_string().is_empty());
    let null = Value::dynamic(ty, Value::Null);
    // A type may be as deep as any; within a value it is one level deeper.
    if let Ok(bytes) = msgpack::encode(&null, &Type::Dynamic) {
        assert_eq!(msgpack::decode(&bytes, &Type::Dynamic).as_ref(), Ok(&null));
    }
    if let Ok(text) = json::encode(&null, &Type::Dynamic) {
        assert_eq!(json::decode(&text, &Type::Dynamic).as_ref(), Ok(&null));
    }
}
