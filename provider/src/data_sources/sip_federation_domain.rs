//! `imp_sip_federation_domain`: one SIP federated domain by its name.

use imp_publisher::Freshness;
use imp_publisher::domain::{DomainName, FederatedDomain};
use tfplugin_framework::validators::parses_as;
use tfplugin_framework::{Attribute, DataSource, Diagnostics, ReadData, Schema};

use super::filters::{cluster, one_publisher, scope};
use super::sip_federation_domains::{DomainModel, domain_attributes};
use crate::diagnostics::explain;
use crate::fleet::FleetCell;
use crate::resources::fields::{in_known_spelling, parsed};
use crate::resources::import_id::not_found;
use crate::rows::Row;

/// The data source `imp_sip_federation_domain`.
#[derive(Debug)]
pub(crate) struct SipFederationDomainData {
    pub(crate) fleet: FleetCell,
}

impl DataSource for SipFederationDomainData {
    type Model = DomainModel;

    fn type_name(&self) -> &'static str {
        "imp_sip_federation_domain"
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
            .describe("One SIP federated domain by its name.")
            .attribute("publisher", one_publisher())
            .attribute(
                "domain_name",
                Attribute::string()
                    .required()
                    .validate(parses_as::<DomainName>())
                    .describe("The remote domain, such as `remote.com`."),
            )
            .attributes(domain_attributes())
    }

    async fn read(&self, read: &mut ReadData<DomainModel>) -> Result<(), Diagnostics> {
        let cluster = cluster(&self.fleet, &read.config.publisher)?;
        let name: DomainName = parsed(&read.config.domain_name, "domain_name")?;
        let found = FederatedDomain::look_up(
            &cluster.publisher,
            Freshness::Snapshot,
            None,
            Some(&name),
            &scope(&read.context),
        )
        .await
        .map_err(|error| explain(&error, "Unable to read the SIP federated domain"))?;
        let stored = found
            .by_key
            .ok_or_else(|| not_found(FederatedDomain::NAME, name.as_str(), cluster.name()))?;
        read.state = DomainModel {
            domain_name: in_known_spelling(&read.config.domain_name, &stored.value.domain_name),
            ..DomainModel::new(cluster.name(), &stored)
        };
        Ok(())
    }
}
