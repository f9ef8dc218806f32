//! The catalogue of a publisher: every table, its columns, and what the type tables hold.

use std::collections::BTreeMap;

use tokio::task::JoinSet;

use super::enumerations::TypeTable;
use super::meaning::{Kind, Meaning};
use super::settings::{self, Parameters};
use crate::axl::{Axl, Row};
use crate::profile::{Catalogue, Column as CatalogueColumn, Identifier, NOT_NULL, Profile};
use crate::{Error, Scope};

/// Tables with lower numbers are the catalogue's own.
const FIRST_TABLE: i64 = 100;

/// How many tables one request asks about: an answer of more than 8 MB is refused.
const TABLES_AT_ONCE: usize = 100;

/// What a publisher's tables are.
#[derive(Clone, Debug)]
pub struct Survey {
    /// The release, such as `12.5.1.17900-64`.
    pub release: String,
    pub(super) tables: BTreeMap<String, Vec<Column>>,
    pub(super) type_tables: BTreeMap<String, TypeTable>,
    pub(super) parameters: Vec<Parameters>,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) type_number: i64,
    pub(super) length: i64,
    /// The default, as far as the catalogue tells it as text.
    pub(super) default: Option<String>,
}

/// Reads the catalogue and the type tables.
pub(super) async fn read(axl: &Axl, scope: &Scope) -> Result<Survey, Error> {
    let release = axl.cup_version(scope).await?;
    let tables = read_tables(axl, scope).await?;
    let type_tables = read_type_tables(axl, &tables, scope).await?;
    let parameters = read_parameters(axl, &tables, scope).await?;
    Ok(Survey {
        release,
        tables,
        type_tables,
        parameters,
    })
}

async fn read_tables(axl: &Axl, scope: &Scope) -> Result<BTreeMap<String, Vec<Column>>, Error> {
    let sql = format!(
        "SELECT tabname, tabid FROM systables WHERE tabid >= {FIRST_TABLE} AND tabtype = 'T' ORDER BY tabid"
    );
    let mut names: BTreeMap<i64, String> = BTreeMap::new();
    for row in axl.query(&sql, scope).await? {
        // A name that cannot stand in a statement as it is cannot be in a profile either.
        if let Ok(name) = Identifier::try_from(text(&row, "tabname").to_owned()) {
            names.insert(number(&row, "tabid"), name.to_string());
        }
    }
    let mut tables: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    let numbers: Vec<i64> = names.keys().copied().collect();
    for some in numbers.chunks(TABLES_AT_ONCE) {
        let (Some(first), Some(last)) = (some.first(), some.last()) else {
            continue;
        };
        let defaults = read_defaults(axl, *first, *last, scope).await?;
        let sql = format!(
            "SELECT tabid, colname, colno, coltype, collength FROM syscolumns WHERE tabid >= {first} AND \
             tabid <= {last} ORDER BY tabid, colno"
        );
        for row in axl.query(&sql, scope).await? {
            let table = number(&row, "tabid");
            if let Some(name) = names.get(&table) {
                tables.entry(name.clone()).or_default().push(Column {
                    name: text(&row, "colname").to_owned(),
                    type_number: number(&row, "coltype"),
                    length: number(&row, "collength"),
                    default: defaults.get(&(table, number(&row, "colno"))).cloned(),
                });
            }
        }
    }
    Ok(tables)
}

/// The defaults of columns, by the numbers of table and column.
async fn read_defaults(
    axl: &Axl,
    first: i64,
    last: i64,
    scope: &Scope,
) -> Result<BTreeMap<(i64, i64), String>, Error> {
    let sql = format!(
        "SELECT * FROM sysdefaults WHERE tabid >= {first} AND tabid <= {last} ORDER BY tabid"
    );
    let rows = axl.query(&sql, scope).await?;
    Ok(rows
        .iter()
        .map(|row| {
            let place = (number(row, "tabid"), number(row, "colno"));
            // Informix writes the default of a number after a coded form of it.
            let value = text(row, "default").split_whitespace().last();
            (place, value.unwrap_or_default().to_owned())
        })
        .collect())
}

async fn read_type_tables(
    axl: &Axl,
    tables: &BTreeMap<String, Vec<Column>>,
    scope: &Scope,
) -> Result<BTreeMap<String, TypeTable>, Error> {
    let mut reading = JoinSet::new();
    for (table, columns) in tables {
        let has = |name: &str| columns.iter().any(|column| column.name == name);
        if has("enum") && has("name") {
            let (axl, scope, table) = (axl.clone(), scope.clone(), table.clone());
            reading.spawn(async move {
                let sql = format!("SELECT enum, name FROM {table}");
                (table, axl.query(&sql, &scope).await)
            });
        }
    }
    let mut type_tables = BTreeMap::new();
    while let Some(read) = reading.join_next().await {
        let Ok((table, rows)) = read else { continue };
        let rows = match rows {
            Ok(rows) => rows,
            // One that may not be read is none that matters.
            Err(Error::Rejected { .. }) => continue,
            Err(error) => return Err(error),
        };
        let values = rows
            .iter()
            .map(|row| (number(row, "enum"), text(row, "name").to_owned()))
            .collect();
        type_tables.insert(table, TypeTable(values));
    }
    Ok(type_tables)
}

/// The names of parameters, of which a table has one in each row. Their values are not read.
async fn read_parameters(
    axl: &Axl,
    tables: &BTreeMap<String, Vec<Column>>,
    scope: &Scope,
) -> Result<Vec<Parameters>, Error> {
    let mut found = Vec::new();
    for (table, columns) in tables {
        let Some((name_column, value_column)) = settings::parameter_columns(columns) else {
            continue;
        };
        let sql = format!("SELECT DISTINCT {name_column} FROM {table}");
        let rows = match axl.query(&sql, scope).await {
            Ok(rows) => rows,
            Err(Error::Rejected { .. }) => continue,
            Err(error) => return Err(error),
        };
        found.push(Parameters {
            table: table.clone(),
            name_column: name_column.to_owned(),
            value_column: value_column.to_owned(),
            names: rows
                .iter()
                .map(|row| text(row, name_column).to_owned())
                .collect(),
        });
    }
    Ok(found)
}

fn text<'a>(row: &'a Row, column: &str) -> &'a str {
    row.get(column).unwrap_or_default().trim()
}

fn number(row: &Row, column: &str) -> i64 {
    text(row, column).parse().unwrap_or_default()
}

impl Survey {
    /// How many tables there are.
    pub fn tables(&self) -> usize {
        self.tables.len()
    }

    /// Every table that is not a type table, with its columns.
    pub(super) fn ordinary_tables(&self) -> impl Iterator<Item = (&str, &[Column])> {
        self.tables
            .iter()
            .filter(|(table, _)| !self.type_tables.contains_key(*table))
            .map(|(table, columns)| (table.as_str(), columns.as_slice()))
    }

    /// The columns of a table.
    pub(super) fn columns(&self, table: &str) -> &[Column] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }

    /// The type table that a column points to, by Cisco's habit of naming both alike.
    pub(super) fn type_table_of(&self, column: &str) -> Option<(&str, &TypeTable)> {
        let name = format!("type{}", column.strip_prefix("tk")?);
        let (table, values) = self.type_tables.get_key_value(&name)?;
        Some((table, values))
    }

    /// Every type table with the values of one enumeration.
    pub(super) fn type_tables_for(
        &self,
        meaning: Meaning,
    ) -> impl Iterator<Item = (&str, &TypeTable)> {
        self.type_tables
            .iter()
            .filter(move |(_, values)| values.meaning() == Some(meaning))
            .map(|(table, values)| (table.as_str(), values))
    }

    /// The fingerprint of the tables that a profile names.
    pub(super) fn fingerprint(&self, profile: &Profile) -> String {
        let mut catalogue = Catalogue::default();
        for table in Catalogue::tables(profile) {
            for column in self.columns(table.as_str()) {
                let described = CatalogueColumn {
                    column_type: column.type_number,
                    length: column.length,
                };
                catalogue.add(table.as_str(), &column.name, described);
            }
        }
        catalogue.fingerprint()
    }
}

impl Column {
    /// What it can hold, by Informix's numbers for types.
    pub(super) fn kind(&self) -> Kind {
        match (self.type_number & !NOT_NULL & 0xff, self.length) {
            (41 | 45, _) | (0, 1) => Kind::Switch,
            (0 | 13 | 15 | 16 | 40 | 43, _) => Kind::Text,
            (1 | 2 | 6 | 17 | 18 | 52 | 53, _) => Kind::Number,
            _ => Kind::Other,
        }
    }

    pub(super) fn is_required(&self) -> bool {
        self.type_number & NOT_NULL != 0
    }
}
