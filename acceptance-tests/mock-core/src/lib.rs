//! A Terraform core for tests: it drives a provider and enforces what Terraform enforces.
//!
//! It shares no code with the framework it tests: values, codecs and the algorithms of core are
//! written a second time here, so that a mistake made on one side is seen on the other.

pub mod codec;
pub mod objchange;
pub mod schema;
pub mod value;
