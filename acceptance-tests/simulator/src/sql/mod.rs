//! The subset of Informix's SQL that the simulated database understands.
//!
//! Text becomes tokens, tokens a [`Statement`], and a query is resolved against the catalogue and translated for
//! SQLite. Whatever is not understood is error -201, as a syntax error is. Nothing here writes.

mod error;
mod parse;
mod select;
mod statement;
mod token;
mod translate;

pub(crate) use error::SqlError;
pub(crate) use parse::parse;
pub use statement::Verb;
pub(crate) use statement::{Condition, Delete, Insert, Select, Statement, Update};
pub(crate) use translate::{Translated, coerce, translate_condition, translate_select};
