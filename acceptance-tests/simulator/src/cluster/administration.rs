//! What another administrator does through the administration page: with all rules and side effects.

use serde::{Deserialize, Serialize};

use super::ClusterState;
use crate::database::{Database, DomainRow, RouteRow, StoredRow, Writer, Written};
use crate::schema::Table;
use crate::sql::SqlError;
use crate::value::Value;

/// What to change in a domain; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DomainEdit {
    /// Domain Name.
    pub domain_name: Option<String>,
    /// Description; the empty text clears it.
    pub description: Option<String>,
    /// Integration Type.
    pub integration_type: Option<String>,
    /// Direct Federation.
    pub direct_federation: Option<bool>,
}

/// What to change in a route; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RouteEdit {
    /// Destination Pattern.
    pub destination_pattern: Option<String>,
    /// Description; the empty text clears it.
    pub description: Option<String>,
    /// Next Hop.
    pub next_hop: Option<String>,
    /// Next Hop Port.
    pub next_hop_port: Option<i64>,
    /// Route Type.
    pub route_type: Option<String>,
    /// Protocol Type.
    pub protocol: Option<String>,
    /// Priority.
    pub priority: Option<i64>,
    /// Weight.
    pub weight: Option<i64>,
    /// Allow Less-Specific Route.
    pub allow_less_specific_route: Option<bool>,
    /// In Service.
    pub in_service: Option<bool>,
    /// Block Route.
    pub block_route: Option<bool>,
}

impl ClusterState {
    pub(crate) fn add_domain(&self, domain: &DomainRow) -> Result<Written, SqlError> {
        let database = self.database();
        database.in_transaction(true, || database.insert_domain(domain, Writer::AdminPage))
    }

    pub(crate) fn add_route(&self, route: &RouteRow) -> Result<Written, SqlError> {
        let database = self.database();
        database.in_transaction(true, || database.insert_route(route, Writer::AdminPage))
    }

    pub(crate) fn edit_domain(&self, name: &str, edit: &DomainEdit) -> Result<Written, SqlError> {
        let database = self.database();
        let mut domain = found(database.domains()?, |row| row.domain_name == name, name)?;
        edit.apply(&mut domain);
        let values = database.domain_values(&domain)?;
        let table = database.table(&database.definition.federated_domain.table)?;
        let row = row_with(
            &database,
            table,
            &database.definition.federated_domain.pkid,
            &domain.pkid,
        )?;
        database.in_transaction(true, || {
            database.update_rows(table, row, &values, Writer::AdminPage)
        })
    }

    pub(crate) fn edit_route(&self, key: &str, edit: &RouteEdit) -> Result<Written, SqlError> {
        let database = self.database();
        let mut route = found(
            database.routes()?,
            |row| row.key() == key || row.pkid == key,
            key,
        )?;
        edit.apply(&mut route);
        let values = database.route_values(&route)?;
        let table = database.table(&database.definition.static_route.table)?;
        let row = row_with(
            &database,
            table,
            &database.definition.static_route.pkid,
            &route.pkid,
        )?;
        database.in_transaction(true, || {
            database.update_rows(table, row, &values, Writer::AdminPage)
        })
    }

    pub(crate) fn delete_domain(&self, name: &str) -> Result<Written, SqlError> {
        let database = self.database();
        let domain = found(database.domains()?, |row| row.domain_name == name, name)?;
        let table = database.table(&database.definition.federated_domain.table)?;
        let row = row_with(
            &database,
            table,
            &database.definition.federated_domain.pkid,
            &domain.pkid,
        )?;
        database.in_transaction(true, || {
            database.delete_rows(table, &row, Writer::AdminPage)
        })
    }

    pub(crate) fn delete_route(&self, key: &str) -> Result<Written, SqlError> {
        let database = self.database();
        let route = found(
            database.routes()?,
            |row| row.key() == key || row.pkid == key,
            key,
        )?;
        let table = database.table(&database.definition.static_route.table)?;
        let row = row_with(
            &database,
            table,
            &database.definition.static_route.pkid,
            &route.pkid,
        )?;
        database.in_transaction(true, || {
            database.delete_rows(table, &row, Writer::AdminPage)
        })
    }
}

impl DomainEdit {
    fn apply(&self, domain: &mut DomainRow) {
        set(&mut domain.domain_name, self.domain_name.as_ref());
        set_description(&mut domain.description, self.description.as_ref());
        set(&mut domain.integration_type, self.integration_type.as_ref());
        set(
            &mut domain.direct_federation,
            self.direct_federation.as_ref(),
        );
    }
}

impl RouteEdit {
    fn apply(&self, route: &mut RouteRow) {
        set(
            &mut route.destination_pattern,
            self.destination_pattern.as_ref(),
        );
        set_description(&mut route.description, self.description.as_ref());
        set(&mut route.next_hop, self.next_hop.as_ref());
        set(&mut route.next_hop_port, self.next_hop_port.as_ref());
        set(&mut route.route_type, self.route_type.as_ref());
        set(&mut route.protocol, self.protocol.as_ref());
        set(&mut route.priority, self.priority.as_ref());
        set(&mut route.weight, self.weight.as_ref());
        set(
            &mut route.allow_less_specific_route,
            self.allow_less_specific_route.as_ref(),
        );
        set(&mut route.in_service, self.in_service.as_ref());
        set(&mut route.block_route, self.block_route.as_ref());
    }
}

fn set<T: Clone>(target: &mut T, value: Option<&T>) {
    if let Some(value) = value {
        target.clone_from(value);
    }
}

fn set_description(target: &mut Option<String>, value: Option<&String>) {
    if let Some(value) = value {
        *target = (!value.is_empty()).then(|| value.clone());
    }
}

fn found<T>(rows: Vec<T>, wanted: impl Fn(&T) -> bool, name: &str) -> Result<T, SqlError> {
    rows.into_iter()
        .find(|row| wanted(row))
        .ok_or_else(|| SqlError::new(100, format!("There is no {name}.")))
}

pub(super) fn row_with(
    database: &Database,
    table: &Table,
    column: &str,
    value: &str,
) -> Result<Vec<StoredRow>, SqlError> {
    database.rows_where(table, &format!("\"{column}\" = ?"), &[Value::text(value)])
}
