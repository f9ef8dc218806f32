//! Tables, columns and constraints as Informix has them.

use serde::{Deserialize, Serialize};

/// The Informix data types that the simulated tables use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnKind {
    /// `CHAR(n)`, type code 0.
    Char,
    /// `SMALLINT`, type code 1.
    Smallint,
    /// `INTEGER`, type code 2.
    Integer,
    /// `VARCHAR(n)`, type code 13.
    Varchar,
    /// `BOOLEAN`, type code 41; its values are `t` and `f`.
    Boolean,
    /// `LVARCHAR(n)`, type code 43.
    Lvarchar,
}

impl ColumnKind {
    /// The code in `syscolumns.coltype`, before 256 is added for NOT NULL.
    pub fn code(self) -> i64 {
        match self {
            Self::Char => 0,
            Self::Smallint => 1,
            Self::Integer => 2,
            Self::Varchar => 13,
            Self::Boolean => 41,
            Self::Lvarchar => 43,
        }
    }

    /// Whether values are character strings of bounded length.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Char | Self::Varchar | Self::Lvarchar)
    }
}

/// What a column holds when an INSERT does not name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DefaultValue {
    /// A literal, written without quotes.
    Literal(String),
    /// A new row identifier, as `newid()` makes it.
    NewId,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name, in lower case.
    pub name: String,
    /// Its data type.
    pub kind: ColumnKind,
    /// For strings the greatest number of bytes; for others the storage size.
    pub length: u32,
    /// Whether NULL is refused.
    #[serde(default)]
    pub not_null: bool,
    /// Its default, NULL where absent.
    #[serde(default)]
    pub default: Option<DefaultValue>,
}

impl Column {
    /// A string column that may be NULL.
    pub fn varchar(name: &str, length: u32) -> Self {
        Self::new(name, ColumnKind::Varchar, length)
    }

    /// A long string column that may be NULL.
    pub fn lvarchar(name: &str, length: u32) -> Self {
        Self::new(name, ColumnKind::Lvarchar, length)
    }

    /// An integer column that may be NULL.
    pub fn integer(name: &str) -> Self {
        Self::new(name, ColumnKind::Integer, 4)
    }

    /// A small integer column that may be NULL.
    pub fn smallint(name: &str) -> Self {
        Self::new(name, ColumnKind::Smallint, 2)
    }

    /// A boolean column, NOT NULL, with a default.
    pub fn boolean(name: &str, default: bool) -> Self {
        Self::new(name, ColumnKind::Boolean, 1)
            .required()
            .default_to(if default { "t" } else { "f" })
    }

    /// A row identifier: `CHAR(36)`, NOT NULL, made by `newid()` where it is left out.
    pub fn pkid(name: &str) -> Self {
        let mut column = Self::new(name, ColumnKind::Char, 36).required();
        column.default = Some(DefaultValue::NewId);
        column
    }

    /// A reference to another table's row identifier: `CHAR(36)`.
    pub fn foreign_pkid(name: &str) -> Self {
        Self::new(name, ColumnKind::Char, 36)
    }

    /// The same column, refusing NULL.
    pub fn required(mut self) -> Self {
        self.not_null = true;
        self
    }

    /// The same column with a literal default.
    pub fn default_to(mut self, literal: &str) -> Self {
        self.default = Some(DefaultValue::Literal(literal.to_owned()));
        self
    }

    /// The code in `syscolumns.coltype`.
    pub fn type_code(&self) -> i64 {
        self.kind.code() + if self.not_null { 256 } else { 0 }
    }

    fn new(name: &str, kind: ColumnKind, length: u32) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            length,
            not_null: false,
            default: None,
        }
    }
}

/// A unique index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UniqueIndex {
    /// Its name, shown in error -239.
    pub name: String,
    /// The columns that are unique together.
    pub columns: Vec<String>,
}

/// A referential constraint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Its name, shown in errors -691 and -692.
    pub name: String,
    /// The referring column.
    pub column: String,
    /// The table referred to.
    pub table: String,
    /// The column referred to.
    pub target: String,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name, in lower case.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Its unique indexes.
    #[serde(default)]
    pub unique: Vec<UniqueIndex>,
    /// Its referential constraints.
    #[serde(default)]
    pub references: Vec<Reference>,
    /// Whether it belongs to the catalogue and cannot be written.
    #[serde(default)]
    pub system: bool,
}

impl Table {
    /// A table without indexes and constraints.
    pub fn new(name: &str, columns: Vec<Column>) -> Self {
        Self {
            name: name.to_owned(),
            columns,
            unique: Vec::new(),
            references: Vec::new(),
            system: false,
        }
    }

    /// The same table with a unique index over `columns`.
    pub fn unique_over(mut self, columns: &[&str]) -> Self {
        let number = self.unique.len() + 1;
        self.unique.push(UniqueIndex {
            name: format!("ix_{}_{number:02}", self.name),
            columns: columns.iter().map(ToString::to_string).collect(),
        });
        self
    }

    /// The same table with `column` referring to `table.target`.
    pub fn referring(mut self, column: &str, table: &str, target: &str) -> Self {
        self.references.push(Reference {
            name: format!("fk_{}_{column}", self.name),
            column: column.to_owned(),
            table: table.to_owned(),
            target: target.to_owned(),
        });
        self
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}
