//! Values in JSON: stored state.

use tfplugin_values::{json, msgpack};

use crate::memory::bounded;
use crate::types::take;

/// Reads a value of the type that the first byte chooses, strictly and as stored state.
pub fn read(input: &[u8]) {
    let Some((ty, text)) = take(input) else {
        return;
    };
    let state = bounded(text, || json::decode_state(text, ty));
    if let Ok(state) = &state {
        let written = json::encode(state, ty).expect("what was read can be written");
        assert_eq!(json::decode(&written, ty).as_ref(), Ok(state));
    }
    let Ok(value) = bounded(text, || json::decode(text, ty)) else {
        return;
    };
    assert_eq!(state.as_ref(), Ok(&value), "leniency changed a value");
    let bytes = msgpack::encode(&value, ty).expect("what was read can be sent");
    assert_eq!(msgpack::decode(&bytes, ty).as_ref(), Ok(&value));
}
