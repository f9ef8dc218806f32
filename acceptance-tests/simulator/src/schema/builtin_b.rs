//! The second built-in schema: other names, other enumeration numbers and spellings, the same product.

use std::collections::BTreeMap;

use super::{
    Column, CompanionTable, FederatedDomainTable, LearnedMark, SchemaDefinition, SettingPlace,
    SettingsPlaces, StaticRouteTable, TypeTable, TypeValue, decoys,
};

pub(super) fn definition() -> SchemaDefinition {
    SchemaDefinition {
        name: "simulator-b".to_owned(),
        release: "14.0.1.13900-8".to_owned(),
        federated_domain: federated_domain(),
        static_route: static_route(),
        incoming_acl: CompanionTable {
            table: "sipaclinbound".to_owned(),
            domain_column: "hostpattern".to_owned(),
        },
        backend_gateway: CompanionTable {
            table: "peexternalgateway".to_owned(),
            domain_column: "gatewaydomain".to_owned(),
        },
        settings: settings(),
        extra_columns: BTreeMap::from([
            (
                "pesipfederation".to_owned(),
                vec![
                    Column::varchar("lastmodifiedby", 64)
                        .required()
                        .default_to("system"),
                ],
            ),
            (
                "siproutestatic".to_owned(),
                vec![
                    Column::varchar("lastmodifiedby", 64)
                        .required()
                        .default_to("system"),
                ],
            ),
        ]),
        other_tables: decoys::tables(),
    }
}

fn federated_domain() -> FederatedDomainTable {
    FederatedDomainTable {
        table: "pesipfederation".to_owned(),
        pkid: "pkid".to_owned(),
        domain_name: "feddomain".to_owned(),
        description: "displaytext".to_owned(),
        integration_type: "tkfederationtype".to_owned(),
        direct_federation: "directflag".to_owned(),
        learned: Some(LearnedMark {
            column: "domainsource".to_owned(),
            value: "LEARNED".to_owned(),
            otherwise: "ADMIN".to_owned(),
        }),
        integration_types: TypeTable {
            table: "typefederationtype".to_owned(),
            values: vec![
                TypeValue::new(
                    "ocs_lync",
                    10,
                    "Inter-domain to OCS/Lync/S4B",
                    "FEDERATION_S4B",
                ),
                TypeValue::new("aol", 20, "Inter-domain to AOL", "FEDERATION_AOL"),
                TypeValue::new("xmpp", 30, "Inter-domain to XMPP", "FEDERATION_XMPP"),
            ],
        },
    }
}

fn static_route() -> StaticRouteTable {
    StaticRouteTable {
        table: "siproutestatic".to_owned(),
        pkid: "pkid".to_owned(),
        destination_pattern: "pattern".to_owned(),
        description: "comment".to_owned(),
        next_hop: "hophost".to_owned(),
        next_hop_port: "hopport".to_owned(),
        route_type: "tkroutekind".to_owned(),
        protocol: "tktransport".to_owned(),
        priority: "prio".to_owned(),
        weight: "loadweight".to_owned(),
        allow_less_specific_route: "lessspecificok".to_owned(),
        in_service: "isactive".to_owned(),
        block_route: "isblocked".to_owned(),
        route_types: TypeTable {
            table: "typeroutekind".to_owned(),
            values: vec![
                TypeValue::new("domain", 4, "domain", "ROUTE_KIND_DOMAIN"),
                TypeValue::new("user", 5, "user", "ROUTE_KIND_USER"),
            ],
        },
        protocols: TypeTable {
            table: "typetransport".to_owned(),
            values: vec![
                TypeValue::new("TLS", 7, "tls", "TRANSPORT_TLS"),
                TypeValue::new("UDP", 8, "udp", "TRANSPORT_UDP"),
                TypeValue::new("TCP", 9, "tcp", "TRANSPORT_TCP"),
            ],
        },
    }
}

fn settings() -> SettingsPlaces {
    let whole_table = |table: &str, column: &str| SettingPlace {
        table: table.to_owned(),
        column: column.to_owned(),
        condition: BTreeMap::new(),
    };
    SettingsPlaces {
        proxy_domain: whole_table("sipproxyglobal", "ownsipdomain"),
        email_address_for_federation: whole_table("pefederationglobal", "useemailaddress"),
        partitioned_federation: whole_table("pefederationglobal", "partitionedmode"),
        tls_peer_subjects: whole_table("tlspeer", "subjectcn"),
    }
}
