//! `imp_sip_federation_domain`: one SIP federated domain by its name.

use imp_publisher::Freshness;
use imp_publisher::domain::{DomainName, FederatedDomain};
use tfplugin_framework::validators::parses_as;
use tfplugin_framework::{Attribute, DataSource, Diagnostics, ReadData, Schema, model};

use super::filters::{cluster, one_publisher, scope};
use super::sip_federation_domains::domain_attributes;
use crate::diagnostics::explain;
use crate::fleet::FleetCell;
use crate::resources::fields::{in_known_spelling, parsed};
use crate::resources::import_id::not_found;
use crate::rows::Row;

model! {
    /// One SIP federated domain.
    pub(crate) struct SipFederationDomainDataModel {
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

/// The data source `imp_sip_federation_domain`.
#[derive(Debug)]
pub(crate) struct SipFederationDomainData {
    pub(crate) fleet: FleetCell,
}

impl DataSource for SipFederationDomainData {
    type Model = SipFederationDomainDataModel;

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

    async fn read(
        &self,
        read: &mut ReadData<SipFederationDomainDataModel>,
    ) -> Result<(), Diagnostics> {
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
        let row = stored.value;
        let state = &mut read.state;
        state
            .id
            .set(format!("{}/{}", cluster.name(), row.domain_name));
        state.publisher.set(cluster.name());
        state.domain_name = in_known_spelling(&read.config.domain_name, &row.domain_name);
        state.description = row.description.as_ref().map(ToString::to_string).into();
        state.integration_type.set(row.integration_type.as_str());
        state.direct_federation.set(row.direct_federation);
        state.system_owned.set(stored.system_owned);
        state.pkid.set(stored.pkid.as_str());
        Ok(())
    }
}
