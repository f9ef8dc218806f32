//! The provider itself: how it is configured, and what it offers.

pub(crate) mod environment;
mod model;
mod schema;
mod settings;

use tfplugin_framework::{Configure, Diagnostic, Diagnostics, Provider, Registry, Schema};

use crate::actions::RestartXcpRouter;
use crate::data_sources::{
    PublisherData, SipFederationDomainData, SipFederationDomainsData, StaticRouteData,
    StaticRoutesData,
};
use crate::fleet::{Fleet, FleetCell};
use crate::functions::{DestinationPatternOf, DomainNameOf};
use crate::list_resources::{SipFederationDomainList, StaticRouteList};
use crate::resources::sip_federation_domain::SipFederationDomain;
use crate::resources::static_route::StaticRoute;
use environment::Environment;
use model::ProviderModel;

/// Where Terraform finds this provider: namespace and type, without the registry's host.
pub const SOURCE: &str = "imp-federation/imp";

/// The provider `imp`.
#[derive(Debug, Default)]
pub struct ImpProvider {
    fleet: FleetCell,
}

/// The publishers that the environment alone names, for commands that are started by hand. Warnings are pushed.
pub(crate) fn fleet_of_environment(diagnostics: &mut Diagnostics) -> Result<Fleet, Diagnostics> {
    settings::resolve(
        &ProviderModel::default(),
        &Environment::process(),
        diagnostics,
    )
}

impl Provider for ImpProvider {
    type Config = ProviderModel;

    fn name(&self) -> &'static str {
        "imp"
    }

    fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    fn schema(&self) -> Schema {
        schema::schema()
    }

    fn validate(&self, config: &ProviderModel, diagnostics: &mut Diagnostics) {
        if !config.address.is_null() && !config.publishers.is_null() {
            diagnostics.push(
                Diagnostic::error("Two ways to name the publishers")
                    .detail(
                        "Write either `address`, for one publisher, or `publishers`, for one or more of them \
                         by name.",
                    )
                    .at("address"),
            );
        }
        settings::validate_names(config, diagnostics);
    }

    async fn configure(&self, configure: &mut Configure<ProviderModel>) -> Result<(), Diagnostics> {
        let fleet = settings::resolve(
            &configure.config,
            &Environment::process(),
            &mut configure.diagnostics,
        )?;
        self.fleet.set(fleet);
        Ok(())
    }

    fn register(&self, registry: &mut Registry) {
        registry.resource(SipFederationDomain::new(self.fleet.clone()));
        registry.resource(StaticRoute::new(self.fleet.clone()));
        let fleet = || self.fleet.clone();
        registry.data_source(PublisherData { fleet: fleet() });
        registry.data_source(SipFederationDomainData { fleet: fleet() });
        registry.data_source(SipFederationDomainsData { fleet: fleet() });
        registry.data_source(StaticRouteData { fleet: fleet() });
        registry.data_source(StaticRoutesData { fleet: fleet() });
        registry.list_resource(SipFederationDomainList { fleet: fleet() });
        registry.list_resource(StaticRouteList { fleet: fleet() });
        registry.action(RestartXcpRouter::new(fleet()));
        registry.function(DestinationPatternOf);
        registry.function(DomainNameOf);
    }
}
