//! `imp_sip_federation_domains`: the SIP federated domains of one or all publishers.

use imp_publisher::domain::FederatedDomain;
use imp_publisher::{Freshness, Stored};
use tfplugin_framework::{Attribute, DataSource, Diagnostics, Field, ReadData, Schema, model};

use super::filters::{any_publisher, clusters, include_system_owned, scope};
use crate::diagnostics::explain;
use crate::fleet::FleetCell;

model! {
    /// The SIP federated domains of publishers.
    pub(crate) struct SipFederationDomainsDataModel {
        publisher: String,
        include_system_owned: bool,
        domains: Vec<DomainModel>,
    }

    /// One SIP federated domain.
    pub(crate) struct DomainModel {
        id: String,
        publisher: String,
        domain_name: String,
        description: String,
        integration_type: String,
        direct_federation: bool,
        system_owned: bool,
        pkid: String,
    }
}

/// The data source `imp_sip_federation_domains`.
#[derive(Debug)]
pub(crate) struct SipFederationDomainsData {
    pub(crate) fleet: FleetCell,
}

/// The attributes of a domain that a data source reads, but `publisher` and `domain_name`.
pub(super) fn domain_attributes() -> Vec<(&'static str, Attribute)> {
    let text = || Attribute::string().computed();
    let switch = || Attribute::bool().computed();
    vec![
        (
            "id",
            text().describe("`publisher/domain_name`, as an import takes it."),
        ),
        (
            "description",
            text().describe("Shown to users in their privacy preferences."),
        ),
        (
            "integration_type",
            text().describe("`ocs_lync`, `aol` or `xmpp`."),
        ),
        (
            "direct_federation",
            switch().describe("Whether it is reached through the company's own Microsoft servers."),
        ),
        (
            "system_owned",
            switch().describe("Whether the publisher learned it by open federation."),
        ),
        ("pkid", text().describe("The primary key of the row.")),
    ]
}

impl DataSource for SipFederationDomainsData {
    type Model = SipFederationDomainsDataModel;

    fn type_name(&self) -> &'static str {
        "imp_sip_federation_domains"
    }

    fn schema(&self) -> Schema {
        let text = || Attribute::string().computed();
        let own = [
            ("publisher", text().describe("The name of the publisher.")),
            ("domain_name", text().describe("The remote domain.")),
        ];
        Schema::new(0)
            .describe("The SIP federated domains of one or all publishers.")
            .attribute("publisher", any_publisher())
            .attribute("include_system_owned", include_system_owned())
            .attribute(
                "domains",
                Attribute::nested_list(own.into_iter().chain(domain_attributes()))
                    .computed()
                    .describe("The domains, by publisher and name."),
            )
    }

    async fn read(
        &self,
        read: &mut ReadData<SipFederationDomainsDataModel>,
    ) -> Result<(), Diagnostics> {
        let scope = scope(&read.context);
        let all = read.config.include_system_owned.is(&true);
        let mut domains = Vec::new();
        for cluster in clusters(&self.fleet, &read.config.publisher)? {
            let table = cluster
                .publisher
                .domains(Freshness::Snapshot, &scope)
                .await
                .map_err(|error| explain(&error, "Unable to read the SIP federated domains"))?;
            let mut rows: Vec<_> = table
                .rows()
                .iter()
                .filter(|row| all || !row.system_owned)
                .collect();
            rows.sort_by_key(|row| row.value.domain_name.as_str().to_ascii_lowercase());
            domains.extend(
                rows.into_iter()
                    .map(|row| DomainModel::new(cluster.name(), row)),
            );
        }
        read.state.domains = Field::Known(domains);
        Ok(())
    }
}

impl DomainModel {
    pub(super) fn new(publisher: &str, stored: &Stored<FederatedDomain>) -> Self {
        let row = &stored.value;
        Self {
            id: format!("{publisher}/{}", row.domain_name).into(),
            publisher: publisher.into(),
            domain_name: row.domain_name.as_str().into(),
            description: row.description.as_ref().map(ToString::to_string).into(),
            integration_type: row.integration_type.as_str().into(),
            direct_federation: row.direct_federation.into(),
            system_owned: stored.system_owned.into(),
            pkid: stored.pkid.as_str().into(),
        }
    }
}
