//! Between the framework's types and the messages of the protocol. No semantics.

mod capabilities;
mod diagnostics;
mod function;
mod identity;
mod path;
mod schema;
mod value;

pub(crate) use self::capabilities::{computed_blocks, write_only};
pub(crate) use self::diagnostics::diagnostics;
pub(crate) use self::function::function;
pub(crate) use self::identity::{identity_from, identity_schema, identity_to};
pub(crate) use self::path::path;
pub(crate) use self::schema::schema;
pub(crate) use self::value::{value_from, value_to};
