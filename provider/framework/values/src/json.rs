//! The JSON form of values: stored state, and whatever a person may read.
//!
//! The shapes are those of [`crate::msgpack`], with two differences: a value of a dynamic type is
//! `{"value": …, "type": …}`, and there is no form for an unknown value. Numbers keep all their digits.

mod decode;
mod encode;
pub(crate) mod reader;
#[cfg(test)]
mod tests;

pub use decode::{decode, decode_state};
pub use encode::encode;
pub(crate) use encode::write_string;
