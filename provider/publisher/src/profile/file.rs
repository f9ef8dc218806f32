//! The format of a profile file.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{Identifier, InvalidProfile};

/// The only format there is so far.
const FORMAT: u32 = 1;

/// A schema profile.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    format: u32,
    pub(crate) name: String,
    pub(crate) release: Option<String>,
    #[serde(default)]
    pub(crate) verification: Option<Verification>,
    pub(crate) federated_domain: DomainTable,
    pub(crate) static_route: RouteTable,
    #[serde(default)]
    pub(crate) companions: Companions,
    #[serde(default)]
    pub(crate) settings: Settings,
}

/// Who has verified the profile, and against what.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "who and when are for the reader of the file")]
pub(crate) struct Verification {
    pub(crate) catalogue_fingerprint: String,
    verified_by: String,
    verified_on: String,
}

/// The table of SIP federated domains.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DomainTable {
    pub(crate) table: Identifier,
    pub(crate) columns: DomainColumns,
    pub(crate) integration_type: EnumColumn,
    #[serde(default)]
    pub(crate) learned: Option<Learned>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DomainColumns {
    pub(crate) pkid: Identifier,
    pub(crate) domain_name: Identifier,
    pub(crate) description: Identifier,
    pub(crate) integration_type: Identifier,
    pub(crate) direct_federation: Identifier,
}

/// The table of static routes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RouteTable {
    pub(crate) table: Identifier,
    pub(crate) columns: RouteColumns,
    pub(crate) route_type: EnumColumn,
    pub(crate) protocol: EnumColumn,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RouteColumns {
    pub(crate) pkid: Identifier,
    pub(crate) destination_pattern: Identifier,
    pub(crate) description: Identifier,
    pub(crate) next_hop: Identifier,
    pub(crate) next_hop_port: Identifier,
    pub(crate) route_type: Identifier,
    pub(crate) protocol: Identifier,
    pub(crate) priority: Identifier,
    pub(crate) weight: Identifier,
    pub(crate) allow_less_specific_route: Identifier,
    pub(crate) in_service: Identifier,
    pub(crate) block_route: Identifier,
}

/// An enumeration: the type table, and the name in it for each word.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EnumColumn {
    pub(crate) table: Identifier,
    pub(crate) names: BTreeMap<String, String>,
}

/// How a domain that the publisher learned by itself is told.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Learned {
    pub(crate) column: Identifier,
    pub(crate) value: String,
}

/// The rows that the administration page makes with a domain.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Companions {
    #[serde(default)]
    incoming_acl: Option<CompanionTable>,
    #[serde(default)]
    backend_gateway: Option<CompanionTable>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompanionTable {
    pub(crate) table: Identifier,
    pub(crate) domain_column: Identifier,
}

/// Where settings of the cluster are kept. What is absent cannot be told.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    #[serde(default)]
    pub(crate) proxy_domain: Option<Setting>,
    #[serde(default)]
    pub(crate) email_address_for_federation: Option<Setting>,
    #[serde(default)]
    pub(crate) partitioned_federation: Option<Setting>,
    #[serde(default)]
    pub(crate) tls_peer_subjects: Option<Setting>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Setting {
    pub(crate) table: Identifier,
    pub(crate) column: Identifier,
    #[serde(default, rename = "where")]
    pub(crate) condition: BTreeMap<Identifier, String>,
}

impl Profile {
    /// Reads a profile file.
    pub fn from_json(text: &str) -> Result<Self, InvalidProfile> {
        let profile: Self = serde_json::from_str(text)
            .map_err(|error| InvalidProfile(format!("it is not a schema profile: {error}")))?;
        if profile.format != FORMAT {
            return Err(InvalidProfile(format!(
                "it has the format {}; this release reads {FORMAT}",
                profile.format
            )));
        }
        for (what, column, words) in [
            (
                "federated_domain.integration_type",
                &profile.federated_domain.integration_type,
                &["ocs_lync", "aol"][..],
            ),
            (
                "static_route.route_type",
                &profile.static_route.route_type,
                &["domain", "user"],
            ),
            (
                "static_route.protocol",
                &profile.static_route.protocol,
                &["TLS", "TCP", "UDP"],
            ),
        ] {
            if let Some(missing) = words.iter().find(|word| !column.names.contains_key(**word)) {
                return Err(InvalidProfile(format!("{what}.names lacks {missing:?}")));
            }
        }
        Ok(profile)
    }

    /// The name that the profile gives itself.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether somebody has verified it.
    pub fn is_verified(&self) -> bool {
        self.verification.is_some()
    }

    /// The companion tables, each with what a person calls its rows.
    pub(crate) fn companions(&self) -> impl Iterator<Item = (&'static str, &CompanionTable)> {
        let Companions {
            incoming_acl,
            backend_gateway,
        } = &self.companions;
        let acl = incoming_acl
            .iter()
            .map(|table| ("the incoming proxy ACL entry", table));
        let gateway = backend_gateway
            .iter()
            .map(|table| ("the presence engine backend gateway", table));
        acl.chain(gateway)
    }

    fn settings(&self) -> impl Iterator<Item = &Setting> {
        let Settings {
            proxy_domain,
            email_address_for_federation,
            partitioned_federation,
            tls_peer_subjects,
        } = &self.settings;
        [
            proxy_domain,
            email_address_for_federation,
            partitioned_federation,
            tls_peer_subjects,
        ]
        .into_iter()
        .flatten()
    }

    /// Every table and column that the profile names, so that the catalogue can be asked for them.
    pub(crate) fn named_columns(&self) -> BTreeMap<&Identifier, BTreeSet<&str>> {
        let mut named: BTreeMap<&Identifier, BTreeSet<&str>> = BTreeMap::new();
        let domain = &self.federated_domain;
        let route = &self.static_route;
        add(&mut named, &domain.table, domain.columns.all());
        if let Some(learned) = &domain.learned {
            add(&mut named, &domain.table, [&learned.column]);
        }
        add(&mut named, &route.table, route.columns.all());
        for column in [&domain.integration_type, &route.route_type, &route.protocol] {
            named
                .entry(&column.table)
                .or_default()
                .extend(["enum", "name"]);
        }
        for (_, companion) in self.companions() {
            add(&mut named, &companion.table, [&companion.domain_column]);
        }
        for setting in self.settings() {
            add(&mut named, &setting.table, [&setting.column]);
            add(&mut named, &setting.table, setting.condition.keys());
        }
        named
    }
}

fn add<'a>(
    named: &mut BTreeMap<&'a Identifier, BTreeSet<&'a str>>,
    table: &'a Identifier,
    columns: impl IntoIterator<Item = &'a Identifier>,
) {
    named
        .entry(table)
        .or_default()
        .extend(columns.into_iter().map(Identifier::as_str));
}

impl DomainColumns {
    fn all(&self) -> [&Identifier; 5] {
        let Self {
            pkid,
            domain_name,
            description,
            integration_type,
            direct_federation,
        } = self;
        [
            pkid,
            domain_name,
            description,
            integration_type,
            direct_federation,
        ]
    }
}

impl RouteColumns {
    fn all(&self) -> [&Identifier; 12] {
        let Self {
            pkid,
            destination_pattern,
            description,
            next_hop,
            next_hop_port,
            route_type,
            protocol,
            priority,
            weight,
            allow_less_specific_route,
            in_service,
            block_route,
        } = self;
        [
            pkid,
            destination_pattern,
            description,
            next_hop,
            next_hop_port,
            route_type,
            protocol,
            priority,
            weight,
            allow_less_specific_route,
            in_service,
            block_route,
        ]
    }
}
