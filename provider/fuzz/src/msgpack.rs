//! Values in MessagePack: what a core sends with every request.

use tfplugin_values::{Value, json, msgpack};

use crate::memory::bounded;
use crate::types::take;

/// Reads a value of the type that the first byte chooses.
pub fn read(input: &[u8]) {
    let Some((ty, bytes)) = take(input) else {
        return;
    };
    let Ok(value) = bounded(bytes, || msgpack::decode(bytes, ty)) else {
        return;
    };
    let written = msgpack::encode(&value, ty).expect("what was read can be written");
    let again = msgpack::decode(&written, ty).expect("what was written can be read");
    // Of a refinement only so much is sent as a core takes.
    assert!(
        again.equals_ignoring_refinements(&value),
        "read differently"
    );
    let rewritten = msgpack::encode(&again, ty).expect("what was read can be written");
    assert_eq!(msgpack::decode(&rewritten, ty).as_ref(), Ok(&again));
    if value.is_wholly_known()
        && let Ok(text) = json::encode(&value, ty)
    {
        let stored = json::decode(&text, ty);
        assert_eq!(stored.as_ref(), Ok(&value), "stored differently");
    }
    // Comparing and printing walk the whole value too.
    assert_eq!(value.cmp(&value.clone()), std::cmp::Ordering::Equal);
    let _: Option<&Value> = value.get(&"a".into());
    assert!(!format!("{value:?}").is_empty());
}
