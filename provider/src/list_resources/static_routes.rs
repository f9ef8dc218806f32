//! Static routes, as `terraform query` lists them.

use imp_publisher::Freshness;
use tfplugin_framework::list::{Found, List};
use tfplugin_framework::{Diagnostics, Field, Identity, ListResource, Schema, model};

use crate::data_sources::filters::{RouteFilter, clusters, route_search, scope};
use crate::diagnostics::explain;
use crate::fleet::FleetCell;
use crate::resources::object::Object as _;
use crate::resources::static_route;

model! {
    /// Which routes to list.
    pub(crate) struct Search {
        publisher: String,
        domain: String,
        pattern_prefix: String,
        next_hop: String,
    }
}

/// Lists static routes, but for the predefined one.
#[derive(Debug)]
pub(crate) struct StaticRouteList {
    pub(crate) fleet: FleetCell,
}

impl ListResource for StaticRouteList {
    type Config = Search;
    type Model = static_route::Model;

    fn type_name(&self) -> &'static str {
        "imp_static_route"
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
            .describe("The static routes of one or all publishers, but for the predefined one.")
            .attributes(route_search())
    }

    async fn list(&self, list: &mut List<Search, Self::Model>) -> Result<(), Diagnostics> {
        let scope = scope(&list.context);
        let filter = RouteFilter::new(
            &list.config.domain,
            &list.config.pattern_prefix,
            &list.config.next_hop,
            Field::Null,
        )?;
        for cluster in clusters(&self.fleet, &list.config.publisher)? {
            let table = cluster
                .publisher
                .routes(Freshness::Snapshot, &scope)
                .await
                .map_err(|error| explain(&error, "Unable to list the static routes"))?;
            for row in filter.sorted(table.rows()) {
                let route = &row.value;
                let mut object = Self::Model::default();
                object.fill(cluster.name(), row);
                list.results
                    .send(Found {
                        display_name: format!(
                            "{} to {} by {} on {}",
                            route.destination_pattern,
                            route.next_hop,
                            route.protocol,
                            cluster.name()
                        ),
                        identity: Identity::new()
                            .with("publisher", cluster.name())
                            .with("destination_pattern", route.destination_pattern.as_str())
                            .with("next_hop", route.next_hop.as_str())
                            .with("next_hop_port", i64::from(route.next_hop_port.get()))
                            .with("protocol", route.protocol.as_str()),
                        object: Some(object),
                    })
                    .await?;
            }
        }
        Ok(())
    }
}
