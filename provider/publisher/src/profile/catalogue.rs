//! What a publisher's own catalogue says of the tables that a profile names.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::{Identifier, Profile};

/// Informix adds this to the type of a column that is NOT NULL.
pub(crate) const NOT_NULL: i64 = 256;

/// The columns of the tables that a profile names, by table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Catalogue(BTreeMap<String, BTreeMap<String, Column>>);

/// One column, as `syscolumns` describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) column_type: i64,
    pub(crate) length: i64,
}

impl Catalogue {
    pub(crate) fn add(&mut self, table: &str, column: &str, description: Column) {
        self.0
            .entry(table.to_owned())
            .or_default()
            .insert(column.to_owned(), description);
    }

    /// Each table and column that the profile names and the catalogue does not have.
    pub(crate) fn missing(&self, profile: &Profile) -> Vec<String> {
        let mut problems = Vec::new();
        for (table, columns) in profile.named_columns() {
            match self.0.get(table.as_str()) {
                None => problems.push(format!("there is no table {table}")),
                Some(found) => problems.extend(
                    columns
                        .into_iter()
                        .filter(|column| !found.contains_key(*column))
                        .map(|column| format!("the table {table} has no column {column}")),
                ),
            }
        }
        problems
    }

    /// Columns that must have a value, that the profile does not name, and for which the database has no
    /// default: an INSERT by the profile would have to leave them out.
    pub(crate) fn unfilled(
        &self,
        profile: &Profile,
        with_default: &BTreeSet<(String, String)>,
    ) -> Vec<String> {
        let named = profile.named_columns();
        let written = [&profile.federated_domain.table, &profile.static_route.table];
        let mut problems = Vec::new();
        for table in written {
            let mut filled = named.get(table).cloned().unwrap_or_default();
            if let Some(learned) = &profile.federated_domain.learned {
                // It is named to be read, and left out of an INSERT like any other.
                filled.remove(learned.column.as_str());
            }
            for (column, description) in self.0.get(table.as_str()).into_iter().flatten() {
                let has_default = with_default.contains(&(table.to_string(), column.clone()));
                if description.column_type & NOT_NULL != 0
                    && !filled.contains(column.as_str())
                    && !has_default
                {
                    problems.push(format!(
                        "the column {table}.{column} must have a value, has no default, and is not in the \
                         profile"
                    ));
                }
            }
        }
        problems
    }

    /// A fingerprint of every column of these tables: SHA-256 over the sorted lines
    /// `table.column:coltype:collength`.
    pub(crate) fn fingerprint(&self) -> String {
        let mut lines: Vec<String> = self
            .0
            .iter()
            .flat_map(|(table, columns)| {
                columns.iter().map(move |(column, description)| {
                    let Column {
                        column_type,
                        length,
                    } = description;
                    format!("{table}.{column}:{column_type}:{length}\n")
                })
            })
            .collect();
        lines.sort_unstable();
        let mut hasher = Sha256::new();
        for line in lines {
            hasher.update(line);
        }
        let mut text = String::from("sha256:");
        for byte in hasher.finalize() {
            use std::fmt::Write as _;
            // Writing into a String cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    /// The tables to ask for.
    pub(crate) fn tables(profile: &Profile) -> Vec<&Identifier> {
        profile.named_columns().into_keys().collect()
    }
}
