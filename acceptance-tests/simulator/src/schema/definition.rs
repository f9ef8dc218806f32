//! A whole schema as data: where each meaning of the product is kept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Column, Table, builtin_a, builtin_b};

/// Names every table, column and enumeration that a publisher's federation settings are kept in.
///
/// A test that needs an unknown schema starts from [`SchemaDefinition::a`] or [`SchemaDefinition::b`] and changes what
/// it likes; the binary reads one from a JSON file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaDefinition {
    /// The profile's name.
    pub name: String,
    /// What `getCUPVersion` answers.
    pub release: String,
    /// The table of SIP federated domains.
    pub federated_domain: FederatedDomainTable,
    /// The table of static routes.
    pub static_route: StaticRouteTable,
    /// The table of incoming proxy access control entries, one for each domain.
    pub incoming_acl: CompanionTable,
    /// The table of presence engine gateways, one for each domain.
    pub backend_gateway: CompanionTable,
    /// Where the settings that federation depends on are kept.
    pub settings: SettingsPlaces,
    /// Columns that no profile names, by table; they must be nullable or have a default.
    #[serde(default)]
    pub extra_columns: BTreeMap<String, Vec<Column>>,
    /// Tables that have nothing to do with federation.
    #[serde(default)]
    pub other_tables: Vec<Table>,
}

impl SchemaDefinition {
    /// The first built-in schema, with names as Cisco's naming habits suggest.
    pub fn a() -> Self {
        builtin_a::definition()
    }

    /// The second built-in schema, which shares no table or column name with the first but `pkid`.
    pub fn b() -> Self {
        builtin_b::definition()
    }
}

/// The table of SIP federated domains and its columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FederatedDomainTable {
    /// The table's name.
    pub table: String,
    /// Row identifier.
    pub pkid: String,
    /// Domain Name.
    pub domain_name: String,
    /// Description.
    pub description: String,
    /// Integration Type, a number of [`integration_types`](Self::integration_types).
    pub integration_type: String,
    /// Direct Federation.
    pub direct_federation: String,
    /// How a domain that open federation learned is told, if at all.
    #[serde(default)]
    pub learned: Option<LearnedMark>,
    /// The integration types; keys are `xmpp`, `ocs_lync` and `aol`.
    pub integration_types: TypeTable,
}

/// A column whose one value tells a learned domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearnedMark {
    /// The column.
    pub column: String,
    /// Its value in a learned domain's row.
    pub value: String,
    /// Its value in an administrator's row, the column's default.
    pub otherwise: String,
}

/// The table of static routes and its columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaticRouteTable {
    /// The table's name.
    pub table: String,
    /// Row identifier.
    pub pkid: String,
    /// Destination Pattern.
    pub destination_pattern: String,
    /// Description.
    pub description: String,
    /// Next Hop.
    pub next_hop: String,
    /// Next Hop Port.
    pub next_hop_port: String,
    /// Route Type, a number of [`route_types`](Self::route_types).
    pub route_type: String,
    /// Protocol Type, a number of [`protocols`](Self::protocols).
    pub protocol: String,
    /// Priority.
    pub priority: String,
    /// Weight.
    pub weight: String,
    /// Allow Less-Specific Route.
    pub allow_less_specific_route: String,
    /// In Service.
    pub in_service: String,
    /// Block Route.
    pub block_route: String,
    /// The route types; keys are `user` and `domain`.
    pub route_types: TypeTable,
    /// The protocol types; keys are `TCP`, `UDP` and `TLS`.
    pub protocols: TypeTable,
}

/// An enumeration: a table of `enum`, `name` and `moniker`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeTable {
    /// The table's name.
    pub table: String,
    /// Its rows.
    pub values: Vec<TypeValue>,
}

impl TypeTable {
    /// The number of the value whose key is `key`.
    pub fn number(&self, key: &str) -> Option<i64> {
        self.values
            .iter()
            .find(|value| value.key == key)
            .map(|value| value.number)
    }

    /// The key of the value whose number is `number`.
    pub fn key(&self, number: i64) -> Option<&str> {
        self.values
            .iter()
            .find(|value| value.number == number)
            .map(|value| value.key.as_str())
    }
}

/// One value of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeValue {
    /// What it means, in words that no schema changes.
    pub key: String,
    /// The column `enum`.
    pub number: i64,
    /// The column `name`.
    pub name: String,
    /// The column `moniker`.
    pub moniker: String,
}

impl TypeValue {
    /// A value.
    pub fn new(key: &str, number: i64, name: &str, moniker: &str) -> Self {
        Self {
            key: key.to_owned(),
            number,
            name: name.to_owned(),
            moniker: moniker.to_owned(),
        }
    }
}

/// A table whose rows come and go with a domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanionTable {
    /// The table's name.
    pub table: String,
    /// The column that holds the domain's name.
    pub domain_column: String,
}

/// Where the settings that federation depends on are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsPlaces {
    /// The cluster's own SIP proxy domain.
    pub proxy_domain: SettingPlace,
    /// Email address for federation.
    pub email_address_for_federation: SettingPlace,
    /// Partitioned intradomain federation.
    pub partitioned_federation: SettingPlace,
    /// TLS peer subjects: every row of the column.
    pub tls_peer_subjects: SettingPlace,
}

/// A column, and which row of its table where there are several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingPlace {
    /// The table's name.
    pub table: String,
    /// The column that holds the value.
    pub column: String,
    /// The columns that choose the row.
    #[serde(rename = "where", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub condition: BTreeMap<String, String>,
}

/// What a column of the domain table means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DomainColumn {
    /// Row identifier.
    Pkid,
    /// Domain Name.
    DomainName,
    /// Description.
    Description,
    /// Integration Type.
    IntegrationType,
    /// Direct Federation.
    DirectFederation,
}

/// What a column of the route table means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RouteColumn {
    /// Row identifier.
    Pkid,
    /// Destination Pattern.
    DestinationPattern,
    /// Description.
    Description,
    /// Next Hop.
    NextHop,
    /// Next Hop Port.
    NextHopPort,
    /// Route Type.
    RouteType,
    /// Protocol Type.
    Protocol,
    /// Priority.
    Priority,
    /// Weight.
    Weight,
    /// Allow Less-Specific Route.
    AllowLessSpecificRoute,
    /// In Service.
    InService,
    /// Block Route.
    BlockRoute,
}

impl FederatedDomainTable {
    /// The name of the column with that meaning.
    pub fn column(&self, meaning: DomainColumn) -> &str {
        match meaning {
            DomainColumn::Pkid => &self.pkid,
            DomainColumn::DomainName => &self.domain_name,
            DomainColumn::Description => &self.description,
            DomainColumn::IntegrationType => &self.integration_type,
            DomainColumn::DirectFederation => &self.direct_federation,
        }
    }
}

impl StaticRouteTable {
    /// The name of the column with that meaning.
    pub fn column(&self, meaning: RouteColumn) -> &str {
        match meaning {
            RouteColumn::Pkid => &self.pkid,
            RouteColumn::DestinationPattern => &self.destination_pattern,
            RouteColumn::Description => &self.description,
            RouteColumn::NextHop => &self.next_hop,
            RouteColumn::NextHopPort => &self.next_hop_port,
            RouteColumn::RouteType => &self.route_type,
            RouteColumn::Protocol => &self.protocol,
            RouteColumn::Priority => &self.priority,
            RouteColumn::Weight => &self.weight,
            RouteColumn::AllowLessSpecificRoute => &self.allow_less_specific_route,
            RouteColumn::InService => &self.in_service,
            RouteColumn::BlockRoute => &self.block_route,
        }
    }
}
