//! Fuzz targets for everything that reads bytes or texts from outside.
//!
//! A target is a function that takes any input and panics where a property does not hold: what was read can be
//! written, and reads the same again; reading takes no more memory than the input accounts for. The same
//! function runs for seconds in the tests, over [`seeds`] and their [`mutation`]s, and for as long as one
//! likes under libFuzzer (`README.md`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a target reports its findings by panics"
)]

#[cfg(feature = "import-id")]
pub mod import_id;
pub mod json;
mod memory;
pub mod msgpack;
pub mod mutation;
pub mod seeds;
pub mod type_json;
mod types;

/// What a target is: a function that panics on a finding.
pub type Read = fn(&[u8]);

/// The target of a name.
pub fn target(name: &str) -> Option<Read> {
    match name {
        "msgpack" => Some(msgpack::read),
        "json" => Some(json::read),
        "type-json" => Some(type_json::read),
        #[cfg(feature = "import-id")]
        "import-id" => Some(import_id::read),
        _ => None,
    }
}
