//! Statements in Informix's dialect, and the one gate that they all pass: SELECT; and INSERT, UPDATE and
//! DELETE of a single row by its primary key.

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use crate::domain::Pkid;
use crate::profile::Identifier;

/// A value in a statement.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Literal {
    Text(String),
    Number(i64),
    Bool(bool),
    Null,
    /// What is not known, in a statement that is only shown: no SQL.
    Placeholder(String),
}

/// A column and a value for it.
pub(crate) type Assignment<'a> = (&'a Identifier, Literal);

/// A statement that changes one row. There is no way to make any other.
#[derive(Debug)]
pub(crate) struct Write(String);

impl Write {
    /// Inserts a row.
    pub(crate) fn insert(table: &Identifier, assignments: &[Assignment<'_>]) -> Self {
        let columns: Vec<&str> = assignments
            .iter()
            .map(|(column, _)| column.as_str())
            .collect();
        let values: Vec<String> = assignments
            .iter()
            .map(|(_, value)| value.to_sql())
            .collect();
        Self(format!(
            "INSERT INTO {table} ({}) VALUES ({})",
            columns.join(", "),
            values.join(", ")
        ))
    }

    /// Updates the row with a primary key, if its columns still have the values of `guard`.
    pub(crate) fn update(
        table: &Identifier,
        key: &Identifier,
        pkid: &Pkid,
        assignments: &[Assignment<'_>],
        guard: &[Assignment<'_>],
    ) -> Self {
        let set: Vec<String> = assignments
            .iter()
            .map(|(column, value)| format!("{column} = {}", value.to_sql()))
            .collect();
        let mut text = format!(
            "UPDATE {table} SET {} WHERE {key} = {}",
            set.join(", "),
            quoted(pkid.as_str())
        );
        for (column, value) in guard {
            // Writing into a String cannot fail.
            let _ = match value {
                Literal::Null => write!(text, " AND ({column} IS NULL OR {column} = '')"),
                value => write!(text, " AND {column} = {}", value.to_sql()),
            };
        }
        Self(text)
    }

    /// Deletes the row with a primary key.
    pub(crate) fn delete(table: &Identifier, key: &Identifier, pkid: &Pkid) -> Self {
        Self(format!(
            "DELETE FROM {table} WHERE {key} = {}",
            quoted(pkid.as_str())
        ))
    }

    /// The statement.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Literal {
    /// A text, or NULL for none.
    pub(crate) fn text(text: Option<&str>) -> Self {
        text.map_or(Self::Null, |text| Self::Text(text.to_owned()))
    }

    pub(crate) fn to_sql(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::Number(number) => number.to_string(),
            Self::Bool(true) => "'t'".to_owned(),
            Self::Bool(false) => "'f'".to_owned(),
            Self::Null => "NULL".to_owned(),
            Self::Placeholder(what) => format!("<{what}>"),
        }
    }
}

/// A text in single quotes, with those in it doubled.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Several texts in single quotes, separated by commas.
pub(crate) fn quoted_list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = texts.into_iter().map(quoted).collect();
    quoted.join(", ")
}
