//! The first built-in schema: names as Cisco's naming habits suggest them.

use std::collections::BTreeMap;

use super::{
    Column, CompanionTable, FederatedDomainTable, LearnedMark, SchemaDefinition, SettingPlace,
    SettingsPlaces, StaticRouteTable, TypeTable, TypeValue, decoys,
};

pub(super) fn definition() -> SchemaDefinition {
    SchemaDefinition {
        name: "simulator-a".to_owned(),
        release: "12.5.1.17900-64".to_owned(),
        federated_domain: federated_domain(),
        static_route: static_route(),
        incoming_acl: CompanionTable {
            table: "sipproxyincomingacl".to_owned(),
            domain_column: "address".to_owned(),
        },
        backend_gateway: CompanionTable {
            table: "pebackendgateway".to_owned(),
            domain_column: "domainname".to_owned(),
        },
        settings: settings(),
        extra_columns: BTreeMap::from([
            (
                "pefederateddomain".to_owned(),
                vec![
                    Column::lvarchar("adminnotes", 512),
                    Column::integer("versionstamp").required().default_to("0"),
                ],
            ),
            (
                "sipproxystaticroute".to_owned(),
                vec![Column::integer("versionstamp").required().default_to("0")],
            ),
        ]),
        other_tables: decoys::tables(),
    }
}

fn federated_domain() -> FederatedDomainTable {
    FederatedDomainTable {
        table: "pefederateddomain".to_owned(),
        pkid: "pkid".to_owned(),
        domain_name: "domainname".to_owned(),
        description: "description".to_owned(),
        integration_type: "tkfedprotocol".to_owned(),
        direct_federation: "isdirectfederation".to_owned(),
        learned: Some(LearnedMark {
            column: "islearned".to_owned(),
            value: "t".to_owned(),
            otherwise: "f".to_owned(),
        }),
        integration_types: TypeTable {
            table: "typefedprotocol".to_owned(),
            values: vec![
                TypeValue::new("xmpp", 1, "Inter-Domain to XMPP", "FED_PROTOCOL_XMPP"),
                TypeValue::new(
                    "ocs_lync",
                    2,
                    "Inter-Domain to OCS/Lync",
                    "FED_PROTOCOL_OCS_LYNC",
                ),
                TypeValue::new("aol", 3, "Inter-Domain to AOL", "FED_PROTOCOL_AOL"),
            ],
        },
    }
}

fn static_route() -> StaticRouteTable {
    StaticRouteTable {
        table: "sipproxystaticroute".to_owned(),
        pkid: "pkid".to_owned(),
        destination_pattern: "destinationpattern".to_owned(),
        description: "description".to_owned(),
        next_hop: "nexthop".to_owned(),
        next_hop_port: "nexthopport".to_owned(),
        route_type: "tksiproutetype".to_owned(),
        protocol: "tksipprotocol".to_owned(),
        priority: "priority".to_owned(),
        weight: "weight".to_owned(),
        allow_less_specific_route: "allowlessspecific".to_owned(),
        in_service: "inservice".to_owned(),
        block_route: "blockroute".to_owned(),
        route_types: TypeTable {
            table: "typesiproutetype".to_owned(),
            values: vec![
                TypeValue::new("user", 0, "User", "SIP_ROUTE_TYPE_USER"),
                TypeValue::new("domain", 1, "Domain", "SIP_ROUTE_TYPE_DOMAIN"),
            ],
        },
        protocols: TypeTable {
            table: "typesipprotocol".to_owned(),
            values: vec![
                TypeValue::new("TCP", 1, "TCP", "SIP_PROTOCOL_TCP"),
                TypeValue::new("UDP", 2, "UDP", "SIP_PROTOCOL_UDP"),
                TypeValue::new("TLS", 3, "TLS", "SIP_PROTOCOL_TLS"),
            ],
        },
    }
}

fn settings() -> SettingsPlaces {
    let parameter = |name: &str| SettingPlace {
        table: "processconfig".to_owned(),
        column: "paramvalue".to_owned(),
        condition: BTreeMap::from([("paramname".to_owned(), name.to_owned())]),
    };
    SettingsPlaces {
        proxy_domain: parameter("SIPProxyDomain"),
        email_address_for_federation: parameter("EnableEmailAddressForFederation"),
        partitioned_federation: SettingPlace {
            table: "pesettings".to_owned(),
            column: "enablepartitionedfedwithacs".to_owned(),
            condition: BTreeMap::new(),
        },
        tls_peer_subjects: SettingPlace {
            table: "sipproxytlspeersubject".to_owned(),
            column: "peersubject".to_owned(),
            condition: BTreeMap::new(),
        },
    }
}
