//! What a write did, in words that no schema changes.

use serde::{Deserialize, Serialize};

use super::logical::pattern_of_domain;
use super::{Database, StoredRow};
use crate::schema::Table;
use crate::sql::SqlError;
use crate::value::Value;

/// A row that came, changed or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What kind of thing it is.
    pub object: ChangedObject,
    /// What happened to it.
    pub kind: ChangeKind,
    /// A domain's name, a route's `pattern/next_hop:port/protocol`, a companion's domain; after the change.
    pub key: String,
    /// The row identifier, after the change.
    pub pkid: String,
    /// Where a domain was removed: the patterns of the routes that still belonged to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes_left: Vec<String>,
}

/// What a changed row is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangedObject {
    /// A SIP federated domain.
    Domain,
    /// A static route.
    Route,
    /// An incoming proxy access control entry.
    IncomingAcl,
    /// A presence engine gateway.
    BackendGateway,
    /// A service that was restarted; its key is the service's name, its pkid the node's.
    Service,
    /// A row of another table.
    Other(String),
}

/// What happened to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It was added.
    Added,
    /// It was changed.
    Changed,
    /// It was removed.
    Removed,
}

impl Database {
    pub(super) fn describe(
        &self,
        table: &Table,
        row: &StoredRow,
        kind: ChangeKind,
    ) -> Result<Change, SqlError> {
        let definition = &self.definition;
        let text = |column: &str| {
            row.get(table, column)
                .as_text()
                .unwrap_or_default()
                .to_owned()
        };
        let (object, key, pkid) = if table.name == definition.federated_domain.table {
            let names = &definition.federated_domain;
            (
                ChangedObject::Domain,
                text(&names.domain_name),
                text(&names.pkid),
            )
        } else if table.name == definition.static_route.table {
            let names = &definition.static_route;
            (
                ChangedObject::Route,
                self.route_key(table, row),
                text(&names.pkid),
            )
        } else if table.name == definition.incoming_acl.table {
            (
                ChangedObject::IncomingAcl,
                text(&definition.incoming_acl.domain_column),
                text("pkid"),
            )
        } else if table.name == definition.backend_gateway.table {
            (
                ChangedObject::BackendGateway,
                text(&definition.backend_gateway.domain_column),
                text("pkid"),
            )
        } else {
            (
                ChangedObject::Other(table.name.clone()),
                text("pkid"),
                text("pkid"),
            )
        };
        let routes_left = if object == ChangedObject::Domain && kind == ChangeKind::Removed {
            self.routes_of_domain(&key)?
        } else {
            Vec::new()
        };
        Ok(Change {
            object,
            kind,
            key,
            pkid,
            routes_left,
        })
    }

    fn route_key(&self, table: &Table, row: &StoredRow) -> String {
        let names = &self.definition.static_route;
        let text = |column: &str| row.get(table, column).as_text().unwrap_or_default();
        let number = |column: &str| row.get(table, column).as_integer().unwrap_or(-1);
        format!(
            "{}/{}:{}/{}",
            text(&names.destination_pattern),
            text(&names.next_hop),
            number(&names.next_hop_port),
            names.protocols.key(number(&names.protocol)).unwrap_or("?"),
        )
    }

    /// The patterns of the routes whose longest matching domain is `domain`, which is still in its table.
    fn routes_of_domain(&self, domain: &str) -> Result<Vec<String>, SqlError> {
        let names = &self.definition.static_route;
        let own = pattern_of_domain(domain).to_ascii_lowercase();
        let sql = format!(
            "SELECT \"{0}\" FROM \"{1}\" WHERE lower(\"{0}\") = ? OR substr(lower(\"{0}\"), 1, ?) = ?",
            names.destination_pattern, names.table
        );
        let prefix = format!("{own}.");
        let length = i64::try_from(prefix.len()).unwrap_or(i64::MAX);
        let below = self.texts(
            &sql,
            &[
                Value::text(&own),
                Value::Integer(length),
                Value::text(&prefix),
            ],
        )?;
        if below.is_empty() {
            return Ok(below);
        }
        let domains = &self.definition.federated_domain;
        let sql = format!(
            "SELECT \"{}\" FROM \"{}\"",
            domains.domain_name, domains.table
        );
        let longer: Vec<String> = self
            .texts(&sql, &[])?
            .iter()
            .map(|name| pattern_of_domain(name).to_ascii_lowercase())
            .filter(|pattern| pattern.len() > own.len())
            .collect();
        let belongs_to_longer = |pattern: &String| {
            let pattern = pattern.to_ascii_lowercase();
            longer
                .iter()
                .any(|other| &pattern == other || pattern.starts_with(&format!("{other}.")))
        };
        Ok(below
            .into_iter()
            .filter(|pattern| !belongs_to_longer(pattern))
            .collect())
    }

    /// The first column of every row, where it is text.
    pub(super) fn texts(&self, sql: &str, parameters: &[Value]) -> Result<Vec<String>, SqlError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(parameters))?;
        let mut texts = Vec::new();
        while let Some(row) = rows.next()? {
            if let Value::Text(text) = Value::of_cell(row.get_ref(0)?) {
                texts.push(text);
            }
        }
        Ok(texts)
    }
}
