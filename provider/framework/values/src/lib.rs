//! Terraform's types and values, and their MessagePack and JSON encodings.
//!
//! [`Type`] and [`Value`] are what a Terraform core and a provider talk about, as `cty` is in the core.
//! [`msgpack`] is the encoding of every value on the wire; [`json`] that of stored state. Both are
//! directed by a type: the bytes alone do not tell a list from a set, or an object from a map.
//!
//! Nothing here knows schemas, plans or gRPC. Bytes are untrusted: depth and lengths are bounded, and
//! whatever is wrong is an error with the [`Path`] to it.

#[cfg(any(test, feature = "proptest"))]
pub mod arbitrary;
pub mod json;
pub mod msgpack;

mod error;
mod number;
mod path;
mod text;
mod types;
mod value;

pub use error::{DecodeError, DecodeProblem, EncodeError, EncodeProblem};
pub use number::{Number, NumberError};
pub use path::{Path, Step};
pub use types::{ObjectType, Type};
pub use value::{DynamicValue, NumberBound, Refinements, Value};

/// How deep types and values may nest, on the wire and in memory.
pub const MAX_DEPTH: usize = 128;
