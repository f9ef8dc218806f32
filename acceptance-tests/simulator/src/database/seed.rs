//! The rows of a freshly installed cluster.

use super::{Database, Settings, Writer};
use crate::schema::TypeTable;
use crate::sql::SqlError;
use crate::value::Value;

/// A node as `processnode` lists it.
#[derive(Debug, Clone)]
pub(crate) struct NodeRow {
    pub(crate) name: String,
    pub(crate) publisher: bool,
    pub(crate) im_and_presence: bool,
}

impl Database {
    pub(super) fn seed_nodes(&self, nodes: &[NodeRow]) -> Result<(), SqlError> {
        let table = self.table("processnode")?;
        for (index, node) in nodes.iter().enumerate() {
            let number = i64::try_from(index).unwrap_or(0) + 1;
            self.insert_row(
                table,
                &[
                    ("name".to_owned(), Value::text(&node.name)),
                    ("nodeid".to_owned(), Value::Integer(number)),
                    (
                        "tknodeusage".to_owned(),
                        Value::Integer(i64::from(!node.publisher)),
                    ),
                    (
                        "tkprocessnoderole".to_owned(),
                        Value::Integer(if node.im_and_presence { 2 } else { 1 }),
                    ),
                ],
                Writer::Surgeon,
            )?;
        }
        Ok(())
    }

    pub(super) fn seed_im_and_presence(&self, proxy_domain: &str) -> Result<(), SqlError> {
        let definition = &self.definition;
        for enumeration in [
            &definition.federated_domain.integration_types,
            &definition.static_route.route_types,
            &definition.static_route.protocols,
        ] {
            self.seed_enumeration(enumeration)?;
        }
        self.set_settings(&Settings {
            proxy_domain: Some(proxy_domain.to_owned()),
            ..Settings::default()
        })?;
        self.seed_neighbours()?;
        self.seed_blocked_route()
    }

    fn seed_enumeration(&self, enumeration: &TypeTable) -> Result<(), SqlError> {
        let table = self.table(&enumeration.table)?;
        for value in &enumeration.values {
            let cells = [
                ("enum".to_owned(), Value::Integer(value.number)),
                ("name".to_owned(), Value::text(&value.name)),
                ("moniker".to_owned(), Value::text(&value.moniker)),
            ];
            self.insert_row(table, &cells, Writer::Surgeon)?;
        }
        Ok(())
    }

    /// The predefined route that blocks whatever open federation has not learned.
    fn seed_blocked_route(&self) -> Result<(), SqlError> {
        let names = &self.definition.static_route;
        let number = |enumeration: &TypeTable, key| {
            enumeration.number(key).map_or(Value::Null, Value::Integer)
        };
        let cells = [
            (names.destination_pattern.clone(), Value::text(".*")),
            (
                names.description.clone(),
                Value::text("Default static route for SIP open federation"),
            ),
            (names.next_hop.clone(), Value::text("0.0.0.0")),
            (names.next_hop_port.clone(), Value::Integer(5060)),
            (
                names.route_type.clone(),
                number(&names.route_types, "domain"),
            ),
            (names.protocol.clone(), number(&names.protocols, "TCP")),
            (names.block_route.clone(), Value::flag(true)),
        ];
        self.insert_row(self.table(&names.table)?, &cells, Writer::Surgeon)?;
        Ok(())
    }

    /// A few rows in tables that have nothing to do with federation, where the schema has them.
    fn seed_neighbours(&self) -> Result<(), SqlError> {
        for (name, column, values) in [
            ("routepattern", "pattern", ["9.@", "8XXX"]),
            (
                "pepresencedomain",
                "presencedomainname",
                ["example.com", "emea.example.com"],
            ),
            (
                "ldapserver",
                "hostname",
                ["ldap1.example.com", "ldap2.example.com"],
            ),
        ] {
            let Some(table) = self.catalogue.table(name) else {
                continue;
            };
            for value in values {
                self.insert_row(
                    table,
                    &[(column.to_owned(), Value::text(value))],
                    Writer::Surgeon,
                )?;
            }
        }
        Ok(())
    }
}
