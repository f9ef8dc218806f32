//! One database of a cluster, over SQLite.
//!
//! Every node of a cluster reads the same database, as replication would have it. Statements come in parsed; errors go
//! out with Informix's numbers. This module knows no SOAP and no HTTP.

mod changes;
mod companions;
mod logical;
mod reshape;
mod rules;
mod seed;
mod settings;
mod storage;
mod write;

use rusqlite::{Connection, Row};

pub use changes::{Change, ChangeKind, ChangedObject};
pub use logical::{
    CompanionRow, Companions, DomainRow, RouteRow, domain_of_pattern, pattern_of_domain,
};
pub(crate) use seed::NodeRow;
pub use settings::Settings;
pub(crate) use storage::Contents;
pub use storage::StorageError;

use crate::options::{CompanionsMadeBy, DuplicateAnswer};
use crate::schema::{Catalogue, SchemaDefinition, Table};
use crate::sql::{Select, SqlError, Statement, translate_select};
use crate::value::Value;

/// How the database behaves where the product's behaviour is not known.
#[derive(Debug, Clone)]
pub(crate) struct Behaviour {
    pub(crate) companions: CompanionsMadeBy,
    pub(crate) duplicates: DuplicateAnswer,
    pub(crate) routes_per_pattern: u32,
}

/// A database, its names and its behaviour.
#[derive(Debug)]
pub(crate) struct Database {
    connection: Connection,
    pub(crate) definition: SchemaDefinition,
    pub(crate) catalogue: Catalogue,
    pub(crate) behaviour: Behaviour,
}

/// What a write did.
#[derive(Debug, Default, Clone)]
pub(crate) struct Written {
    /// The rows that the statement itself added, changed or removed.
    pub(crate) rows: u64,
    /// All that changed, companion rows among them.
    pub(crate) changes: Vec<Change>,
}

/// Who writes, which decides what the database does besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writer {
    /// A SQL statement from outside.
    Sql,
    /// The administration page, which always makes the companion rows.
    AdminPage,
    /// Surgery: no rule is asked and nothing else happens.
    Surgeon,
}

impl Database {
    /// Runs a query and hands each row to `each`, with the names of the columns.
    pub(crate) fn query(
        &self,
        host_name: &str,
        select: &Select,
        mut each: impl FnMut(&[String], &Row<'_>),
    ) -> Result<u64, SqlError> {
        let query = translate_select(&self.catalogue, host_name, select)?;
        let mut statement = self.connection.prepare_cached(&query.sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(&query.parameters))?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            each(&query.labels, row);
            count += 1;
        }
        Ok(count)
    }

    /// Runs a statement that writes. Without `commit` everything is checked and nothing stays.
    pub(crate) fn execute(&self, statement: &Statement, commit: bool) -> Result<Written, SqlError> {
        self.in_transaction(commit, || match statement {
            Statement::Insert(insert) => self.sql_insert(insert),
            Statement::Update(update) => self.sql_update(update),
            Statement::Delete(delete) => self.sql_delete(delete),
            Statement::Select(_) => Err(SqlError::syntax()),
        })
    }

    pub(crate) fn in_transaction<T>(
        &self,
        commit: bool,
        work: impl FnOnce() -> Result<T, SqlError>,
    ) -> Result<T, SqlError> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let result = work();
        let end = if commit && result.is_ok() {
            "COMMIT"
        } else {
            "ROLLBACK"
        };
        self.connection.execute_batch(end)?;
        result
    }

    pub(crate) fn table(&self, name: &str) -> Result<&Table, SqlError> {
        self.catalogue
            .table(name)
            .ok_or_else(|| SqlError::no_such_table(name))
    }

    /// The first column of the first row, if there is one.
    fn scalar(&self, sql: &str, parameters: &[Value]) -> Result<Option<Value>, SqlError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(parameters))?;
        match rows.next()? {
            Some(row) => Ok(Some(Value::of_cell(row.get_ref(0)?))),
            None => Ok(None),
        }
    }
}

/// A row as it is stored, aligned with its table's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredRow {
    /// SQLite's own number of the row.
    pub(crate) number: i64,
    pub(crate) cells: Vec<Value>,
}

impl StoredRow {
    pub(crate) fn get(&self, table: &Table, column: &str) -> &Value {
        table
            .columns
            .iter()
            .position(|candidate| candidate.name == column)
            .and_then(|index| self.cells.get(index))
            .unwrap_or(&Value::Null)
    }
}

#[cfg(test)]
mod tests;
