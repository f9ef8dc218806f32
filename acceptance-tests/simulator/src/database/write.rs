//! INSERT, UPDATE and DELETE with the checks that Informix makes: types, NULL, lengths, references, uniqueness.

use rusqlite::ffi;

use super::storage::default_value;
use super::{Change, ChangeKind, Database, StoredRow, Writer, Written};
use crate::schema::{Column, ColumnKind, Table};
use crate::sql::{Delete, Insert, SqlError, Translated, Update, coerce, translate_condition};
use crate::value::Value;

impl Database {
    pub(super) fn sql_insert(&self, insert: &Insert) -> Result<Written, SqlError> {
        let table = self.writable(&insert.table, "INSERT")?;
        let names: Vec<&str> = match &insert.columns {
            Some(columns) => columns.iter().map(String::as_str).collect(),
            None => table
                .columns
                .iter()
                .map(|column| column.name.as_str())
                .collect(),
        };
        if names.len() != insert.values.len() {
            return Err(SqlError::wrong_number_of_values());
        }
        let mut values = Vec::new();
        for (name, literal) in names.iter().zip(&insert.values) {
            let column = known_column(table, name)?;
            if values.iter().any(|(known, _)| known == &column.name) {
                return Err(SqlError::new(
                    -330,
                    format!("Cannot create or rename: column ({name}) named twice."),
                ));
            }
            values.push((column.name.clone(), coerce(column, literal)?));
        }
        self.insert_row(table, &values, Writer::Sql)
    }

    pub(super) fn sql_update(&self, update: &Update) -> Result<Written, SqlError> {
        let table = self.writable(&update.table, "UPDATE")?;
        let mut assignments = Vec::new();
        for (name, literal) in &update.assignments {
            let column = known_column(table, name)?;
            assignments.push((column.name.clone(), coerce(column, literal)?));
        }
        let rows = self.matching(table, update.condition.as_ref())?;
        self.update_rows(table, rows, &assignments, Writer::Sql)
    }

    pub(super) fn sql_delete(&self, delete: &Delete) -> Result<Written, SqlError> {
        let table = self.writable(&delete.table, "DELETE")?;
        let rows = self.matching(table, delete.condition.as_ref())?;
        self.delete_rows(table, &rows, Writer::Sql)
    }

    /// Adds one row; columns that `values` leaves out take their defaults.
    pub(crate) fn insert_row(
        &self,
        table: &Table,
        values: &[(String, Value)],
        writer: Writer,
    ) -> Result<Written, SqlError> {
        let cells = table
            .columns
            .iter()
            .map(
                |column| match values.iter().find(|(name, _)| name == &column.name) {
                    Some((_, value)) => value.clone(),
                    None => default_value(column.kind, column.default.as_ref()),
                },
            )
            .collect();
        let mut row = StoredRow { number: 0, cells };
        self.check_row(table, &row, None, writer)?;
        let marks = vec!["?"; table.columns.len()].join(", ");
        let names: Vec<String> = table
            .columns
            .iter()
            .map(|column| format!("\"{}\"", column.name))
            .collect();
        let sql = format!(
            "INSERT INTO \"{}\" ({}) VALUES ({marks})",
            table.name,
            names.join(", ")
        );
        self.write(table, &sql, &row.cells)?;
        row.number = self.connection.last_insert_rowid();
        let mut written = Written {
            rows: 1,
            changes: vec![self.describe(table, &row, ChangeKind::Added)?],
        };
        self.companions_after_insert(table, &row, writer, &mut written)?;
        Ok(written)
    }

    /// Sets columns in each of `rows`.
    pub(crate) fn update_rows(
        &self,
        table: &Table,
        rows: Vec<StoredRow>,
        assignments: &[(String, Value)],
        writer: Writer,
    ) -> Result<Written, SqlError> {
        let names: Vec<String> = assignments
            .iter()
            .map(|(name, _)| format!("\"{name}\" = ?"))
            .collect();
        let sql = format!(
            "UPDATE \"{}\" SET {} WHERE rowid = ?",
            table.name,
            names.join(", ")
        );
        let mut written = Written::default();
        for before in rows {
            let mut after = before.clone();
            for (index, column) in table.columns.iter().enumerate() {
                if let Some((_, value)) = assignments.iter().find(|(name, _)| name == &column.name)
                {
                    after.cells[index] = value.clone();
                }
            }
            self.check_row(table, &after, Some(&before), writer)?;
            let mut parameters: Vec<Value> =
                assignments.iter().map(|(_, value)| value.clone()).collect();
            parameters.push(Value::Integer(after.number));
            self.write(table, &sql, &parameters)?;
            written.rows += 1;
            written
                .changes
                .push(self.describe(table, &after, ChangeKind::Changed)?);
            self.companions_after_update(table, &before, &after, writer, &mut written)?;
        }
        Ok(written)
    }

    /// Removes each of `rows`.
    pub(crate) fn delete_rows(
        &self,
        table: &Table,
        rows: &[StoredRow],
        writer: Writer,
    ) -> Result<Written, SqlError> {
        let sql = format!("DELETE FROM \"{}\" WHERE rowid = ?", table.name);
        let mut written = Written::default();
        for row in rows {
            if writer != Writer::Surgeon {
                self.check_not_referenced(table, row)?;
                self.check_companion_may_go(table, row, writer)?;
            }
            let change: Change = self.describe(table, row, ChangeKind::Removed)?;
            self.write(table, &sql, &[Value::Integer(row.number)])?;
            written.rows += 1;
            written.changes.push(change);
            self.companions_after_delete(table, row, writer, &mut written)?;
        }
        Ok(written)
    }

    /// The rows of `table` that meet `condition`.
    fn matching(
        &self,
        table: &Table,
        condition: Option<&crate::sql::Condition>,
    ) -> Result<Vec<StoredRow>, SqlError> {
        let condition = match condition {
            Some(condition) => translate_condition(&self.catalogue, "", table, condition)?,
            None => Translated {
                sql: "1 = 1".to_owned(),
                parameters: Vec::new(),
                labels: Vec::new(),
            },
        };
        self.rows_where(table, &condition.sql, &condition.parameters)
    }

    /// The rows of `table` that meet a condition written for SQLite.
    pub(crate) fn rows_where(
        &self,
        table: &Table,
        condition: &str,
        parameters: &[Value],
    ) -> Result<Vec<StoredRow>, SqlError> {
        let names: Vec<String> = table
            .columns
            .iter()
            .map(|column| format!("\"{}\"", column.name))
            .collect();
        let sql = format!(
            "SELECT rowid, {} FROM \"{}\" WHERE {condition}",
            names.join(", "),
            table.name
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut found = statement.query(rusqlite::params_from_iter(parameters))?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let mut cells = Vec::with_capacity(table.columns.len());
            for index in 0..table.columns.len() {
                cells.push(Value::of_cell(row.get_ref(index + 1)?));
            }
            rows.push(StoredRow {
                number: row.get(0)?,
                cells,
            });
        }
        Ok(rows)
    }

    fn writable(&self, name: &str, verb: &str) -> Result<&Table, SqlError> {
        let table = self.table(name)?;
        if table.system {
            return Err(SqlError::no_privilege(verb, name));
        }
        Ok(table)
    }

    fn check_row(
        &self,
        table: &Table,
        row: &StoredRow,
        before: Option<&StoredRow>,
        writer: Writer,
    ) -> Result<(), SqlError> {
        for (column, value) in table.columns.iter().zip(&row.cells) {
            check_cell(column, value)?;
        }
        if writer == Writer::Surgeon {
            return Ok(());
        }
        self.check_rules(table, row, before)?;
        for reference in &table.references {
            let value = row.get(table, &reference.column);
            let sql = format!(
                "SELECT 1 FROM \"{}\" WHERE \"{}\" = ?",
                reference.table, reference.target
            );
            if *value != Value::Null && self.scalar(&sql, std::slice::from_ref(value))?.is_none() {
                return Err(SqlError::missing_reference(reference));
            }
        }
        Ok(())
    }

    fn check_not_referenced(&self, table: &Table, row: &StoredRow) -> Result<(), SqlError> {
        for other in &self.catalogue.tables {
            for reference in other
                .references
                .iter()
                .filter(|reference| reference.table == table.name)
            {
                let value = row.get(table, &reference.target).clone();
                let sql = format!(
                    "SELECT 1 FROM \"{}\" WHERE \"{}\" = ?",
                    other.name, reference.column
                );
                if self.scalar(&sql, &[value])?.is_some() {
                    return Err(SqlError::still_referenced(reference));
                }
            }
        }
        Ok(())
    }

    fn write(&self, table: &Table, sql: &str, parameters: &[Value]) -> Result<(), SqlError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        statement
            .execute(rusqlite::params_from_iter(parameters))
            .map(|_| ())
            .map_err(|error| unique_index_error(table, &error))
    }
}

fn known_column<'a>(table: &'a Table, name: &str) -> Result<&'a Column, SqlError> {
    table
        .column(name)
        .ok_or_else(|| SqlError::no_such_column(name))
}

fn check_cell(column: &Column, value: &Value) -> Result<(), SqlError> {
    match value {
        Value::Null if column.not_null => Err(SqlError::null_refused(&column.name)),
        Value::Text(text)
            if column.kind != ColumnKind::Boolean && text.len() > column.length as usize =>
        {
            Err(SqlError::string_too_long())
        }
        _ => Ok(()),
    }
}

/// Names the unique index behind SQLite's `UNIQUE constraint failed: table.column, …`.
fn unique_index_error(table: &Table, error: &rusqlite::Error) -> SqlError {
    if let rusqlite::Error::SqliteFailure(failure, Some(message)) = error
        && failure.extended_code == ffi::SQLITE_CONSTRAINT_UNIQUE
    {
        let columns: Vec<&str> = message
            .rsplit(": ")
            .next()
            .unwrap_or_default()
            .split(", ")
            .filter_map(|name| name.rsplit('.').next())
            .collect();
        if let Some(index) = table.unique.iter().find(|index| index.columns == columns) {
            return SqlError::duplicate(index);
        }
    }
    SqlError::internal(error)
}
