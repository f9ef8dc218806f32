//! The encoding of values between a Terraform core and a provider: MessagePack, directed by a type.
//!
//! An object has all its attributes, null or not; an unknown value is an extension of any code; a
//! value of a dynamic type is a pair of the type's JSON and the value. A message without any bytes,
//! with which a core can mean null, is the caller's to know.
//!
//! Source: Terraform's `docs/plugin-protocol/object-wire-format.md`.

mod decode;
mod encode;
mod reader;
mod refinements;
#[cfg(test)]
mod tests;
mod writer;

pub use decode::decode;
pub use encode::encode;
