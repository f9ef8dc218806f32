//! A cell of a table, and new row identifiers.

use ring::rand::{SecureRandom, SystemRandom};
use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};

/// What a cell holds. Booleans are the texts `t` and `f`, as Informix prints them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Text(String),
    Integer(i64),
}

impl Value {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub(crate) fn flag(set: bool) -> Self {
        Self::text(if set { "t" } else { "f" })
    }

    pub(crate) fn optional(text: Option<&str>) -> Self {
        text.map_or(Self::Null, Self::text)
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Integer(_) => None,
        }
    }

    pub(crate) fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            Self::Null | Self::Text(_) => None,
        }
    }

    pub(crate) fn is_set(&self) -> bool {
        self.as_text() == Some("t")
    }

    pub(crate) fn of_cell(cell: ValueRef<'_>) -> Self {
        match cell {
            ValueRef::Null | ValueRef::Blob(_) => Self::Null,
            ValueRef::Integer(number) => Self::Integer(number),
            ValueRef::Real(number) => Self::Text(number.to_string()),
            ValueRef::Text(bytes) => Self::Text(String::from_utf8_lossy(bytes).into_owned()),
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Integer(number) => ToSqlOutput::Borrowed(ValueRef::Integer(*number)),
        })
    }
}

/// A new row identifier: a random UUID, in lower case and without braces, as `newid()` makes it.
pub(crate) fn new_row_identifier() -> String {
    let mut bytes = [0_u8; 16];
    SystemRandom::new()
        .fill(&mut bytes)
        .expect("the system has random numbers");
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for half in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
    }
    text
}
