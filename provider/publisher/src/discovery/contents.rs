//! The rows of many tables at one time, and what changed between two such times. Kept in memory only.

use std::collections::{BTreeMap, BTreeSet};

use tokio::task::JoinSet;

use super::survey::Survey;
use crate::axl::{Axl, Row};
use crate::{Error, Scope};

/// Of a table with more rows than this only the number is looked at.
const MOST_ROWS: usize = 2000;

/// What a column is called that holds something which is nobody's business. Such a table is only counted.
const SECRETS: [&str; 6] = [
    "password",
    "passwd",
    "credential",
    "secret",
    "pin",
    "privatekey",
];

/// The rows of tables at one time.
#[derive(Clone, Debug, Default)]
pub(super) struct Contents(BTreeMap<String, Table>);

#[derive(Clone, Debug)]
enum Table {
    Rows(Vec<Row>),
    Count(String),
}

/// What changed in a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Difference {
    pub(super) added: Vec<Row>,
    pub(super) removed: Vec<Row>,
    /// Rows before and after.
    pub(super) changed: Vec<(Row, Row)>,
    /// Whether the number of rows changed, of a table whose rows are not read.
    pub(super) counted: bool,
}

impl Contents {
    /// Every ordinary table, or only those of these names.
    pub(super) async fn read(
        axl: &Axl,
        survey: &Survey,
        only: Option<&BTreeSet<String>>,
        scope: &Scope,
    ) -> Result<Self, Error> {
        let mut reading = JoinSet::new();
        for (table, columns) in survey.ordinary_tables() {
            if only.is_some_and(|only| !only.contains(table)) {
                continue;
            }
            let is_secret = columns
                .iter()
                .any(|column| SECRETS.iter().any(|word| column.name.contains(word)));
            let (axl, scope, table) = (axl.clone(), scope.clone(), table.to_owned());
            reading.spawn(async move {
                let contents = read_table(&axl, &table, is_secret, &scope).await;
                (table, contents)
            });
        }
        let mut contents = Self::default();
        while let Some(read) = reading.join_next().await {
            let Ok((table, read)) = read else { continue };
            match read {
                Ok(read) => {
                    contents.0.insert(table, read);
                }
                // A table that this user may not read, or a view that does not work.
                Err(Error::Rejected { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(contents)
    }

    /// What is newer replaces what is there.
    pub(super) fn update(&mut self, newer: Self) {
        self.0.extend(newer.0);
    }

    /// What changed from these contents to newer ones, in the tables that both have.
    pub(super) fn differences(&self, newer: &Self) -> BTreeMap<String, Difference> {
        let mut differences = BTreeMap::new();
        for (name, after) in &newer.0 {
            let difference = match (self.0.get(name), after) {
                (Some(Table::Rows(before)), Table::Rows(after)) => compare(before, after),
                (Some(Table::Count(before)), Table::Count(after)) => Difference {
                    counted: before != after,
                    ..Difference::default()
                },
                (Some(_), _) => Difference {
                    counted: true,
                    ..Difference::default()
                },
                (None, _) => continue,
            };
            if !difference.is_empty() {
                differences.insert(name.clone(), difference);
            }
        }
        differences
    }
}

impl Difference {
    fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty() && !self.counted
    }

    /// The columns in which changed rows differ.
    pub(super) fn columns(&self) -> BTreeSet<String> {
        let differing = |(before, after): &(Row, Row)| {
            let differing = after
                .columns()
                .filter(|(column, value)| before.get(column) != Some(*value));
            differing
                .map(|(column, _)| column.to_owned())
                .collect::<Vec<_>>()
        };
        self.changed.iter().flat_map(differing).collect()
    }
}

async fn read_table(
    axl: &Axl,
    table: &str,
    is_secret: bool,
    scope: &Scope,
) -> Result<Table, Error> {
    if !is_secret {
        let sql = format!("SELECT FIRST {} * FROM {table}", MOST_ROWS + 1);
        match axl.query(&sql, scope).await {
            Ok(rows) if rows.len() <= MOST_ROWS => return Ok(Table::Rows(rows)),
            // More than fits into one answer, which only counting tells.
            Ok(_) | Err(Error::Rejected { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    let rows = axl
        .query(&format!("SELECT COUNT(*) FROM {table}"), scope)
        .await?;
    let count = rows.first().and_then(Row::single).unwrap_or_default();
    Ok(Table::Count(count.trim().to_owned()))
}

/// Rows are the same where every column is; a changed one is told by the key it keeps.
fn compare(before: &[Row], after: &[Row]) -> Difference {
    let mut gone: Vec<&Row> = before.iter().collect();
    let mut difference = Difference::default();
    for row in after {
        match gone.iter().position(|old| *old == row) {
            Some(at) => {
                gone.swap_remove(at);
            }
            None => difference.added.push(row.clone()),
        }
    }
    let mut added = Vec::new();
    for row in difference.added.drain(..) {
        let same = gone.iter().position(|old| {
            key(&row).is_some_and(|key| old.columns().any(|(_, value)| value == key))
        });
        match same {
            Some(at) => difference.changed.push((gone.swap_remove(at).clone(), row)),
            None => added.push(row),
        }
    }
    difference.added = added;
    difference.removed = gone.into_iter().cloned().collect();
    difference
}

/// The first value that is written like a pkid.
pub(super) fn key(row: &Row) -> Option<&str> {
    row.columns()
        .map(|(_, value)| value.trim())
        .find(|value| is_pkid(value))
}

/// Whether a text is written like a pkid.
pub(super) fn is_pkid(text: &str) -> bool {
    text.len() == 36 && text.parse::<crate::domain::Pkid>().is_ok()
}
