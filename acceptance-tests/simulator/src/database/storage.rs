//! Opens a database in memory or in a file, and keeps the catalogue's tables true.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::{Behaviour, Database, NodeRow};
use crate::schema::{Catalogue, ColumnKind, DefaultValue, SchemaDefinition, Table};
use crate::sql::SqlError;
use crate::value::Value;

/// Which product's tables a database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Contents {
    ImAndPresence,
    CallManager,
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// SQLite refused.
    #[error("the database {} cannot be opened: {source}", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// SQLite's reason.
        source: rusqlite::Error,
    },
    /// The file is no database of this simulator.
    #[error("{} holds no simulated publisher: {reason}; delete it or name another file", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What is missing in it.
        reason: String,
    },
    /// The file was made with another schema.
    #[error(
        "{} was made with the schema {found}, not {wanted}; ask for that schema, delete the file or name another",
        path.display()
    )]
    OtherSchema {
        /// The file.
        path: PathBuf,
        /// The schema in the file.
        found: String,
        /// The schema asked for.
        wanted: String,
    },
    /// The first rows could not be written.
    #[error("the first rows could not be written: {0}")]
    Seed(String),
}

/// What a database file remembers besides its rows.
#[derive(Debug, Serialize, Deserialize)]
struct Remembered {
    contents: Contents,
    definition: SchemaDefinition,
    catalogue: Catalogue,
}

const REMEMBERED: &str = "simulator_remembered";

impl Database {
    /// Opens the database at `path`, or a new one in memory. A new one gets its tables and the rows of a fresh cluster.
    pub(crate) fn open(
        path: Option<&Path>,
        contents: Contents,
        definition: SchemaDefinition,
        behaviour: Behaviour,
        proxy_domain: &str,
        nodes: &[NodeRow],
    ) -> Result<Self, StorageError> {
        let shown = path.unwrap_or(Path::new(":memory:")).to_owned();
        let sqlite = |source| StorageError::Sqlite {
            path: shown.clone(),
            source,
        };
        let connection = match path {
            Some(path) => Connection::open(path),
            None => Connection::open_in_memory(),
        }
        .map_err(sqlite)?;
        connection.set_prepared_statement_cache_capacity(256);
        connection
            .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA case_sensitive_like = ON;")
            .map_err(sqlite)?;
        if has_tables(&connection).map_err(sqlite)? {
            return Self::reopen(connection, &shown, contents, &definition, behaviour);
        }
        let catalogue = match contents {
            Contents::ImAndPresence => Catalogue::of_im_and_presence(&definition),
            Contents::CallManager => Catalogue::of_call_manager(&definition),
        };
        let database = Self {
            connection,
            definition,
            catalogue,
            behaviour,
        };
        database
            .create(contents, proxy_domain, nodes)
            .map_err(|error| StorageError::Seed(error.to_string()))?;
        Ok(database)
    }

    /// The same tables and rows once more, in memory.
    pub(crate) fn copy(&self) -> Result<Self, SqlError> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch("PRAGMA case_sensitive_like = ON;")?;
        let mut definitions = self.connection.prepare(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC",
        )?;
        let mut definitions = definitions.query([])?;
        while let Some(definition) = definitions.next()? {
            let (kind, name): (String, String) = (definition.get(0)?, definition.get(1)?);
            connection.execute_batch(&definition.get::<_, String>(2)?)?;
            if kind == "table" {
                copy_rows(&self.connection, &connection, &name)?;
            }
        }
        Ok(Self {
            connection,
            definition: self.definition.clone(),
            catalogue: self.catalogue.clone(),
            behaviour: self.behaviour.clone(),
        })
    }

    fn reopen(
        connection: Connection,
        path: &Path,
        contents: Contents,
        wanted: &SchemaDefinition,
        behaviour: Behaviour,
    ) -> Result<Self, StorageError> {
        let foreign = |reason: String| StorageError::Foreign {
            path: path.to_owned(),
            reason,
        };
        let text: String = connection
            .query_row(&format!("SELECT content FROM {REMEMBERED}"), [], |row| {
                row.get(0)
            })
            .map_err(|error| foreign(error.to_string()))?;
        let remembered: Remembered =
            serde_json::from_str(&text).map_err(|error| foreign(error.to_string()))?;
        if remembered.contents != contents || remembered.definition.name != wanted.name {
            return Err(StorageError::OtherSchema {
                path: path.to_owned(),
                found: remembered.definition.name,
                wanted: wanted.name.clone(),
            });
        }
        Ok(Self {
            connection,
            definition: remembered.definition,
            catalogue: remembered.catalogue,
            behaviour,
        })
    }

    fn create(
        &self,
        contents: Contents,
        proxy_domain: &str,
        nodes: &[NodeRow],
    ) -> Result<(), SqlError> {
        self.in_transaction(true, || {
            self.connection.execute_batch(&format!(
                "CREATE TABLE {REMEMBERED} (contents TEXT, content TEXT)"
            ))?;
            let mut insert = self
                .connection
                .prepare(&format!("INSERT INTO {REMEMBERED} VALUES (?, '')"))?;
            insert.execute([match contents {
                Contents::ImAndPresence => "im-and-presence",
                Contents::CallManager => "call-manager",
            }])?;
            for table in &self.catalogue.tables {
                self.connection.execute_batch(&data_definition(table))?;
            }
            self.describe_catalogue()?;
            self.seed_nodes(nodes)?;
            if contents == Contents::ImAndPresence {
                self.seed_im_and_presence(proxy_domain)?;
            }
            Ok(())
        })
    }

    /// Writes `systables`, `syscolumns` and `sysdefaults`, and what a reopened file has to know, from the catalogue.
    pub(super) fn describe_catalogue(&self) -> Result<(), SqlError> {
        self.connection.execute_batch(
            "DELETE FROM systables; DELETE FROM syscolumns; DELETE FROM sysdefaults;",
        )?;
        let mut tables = self
            .connection
            .prepare_cached("INSERT INTO systables VALUES (?, 'informix', ?, ?, 0, 'T')")?;
        let mut columns = self
            .connection
            .prepare_cached("INSERT INTO syscolumns VALUES (?, ?, ?, ?, ?)")?;
        let mut defaults = self
            .connection
            .prepare_cached("INSERT INTO sysdefaults VALUES (?, ?, ?, ?, 'T')")?;
        for (number, table) in self.catalogue.numbered() {
            let columns_of_table = i64::try_from(table.columns.len()).unwrap_or(i64::MAX);
            tables.execute((&table.name, number, columns_of_table))?;
            for (position, column) in (1_i64..).zip(&table.columns) {
                columns.execute((
                    &column.name,
                    number,
                    position,
                    column.type_code(),
                    column.length,
                ))?;
                match &column.default {
                    Some(DefaultValue::Literal(literal)) => {
                        defaults.execute((number, position, "L", literal))?
                    }
                    Some(DefaultValue::NewId) => {
                        defaults.execute((number, position, "F", "newid()"))?
                    }
                    None => 0,
                };
            }
        }
        self.remember()
    }

    fn remember(&self) -> Result<(), SqlError> {
        let contents: String = self.connection.query_row(
            &format!("SELECT contents FROM {REMEMBERED}"),
            [],
            |row| row.get(0),
        )?;
        let remembered = Remembered {
            contents: if contents == "call-manager" {
                Contents::CallManager
            } else {
                Contents::ImAndPresence
            },
            definition: self.definition.clone(),
            catalogue: self.catalogue.clone(),
        };
        let text = serde_json::to_string(&remembered)
            .map_err(|error| SqlError::new(-958, error.to_string()))?;
        self.connection
            .execute(&format!("UPDATE {REMEMBERED} SET content = ?"), [text])?;
        Ok(())
    }
}

fn copy_rows(from: &Connection, to: &Connection, table: &str) -> Result<(), SqlError> {
    let mut rows = from.prepare(&format!("SELECT * FROM \"{table}\""))?;
    let width = rows.column_count();
    let places = vec!["?"; width].join(", ");
    let mut insert = to.prepare(&format!("INSERT INTO \"{table}\" VALUES ({places})"))?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let cells = (0..width)
            .map(|index| row.get::<_, rusqlite::types::Value>(index))
            .collect::<Result<Vec<_>, _>>()?;
        insert.execute(rusqlite::params_from_iter(cells))?;
    }
    Ok(())
}

fn has_tables(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT count(*) > 0 FROM sqlite_master", [], |row| {
        row.get(0)
    })
}

/// SQLite's definition of a table. Types, lengths, defaults and NOT NULL are enforced before SQLite sees a row.
fn data_definition(table: &Table) -> String {
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|column| format!("\"{}\" {}", column.name, affinity(column.kind)))
        .collect();
    let mut text = format!("CREATE TABLE \"{}\" ({});", table.name, columns.join(", "));
    for index in &table.unique {
        let columns: Vec<String> = index
            .columns
            .iter()
            .map(|column| format!("\"{column}\""))
            .collect();
        let _ = write!(
            text,
            "CREATE UNIQUE INDEX \"{}\" ON \"{}\" ({});",
            index.name,
            table.name,
            columns.join(", ")
        );
    }
    text
}

pub(super) fn affinity(kind: ColumnKind) -> &'static str {
    if kind.is_text() || kind == ColumnKind::Boolean {
        "TEXT"
    } else {
        "INTEGER"
    }
}

/// What a default stands for in a new row.
pub(super) fn default_value(kind: ColumnKind, default: Option<&DefaultValue>) -> Value {
    match default {
        None => Value::Null,
        Some(DefaultValue::NewId) => Value::Text(crate::value::new_row_identifier()),
        Some(DefaultValue::Literal(literal)) if kind.is_text() || kind == ColumnKind::Boolean => {
            Value::text(literal)
        }
        Some(DefaultValue::Literal(literal)) => literal.parse().map_or(Value::Null, Value::Integer),
    }
}
