//! Errors as Informix numbers and words them.

use crate::schema::{Reference, UniqueIndex};

/// An error of the database: its number and its text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} ({code})")]
pub(crate) struct SqlError {
    pub(crate) code: i32,
    pub(crate) message: String,
}

impl SqlError {
    pub(crate) fn new(code: i32, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    pub(crate) fn syntax() -> Self {
        Self::new(-201, "A syntax error has occurred.")
    }

    pub(crate) fn no_such_table(table: &str) -> Self {
        Self::new(
            -206,
            format!("The specified table ({table}) is not in the database."),
        )
    }

    pub(crate) fn no_such_column(column: &str) -> Self {
        Self::new(
            -217,
            format!("Column ({column}) not found in any table in the query (or SLV is undefined)."),
        )
    }

    pub(crate) fn ambiguous_column(column: &str) -> Self {
        Self::new(-324, format!("Ambiguous column ({column})."))
    }

    pub(crate) fn wrong_number_of_values() -> Self {
        Self::new(
            -236,
            "Number of columns in INSERT does not match number of VALUES.",
        )
    }

    pub(crate) fn duplicate(index: &UniqueIndex) -> Self {
        Self::new(
            -239,
            format!(
                "Could not insert new row - duplicate value in a UNIQUE INDEX column (Unique Index:{}).",
                index.name
            ),
        )
    }

    pub(crate) fn no_privilege(verb: &str, table: &str) -> Self {
        Self::new(-274, format!("No {verb} permission for {table}."))
    }

    pub(crate) fn null_refused(column: &str) -> Self {
        Self::new(
            -391,
            format!("Cannot insert a null into column ({column})."),
        )
    }

    pub(crate) fn check_failed(constraint: &str) -> Self {
        Self::new(-530, format!("Check constraint ({constraint}) failed."))
    }

    pub(crate) fn missing_reference(reference: &Reference) -> Self {
        Self::new(
            -691,
            format!(
                "Missing key in referenced table for referential constraint ({}).",
                reference.name
            ),
        )
    }

    pub(crate) fn still_referenced(reference: &Reference) -> Self {
        Self::new(
            -692,
            format!(
                "Key value for constraint ({}) is still being referenced.",
                reference.name
            ),
        )
    }

    /// An exception that a trigger or a stored procedure raised with the product's own text.
    pub(crate) fn raised(text: impl Into<String>) -> Self {
        Self::new(-746, text)
    }

    pub(crate) fn not_a_number() -> Self {
        Self::new(-1213, "A character to numeric conversion process failed")
    }

    pub(crate) fn number_too_large(kind: &str) -> Self {
        Self::new(-1215, format!("Value exceeds limit of {kind} precision"))
    }

    pub(crate) fn no_conversion() -> Self {
        Self::new(
            -1260,
            "It is not possible to convert between the specified types.",
        )
    }

    pub(crate) fn string_too_long() -> Self {
        Self::new(-1279, "Value exceeds string column length.")
    }

    /// Something went wrong that the simulator does not model; the text is SQLite's.
    pub(crate) fn internal(error: &rusqlite::Error) -> Self {
        Self::new(-958, format!("The simulated database failed: {error}"))
    }
}

impl From<rusqlite::Error> for SqlError {
    fn from(error: rusqlite::Error) -> Self {
        Self::internal(&error)
    }
}
