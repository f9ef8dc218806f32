//! SIP federated domains, as `terraform query` lists them.

use imp_publisher::Freshness;
use tfplugin_framework::list::{Found, List};
use tfplugin_framework::{Diagnostics, Identity, ListResource, Schema, model};

use crate::data_sources::filters::{any_publisher, clusters, scope};
use crate::diagnostics::explain;
use crate::fleet::FleetCell;
use crate::resources::object::Object as _;
use crate::resources::sip_federation_domain;

model! {
    /// Which domains to list.
    pub(crate) struct Search {
        publisher: String,
    }
}

/// Lists SIP federated domains, but for those that a publisher learned by itself.
#[derive(Debug)]
pub(crate) struct SipFederationDomainList {
    pub(crate) fleet: FleetCell,
}

impl ListResource for SipFederationDomainList {
    type Config = Search;
    type Model = sip_federation_domain::Model;

    fn type_name(&self) -> &'static str {
        "imp_sip_federation_domain"
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
            .describe(
                "The SIP federated domains of one or all publishers, but for those learned by open federation.",
            )
            .attribute("publisher", any_publisher())
    }

    async fn list(&self, list: &mut List<Search, Self::Model>) -> Result<(), Diagnostics> {
        let scope = scope(&list.context);
        for cluster in clusters(&self.fleet, &list.config.publisher)? {
            let table = cluster
                .publisher
                .domains(Freshness::Snapshot, &scope)
                .await
                .map_err(|error| explain(&error, "Unable to list the SIP federated domains"))?;
            let mut rows: Vec<_> = table
                .rows()
                .iter()
                .filter(|row| !row.system_owned)
                .collect();
            rows.sort_by_cached_key(|row| row.value.domain_name.as_str().to_ascii_lowercase());
            for row in rows {
                let mut object = Self::Model::default();
                object.fill(cluster.name(), row);
                list.results
                    .send(Found {
                        display_name: format!("{} on {}", row.value.domain_name, cluster.name()),
                        identity: Identity::new()
                            .with("publisher", cluster.name())
                            .with("domain_name", row.value.domain_name.as_str()),
                        object: Some(object),
                    })
                    .await?;
            }
        }
        Ok(())
    }
}
