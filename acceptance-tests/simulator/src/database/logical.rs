//! Domains, routes and companions as the product means them, whatever its columns are called.

use serde::{Deserialize, Serialize};

use super::{Database, StoredRow, Writer, Written};
use crate::schema::{CompanionTable, Table, TypeTable};
use crate::sql::SqlError;
use crate::value::Value;

/// A SIP federated domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainRow {
    /// Row identifier.
    pub pkid: String,
    /// Domain Name.
    pub domain_name: String,
    /// Description; `None` is NULL.
    pub description: Option<String>,
    /// Integration Type: `ocs_lync`, `aol` or `xmpp`, or the number of an unknown one.
    pub integration_type: String,
    /// Direct Federation.
    pub direct_federation: bool,
    /// Whether open federation learned the domain from traffic.
    pub learned: bool,
}

/// A static route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteRow {
    /// Row identifier.
    pub pkid: String,
    /// Destination Pattern.
    pub destination_pattern: String,
    /// Description; `None` is NULL.
    pub description: Option<String>,
    /// Next Hop.
    pub next_hop: String,
    /// Next Hop Port.
    pub next_hop_port: i64,
    /// Route Type: `user` or `domain`.
    pub route_type: String,
    /// Protocol Type: `TCP`, `UDP` or `TLS`.
    pub protocol: String,
    /// Priority.
    pub priority: i64,
    /// Weight.
    pub weight: i64,
    /// Allow Less-Specific Route.
    pub allow_less_specific_route: bool,
    /// In Service.
    pub in_service: bool,
    /// Block Route.
    pub block_route: bool,
}

/// A row that came with a domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanionRow {
    /// Row identifier.
    pub pkid: String,
    /// The domain it belongs to.
    pub domain_name: String,
}

/// The rows that came with domains.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Companions {
    /// Incoming proxy access control entries.
    pub incoming_acl: Vec<CompanionRow>,
    /// Presence engine gateways.
    pub backend_gateway: Vec<CompanionRow>,
}

impl DomainRow {
    /// A domain federated through Microsoft servers, with Direct Federation, as the procedure has it.
    pub fn named(name: &str) -> Self {
        Self {
            pkid: String::new(),
            domain_name: name.to_owned(),
            description: None,
            integration_type: "ocs_lync".to_owned(),
            direct_federation: true,
            learned: false,
        }
    }

    /// A domain that open federation learned from traffic.
    pub fn learned(name: &str) -> Self {
        Self {
            direct_federation: false,
            learned: true,
            ..Self::named(name)
        }
    }

    /// A domain that is federated over XMPP.
    pub fn over_xmpp(name: &str) -> Self {
        Self {
            integration_type: "xmpp".to_owned(),
            direct_federation: false,
            ..Self::named(name)
        }
    }
}

impl RouteRow {
    /// A domain route over TLS to port 5061, as the procedure has it.
    pub fn to(destination_pattern: &str, next_hop: &str) -> Self {
        Self {
            pkid: String::new(),
            destination_pattern: destination_pattern.to_owned(),
            description: None,
            next_hop: next_hop.to_owned(),
            next_hop_port: 5061,
            route_type: "domain".to_owned(),
            protocol: "TLS".to_owned(),
            priority: 1,
            weight: 1,
            allow_less_specific_route: true,
            in_service: true,
            block_route: false,
        }
    }

    /// `pattern/next_hop:port/protocol`, which is unique.
    pub fn key(&self) -> String {
        format!(
            "{}/{}:{}/{}",
            self.destination_pattern, self.next_hop, self.next_hop_port, self.protocol
        )
    }
}

/// The domain reversed by labels, with a leading dot: `remote.com` becomes `.com.remote`.
pub fn pattern_of_domain(domain: &str) -> String {
    domain
        .rsplit('.')
        .fold(String::new(), |pattern, label| pattern + "." + label)
}

/// The domain that a plain reversed pattern names; `None` where it has an asterisk, an escape or no leading dot.
pub fn domain_of_pattern(pattern: &str) -> Option<String> {
    let labels = pattern.strip_prefix('.')?;
    if labels.is_empty()
        || labels.contains(['*', '\\', '+'])
        || labels.split('.').any(str::is_empty)
    {
        return None;
    }
    Some(labels.rsplit('.').collect::<Vec<_>>().join("."))
}

impl Database {
    /// Every domain, by name.
    pub(crate) fn domains(&self) -> Result<Vec<DomainRow>, SqlError> {
        let table = self.table(&self.definition.federated_domain.table)?;
        let condition = format!(
            "1 = 1 ORDER BY \"{}\"",
            self.definition.federated_domain.domain_name
        );
        let rows = self.rows_where(table, &condition, &[])?;
        Ok(rows.iter().map(|row| self.domain_of(table, row)).collect())
    }

    /// Every route, by key.
    pub(crate) fn routes(&self) -> Result<Vec<RouteRow>, SqlError> {
        let names = &self.definition.static_route;
        let table = self.table(&names.table)?;
        let condition = format!(
            "1 = 1 ORDER BY \"{}\", \"{}\", \"{}\", \"{}\"",
            names.destination_pattern, names.next_hop, names.next_hop_port, names.protocol
        );
        let rows = self.rows_where(table, &condition, &[])?;
        Ok(rows.iter().map(|row| self.route_of(table, row)).collect())
    }

    pub(crate) fn companions(&self) -> Result<Companions, SqlError> {
        Ok(Companions {
            incoming_acl: self.companion_list(&self.definition.incoming_acl)?,
            backend_gateway: self.companion_list(&self.definition.backend_gateway)?,
        })
    }

    /// Adds a domain; where its row identifier is empty, the database makes one.
    pub(crate) fn insert_domain(
        &self,
        row: &DomainRow,
        writer: Writer,
    ) -> Result<Written, SqlError> {
        let values = self.domain_values(row)?;
        self.insert_row(
            self.table(&self.definition.federated_domain.table)?,
            &values,
            writer,
        )
    }

    /// Adds a route; where its row identifier is empty, the database makes one.
    pub(crate) fn insert_route(&self, row: &RouteRow, writer: Writer) -> Result<Written, SqlError> {
        let values = self.route_values(row)?;
        self.insert_row(
            self.table(&self.definition.static_route.table)?,
            &values,
            writer,
        )
    }

    /// The columns of a domain and their values; the row identifier is left out where it is empty.
    pub(crate) fn domain_values(
        &self,
        domain: &DomainRow,
    ) -> Result<Vec<(String, Value)>, SqlError> {
        let names = &self.definition.federated_domain;
        let mut values = vec![
            (names.domain_name.clone(), Value::text(&domain.domain_name)),
            (
                names.description.clone(),
                Value::optional(domain.description.as_deref()),
            ),
            (
                names.integration_type.clone(),
                number_of(&names.integration_types, &domain.integration_type)?,
            ),
            (
                names.direct_federation.clone(),
                Value::flag(domain.direct_federation),
            ),
        ];
        if let Some(learned) = &names.learned {
            let value = if domain.learned {
                &learned.value
            } else {
                &learned.otherwise
            };
            values.push((learned.column.clone(), Value::text(value)));
        }
        if !domain.pkid.is_empty() {
            values.push((names.pkid.clone(), Value::text(&domain.pkid)));
        }
        Ok(values)
    }

    /// The columns of a route and their values; the row identifier is left out where it is empty.
    pub(crate) fn route_values(&self, route: &RouteRow) -> Result<Vec<(String, Value)>, SqlError> {
        let names = &self.definition.static_route;
        let mut values = vec![
            (
                names.destination_pattern.clone(),
                Value::text(&route.destination_pattern),
            ),
            (
                names.description.clone(),
                Value::optional(route.description.as_deref()),
            ),
            (names.next_hop.clone(), Value::text(&route.next_hop)),
            (
                names.next_hop_port.clone(),
                Value::Integer(route.next_hop_port),
            ),
            (
                names.route_type.clone(),
                number_of(&names.route_types, &route.route_type)?,
            ),
            (
                names.protocol.clone(),
                number_of(&names.protocols, &route.protocol)?,
            ),
            (names.priority.clone(), Value::Integer(route.priority)),
            (names.weight.clone(), Value::Integer(route.weight)),
            (
                names.allow_less_specific_route.clone(),
                Value::flag(route.allow_less_specific_route),
            ),
            (names.in_service.clone(), Value::flag(route.in_service)),
            (names.block_route.clone(), Value::flag(route.block_route)),
        ];
        if !route.pkid.is_empty() {
            values.push((names.pkid.clone(), Value::text(&route.pkid)));
        }
        Ok(values)
    }

    fn domain_of(&self, table: &Table, row: &StoredRow) -> DomainRow {
        let names = &self.definition.federated_domain;
        let text = |column: &str| row.get(table, column).as_text().map(str::to_owned);
        DomainRow {
            pkid: text(&names.pkid).unwrap_or_default(),
            domain_name: text(&names.domain_name).unwrap_or_default(),
            description: text(&names.description),
            integration_type: key_of(
                &names.integration_types,
                row.get(table, &names.integration_type),
            ),
            direct_federation: row.get(table, &names.direct_federation).is_set(),
            learned: names
                .learned
                .as_ref()
                .is_some_and(|learned| text(&learned.column).as_deref() == Some(&learned.value)),
        }
    }

    fn route_of(&self, table: &Table, row: &StoredRow) -> RouteRow {
        let names = &self.definition.static_route;
        let text = |column: &str| row.get(table, column).as_text().map(str::to_owned);
        let number = |column: &str| row.get(table, column).as_integer().unwrap_or_default();
        let flag = |column: &str| row.get(table, column).is_set();
        RouteRow {
            pkid: text(&names.pkid).unwrap_or_default(),
            destination_pattern: text(&names.destination_pattern).unwrap_or_default(),
            description: text(&names.description),
            next_hop: text(&names.next_hop).unwrap_or_default(),
            next_hop_port: number(&names.next_hop_port),
            route_type: key_of(&names.route_types, row.get(table, &names.route_type)),
            protocol: key_of(&names.protocols, row.get(table, &names.protocol)),
            priority: number(&names.priority),
            weight: number(&names.weight),
            allow_less_specific_route: flag(&names.allow_less_specific_route),
            in_service: flag(&names.in_service),
            block_route: flag(&names.block_route),
        }
    }

    fn companion_list(&self, companion: &CompanionTable) -> Result<Vec<CompanionRow>, SqlError> {
        let table = self.table(&companion.table)?;
        let condition = format!("1 = 1 ORDER BY \"{}\"", companion.domain_column);
        let text = |row: &StoredRow, column: &str| {
            row.get(table, column)
                .as_text()
                .unwrap_or_default()
                .to_owned()
        };
        Ok(self
            .rows_where(table, &condition, &[])?
            .iter()
            .map(|row| CompanionRow {
                pkid: text(row, "pkid"),
                domain_name: text(row, &companion.domain_column),
            })
            .collect())
    }
}

fn number_of(enumeration: &TypeTable, key: &str) -> Result<Value, SqlError> {
    enumeration
        .number(key)
        .or_else(|| key.parse().ok())
        .map(Value::Integer)
        .ok_or_else(|| SqlError::new(-691, format!("{} has no value {key}.", enumeration.table)))
}

fn key_of(enumeration: &TypeTable, cell: &Value) -> String {
    let number = cell.as_integer().unwrap_or_default();
    enumeration
        .key(number)
        .map_or_else(|| number.to_string(), str::to_owned)
}
