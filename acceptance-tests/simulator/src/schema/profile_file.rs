//! The profile file that tells a client this schema's names, verified for this simulator.

use std::collections::BTreeSet;

use ring::digest;
use serde_json::{Map, Value, json};

use super::{Catalogue, CompanionTable, SchemaDefinition, SettingPlace, TypeTable};

/// A profile file for the schema, with the fingerprint of `catalogue` in it.
///
/// `xmpp` is among the integration type names so that a client can tell such a domain from its own.
pub fn profile_file(definition: &SchemaDefinition, catalogue: &Catalogue) -> Value {
    let domain = &definition.federated_domain;
    let route = &definition.static_route;
    let settings = &definition.settings;
    let mut federated_domain = json!({
        "table": domain.table,
        "columns": {
            "pkid": domain.pkid,
            "domain_name": domain.domain_name,
            "description": domain.description,
            "integration_type": domain.integration_type,
            "direct_federation": domain.direct_federation,
        },
        "integration_type": type_table(&domain.integration_types),
    });
    if let Some(learned) = &domain.learned {
        federated_domain["learned"] = json!({ "column": learned.column, "value": learned.value });
    }
    json!({
        "format": 1,
        "name": definition.name,
        "release": definition.release,
        "verification": {
            "catalogue_fingerprint": catalogue_fingerprint(definition, catalogue),
            "verified_by": "imp-publisher-simulator, for itself",
            "verified_on": "2026-11-22",
        },
        "federated_domain": federated_domain,
        "static_route": {
            "table": route.table,
            "columns": {
                "pkid": route.pkid,
                "destination_pattern": route.destination_pattern,
                "description": route.description,
                "next_hop": route.next_hop,
                "next_hop_port": route.next_hop_port,
                "route_type": route.route_type,
                "protocol": route.protocol,
                "priority": route.priority,
                "weight": route.weight,
                "allow_less_specific_route": route.allow_less_specific_route,
                "in_service": route.in_service,
                "block_route": route.block_route,
            },
            "route_type": type_table(&route.route_types),
            "protocol": type_table(&route.protocols),
        },
        "companions": {
            "incoming_acl": companion(&definition.incoming_acl),
            "backend_gateway": companion(&definition.backend_gateway),
        },
        "settings": {
            "proxy_domain": place(&settings.proxy_domain),
            "email_address_for_federation": place(&settings.email_address_for_federation),
            "partitioned_federation": place(&settings.partitioned_federation),
            "tls_peer_subjects": place(&settings.tls_peer_subjects),
        },
    })
}

/// The fingerprint of every table that the profile names, written `sha256:<hex>`.
///
/// One line `table.column:coltype:collength` for each column, sorted by bytes. A table that the catalogue lacks adds
/// no line.
pub fn catalogue_fingerprint(definition: &SchemaDefinition, catalogue: &Catalogue) -> String {
    let mut lines = Vec::new();
    for name in named_tables(definition) {
        let Some(table) = catalogue.table(name) else {
            continue;
        };
        for column in &table.columns {
            lines.push(format!(
                "{name}.{}:{}:{}\n",
                column.name,
                column.type_code(),
                column.length
            ));
        }
    }
    fingerprint_of(lines)
}

fn fingerprint_of(mut lines: Vec<String>) -> String {
    lines.sort_unstable();
    let hash = digest::digest(&digest::SHA256, lines.concat().as_bytes());
    let mut text = String::from("sha256:");
    for byte in hash.as_ref() {
        text.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
        text.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
    }
    text
}

fn named_tables(definition: &SchemaDefinition) -> BTreeSet<&str> {
    let mut tables = BTreeSet::from([
        definition.federated_domain.table.as_str(),
        &definition.federated_domain.integration_types.table,
        &definition.static_route.table,
        &definition.static_route.route_types.table,
        &definition.static_route.protocols.table,
        &definition.incoming_acl.table,
        &definition.backend_gateway.table,
    ]);
    for (place, _) in definition.settings.places() {
        tables.insert(&place.table);
    }
    tables
}

fn type_table(enumeration: &TypeTable) -> Value {
    let names: Map<String, Value> = enumeration
        .values
        .iter()
        .map(|value| (value.key.clone(), Value::String(value.name.clone())))
        .collect();
    json!({ "table": enumeration.table, "names": names })
}

fn companion(companion: &CompanionTable) -> Value {
    json!({ "table": companion.table, "domain_column": companion.domain_column })
}

fn place(place: &SettingPlace) -> Value {
    let mut value = json!({ "table": place.table, "column": place.column });
    if !place.condition.is_empty() {
        value["where"] = json!(place.condition);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Column, Table};

    /// `printf 'typex.enum:258:4\ntypex.name:269:100\n' | sha256sum`, worked by hand from the two columns below.
    #[test]
    fn a_fingerprint_is_the_hash_of_the_sorted_lines() {
        let table = Table::new(
            "typex",
            vec![
                Column::varchar("name", 100).required(),
                Column::integer("enum").required(),
            ],
        );
        let lines = table
            .columns
            .iter()
            .map(|column| {
                format!(
                    "typex.{}:{}:{}\n",
                    column.name,
                    column.type_code(),
                    column.length
                )
            })
            .collect();
        assert_eq!(
            fingerprint_of(lines),
            "sha256:141a4e73b9fbd453983ef1927fbd2f52752c5446895974095f1d8cb81b0a4f25"
        );
    }

    #[test]
    fn the_fingerprint_covers_named_tables_only() {
        let definition = SchemaDefinition::a();
        let catalogue = Catalogue::of_im_and_presence(&definition);
        let before = catalogue_fingerprint(&definition, &catalogue);

        let mut decoy = catalogue.clone();
        decoy
            .table_mut("routepattern")
            .unwrap()
            .columns
            .push(Column::integer("further"));
        assert_eq!(catalogue_fingerprint(&definition, &decoy), before);

        let mut acl = catalogue;
        acl.table_mut("sipproxyincomingacl")
            .unwrap()
            .columns
            .push(Column::integer("further"));
        assert_ne!(catalogue_fingerprint(&definition, &acl), before);
    }

    #[test]
    fn the_two_built_in_schemas_share_no_name() {
        let columns = |definition: &SchemaDefinition| {
            let catalogue = Catalogue::of_im_and_presence(definition);
            let mut names = BTreeSet::new();
            for table in named_tables(definition) {
                names.insert(table.to_owned());
            }
            for table in [
                &definition.federated_domain.table,
                &definition.static_route.table,
            ] {
                names.extend(
                    catalogue
                        .table(table)
                        .unwrap()
                        .columns
                        .iter()
                        .map(|column| column.name.clone()),
                );
            }
            names
        };
        let a = columns(&SchemaDefinition::a());
        let b = columns(&SchemaDefinition::b());
        assert_eq!(a.intersection(&b).collect::<Vec<_>>(), ["pkid"]);
    }
}
