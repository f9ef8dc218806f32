//! How federated domains and static routes lie in their tables.

mod domain;
mod enumeration;
mod route;

use std::collections::BTreeSet;
use std::hash::Hash;

use crate::axl::Row;
use crate::domain::Pkid;
use crate::profile::{EnumColumn, Identifier, Profile};
use crate::sql::{Assignment, Literal, quoted_list};

pub(crate) use enumeration::Enumeration;

/// A row as it was read: its primary key, what it says, and who looks after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored<T> {
    /// The primary key.
    pub pkid: Pkid,
    /// What it says.
    pub value: T,
    /// Whether the publisher itself made the row: a learned domain, the predefined route.
    pub system_owned: bool,
}

/// One kind of row, and the table it lies in.
pub(crate) trait Record:
    Clone + std::fmt::Debug + PartialEq + Send + Sync + Sized + 'static
{
    /// What is unique among the rows.
    type Key: Clone + std::fmt::Debug + Eq + Hash + Send + Sync;

    /// The natural key.
    fn key(&self) -> Self::Key;

    /// The table.
    fn table(profile: &Profile) -> &Identifier;

    /// The column of the primary key.
    fn key_column(profile: &Profile) -> &Identifier;

    /// Every column that is read, the primary key first.
    fn columns(profile: &Profile) -> Vec<&Identifier>;

    /// The enumerations that its columns point to.
    fn enumerations(profile: &Profile) -> Vec<&EnumColumn>;

    /// Reads a row; the error says what is wrong with it.
    fn read(
        profile: &Profile,
        enumerations: &[Enumeration],
        row: &Row,
    ) -> Result<Stored<Self>, String>;

    /// Every column that is written but the primary key, with its value.
    fn assignments<'a>(
        &self,
        profile: &'a Profile,
        enumerations: &[Enumeration],
    ) -> Result<Vec<Assignment<'a>>, String>;

    /// The condition of a SELECT that finds at least the rows with these natural keys.
    fn condition(profile: &Profile, keys: &[&Self::Key]) -> String;
}

/// The text of a column.
fn text<'a>(row: &'a Row, column: &Identifier) -> Result<&'a str, String> {
    row.get(column.as_str())
        .map(str::trim)
        .ok_or_else(|| format!("the column {column} is missing from the answer"))
}

/// The text of a column, read as something.
fn parsed<T>(row: &Row, column: &Identifier) -> Result<T, String>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    text(row, column)?
        .parse()
        .map_err(|error: T::Err| format!("{column}: {error}"))
}

/// A column that may be NULL, which is the same as empty.
fn optional<T>(row: &Row, column: &Identifier) -> Result<Option<T>, String>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    if text(row, column)?.is_empty() {
        return Ok(None);
    }
    parsed(row, column).map(Some)
}

fn boolean(row: &Row, column: &Identifier) -> Result<bool, String> {
    match text(row, column)? {
        "t" | "true" | "1" => Ok(true),
        "f" | "false" | "0" => Ok(false),
        other => Err(format!("{column}: {other:?} is neither 't' nor 'f'")),
    }
}

/// The condition that a column has one of these texts, in whatever case.
fn one_of<'a>(column: &Identifier, texts: impl IntoIterator<Item = &'a str>) -> String {
    let texts: BTreeSet<String> = texts.into_iter().map(str::to_ascii_lowercase).collect();
    let list = quoted_list(texts.iter().map(String::as_str));
    format!("LOWER({column}) IN ({list})")
}

/// Each column of two rows that differs, for a person.
pub(crate) fn differences(expected: &[Assignment<'_>], found: &[Assignment<'_>]) -> Vec<String> {
    expected
        .iter()
        .zip(found)
        .filter(|((_, expected), (_, found))| expected != found)
        .map(|((column, expected), (_, found))| {
            format!(
                "{column}: expected {}, found {}",
                shown(expected),
                shown(found)
            )
        })
        .collect()
}

fn shown(literal: &Literal) -> String {
    match literal {
        Literal::Null => "nothing".to_owned(),
        literal => literal.to_sql(),
    }
}
