//! What happens to rows without anybody asking: surgery on columns, learned domains, companions torn out.

use serde::{Deserialize, Serialize};

use super::ClusterState;
use super::administration::row_with;
use crate::database::{DomainRow, RouteRow, Writer, Written};
use crate::schema::{DomainColumn, RouteColumn};
use crate::sql::SqlError;
use crate::value::Value;

/// Which row is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKey {
    /// The domain of that name.
    Domain(String),
    /// The route with that key, `pattern/next_hop:port/protocol`, or that row identifier.
    Route(String),
}

/// A column and the value that it is to have, as text; `None` is NULL. Booleans are `t` and `f`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnValue {
    /// The column by its name in the table, or by its meaning, such as `next_hop`.
    pub column: String,
    /// The value.
    pub value: Option<String>,
}

impl ClusterState {
    /// Sets one column of one row. No rule is asked, nothing else happens; types and NOT NULL still count.
    pub(crate) fn set_column(
        &self,
        row: &RowKey,
        change: &ColumnValue,
    ) -> Result<Written, SqlError> {
        let database = self.database();
        let definition = &database.definition;
        let (table, pkid_column, pkid) = match row {
            RowKey::Domain(name) => {
                let names = &definition.federated_domain;
                let known = database.domains()?;
                let domain = known.into_iter().find(|row| &row.domain_name == name);
                (&names.table, &names.pkid, domain.map(|row| row.pkid))
            }
            RowKey::Route(key) => {
                let names = &definition.static_route;
                let known = database.routes()?;
                let route = known
                    .into_iter()
                    .find(|row| &row.key() == key || &row.pkid == key);
                (&names.table, &names.pkid, route.map(|row| row.pkid))
            }
        };
        let pkid = pkid.ok_or_else(|| SqlError::new(100, "There is no such row."))?;
        let table = database.table(table)?;
        let quoted = |text: &str| Value::text(text);
        let meaning = || serde_json::Value::String(change.column.clone());
        let name = match row {
            RowKey::Domain(_) => serde_json::from_value::<DomainColumn>(meaning())
                .ok()
                .map(|column| definition.federated_domain.column(column)),
            RowKey::Route(_) => serde_json::from_value::<RouteColumn>(meaning())
                .ok()
                .map(|column| definition.static_route.column(column)),
        }
        .unwrap_or(&change.column);
        let column = table
            .column(name)
            .ok_or_else(|| SqlError::no_such_column(name))?;
        let value = match &change.value {
            None => Value::Null,
            Some(text) if column.kind.is_text() || column.type_code() % 256 == 41 => quoted(text),
            Some(text) => Value::Integer(text.parse().map_err(|_| SqlError::not_a_number())?),
        };
        let rows = row_with(&database, table, pkid_column, &pkid)?;
        let assignment = [(column.name.clone(), value)];
        database.in_transaction(true, || {
            database.update_rows(table, rows, &assignment, Writer::Surgeon)
        })
    }

    /// Adds rows as they are, many at once, without rules and companions.
    pub(crate) fn load(
        &self,
        domains: &[DomainRow],
        routes: &[RouteRow],
    ) -> Result<Written, SqlError> {
        let database = self.database();
        database.in_transaction(true, || {
            let mut all = Written::default();
            for domain in domains {
                let written = database.insert_domain(domain, Writer::Surgeon)?;
                all.rows += written.rows;
            }
            for route in routes {
                let written = database.insert_route(route, Writer::Surgeon)?;
                all.rows += written.rows;
            }
            Ok(all)
        })
    }

    /// Open federation learns a domain from traffic, and adds it to the list by itself.
    pub(crate) fn learn_domain(&self, name: &str) -> Result<Written, SqlError> {
        let database = self.database();
        database.in_transaction(true, || {
            database.insert_domain(&DomainRow::learned(name), Writer::AdminPage)
        })
    }

    /// Tears out a domain's companion rows.
    pub(crate) fn remove_companions(&self, domain_name: &str) -> Result<Written, SqlError> {
        let database = self.database();
        database.in_transaction(true, || {
            let mut all = Written::default();
            for companion in [
                &database.definition.incoming_acl,
                &database.definition.backend_gateway,
            ] {
                let table = database.table(&companion.table)?;
                let rows = row_with(&database, table, &companion.domain_column, domain_name)?;
                let gone = database.delete_rows(table, &rows, Writer::Surgeon)?;
                all.rows += gone.rows;
                all.changes.extend(gone.changes);
            }
            Ok(all)
        })
    }
}
