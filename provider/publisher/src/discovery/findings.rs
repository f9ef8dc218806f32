//! What is known so far of where things are kept.

use std::collections::BTreeMap;

use super::meaning::{Meaning, Object};

/// What is known so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    pub(super) objects: BTreeMap<Object, Found>,
    /// Tables in which a row appears with a domain, and the column that has its name.
    pub(super) companions: Vec<(String, String)>,
}

/// Where an object is kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub(super) table: String,
    pub(super) columns: BTreeMap<Meaning, String>,
    /// The type tables of its enumerations, where they are not named after the column.
    pub(super) type_tables: BTreeMap<Meaning, String>,
}
