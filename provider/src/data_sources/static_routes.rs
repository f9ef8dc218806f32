//! `imp_static_routes`: the static routes of one or all publishers.

use imp_publisher::domain::StaticRoute;
use imp_publisher::{Freshness, Stored};
use tfplugin_framework::{Attribute, DataSource, Diagnostics, Field, ReadData, Schema, model};

use super::filters::{RouteFilter, clusters, include_system_owned, route_search, scope};
use crate::diagnostics::explain;
use crate::fleet::FleetCell;

model! {
    /// The static routes of publishers.
    pub(crate) struct StaticRoutesDataModel {
        publisher: String,
        domain: String,
        pattern_prefix: String,
        next_hop: String,
        include_system_owned: bool,
        routes: Vec<RouteModel>,
    }

    /// One static route.
    pub(crate) struct RouteModel {
        id: String,
        publisher: String,
        domain: String,
        destination_pattern: String,
        next_hop: String,
        next_hop_port: i64,
        protocol: String,
        route_type: String,
        priority: i64,
        weight: i64,
        allow_less_specific_route: bool,
        in_service: bool,
        block_route: bool,
        description: String,
        system_owned: bool,
        pkid: String,
    }
}

/// The data source `imp_static_routes`.
#[derive(Debug)]
pub(crate) struct StaticRoutesData {
    pub(crate) fleet: FleetCell,
}

/// The attributes of a route that a data source reads, but the publisher and what makes it unique.
pub(super) fn route_attributes() -> Vec<(&'static str, Attribute)> {
    let text = || Attribute::string().computed();
    let number = || Attribute::number().computed();
    let switch = || Attribute::bool().computed();
    vec![
        (
            "id",
            text().describe(
                "`publisher/destination_pattern/next_hop:next_hop_port/protocol`, as an import takes it.",
            ),
        ),
        (
            "domain",
            text().describe("The domain, where the pattern is a plain reversed name."),
        ),
        ("route_type", text().describe("`domain` or `user`.")),
        ("priority", number().describe("The lower number wins.")),
        (
            "weight",
            number().describe("The share among routes of the same priority."),
        ),
        (
            "allow_less_specific_route",
            switch().describe("Whether a less specific route may be used."),
        ),
        ("in_service", switch().describe("Whether the route is used.")),
        (
            "block_route",
            switch().describe("Whether messages to the destination are refused."),
        ),
        ("description", text().describe("The description.")),
        (
            "system_owned",
            switch().describe("Whether it is the predefined route."),
        ),
        ("pkid", text().describe("The primary key of the row.")),
    ]
}

impl DataSource for StaticRoutesData {
    type Model = StaticRoutesDataModel;

    fn type_name(&self) -> &'static str {
        "imp_static_routes"
    }

    fn schema(&self) -> Schema {
        let text = || Attribute::string().computed();
        let own = [
            ("publisher", text().describe("The name of the publisher.")),
            (
                "destination_pattern",
                text().describe("The destination pattern."),
            ),
            ("next_hop", text().describe("The next hop.")),
            (
                "next_hop_port",
                Attribute::number()
                    .computed()
                    .describe("The port of the next hop."),
            ),
            ("protocol", text().describe("`TLS`, `TCP` or `UDP`.")),
        ];
        Schema::new(0)
            .describe("The static routes of one or all publishers.")
            .attributes(route_search())
            .attribute("include_system_owned", include_system_owned())
            .attribute(
                "routes",
                Attribute::nested_list(own.into_iter().chain(route_attributes()))
                    .computed()
                    .describe("The routes, by publisher, pattern and priority."),
            )
    }

    async fn read(&self, read: &mut ReadData<StaticRoutesDataModel>) -> Result<(), Diagnostics> {
        let scope = scope(&read.context);
        let config = &read.config;
        let filter = RouteFilter::new(
            &config.domain,
            &config.pattern_prefix,
            &config.next_hop,
            config.include_system_owned,
        )?;
        let mut routes = Vec::new();
        for cluster in clusters(&self.fleet, &read.config.publisher)? {
            let table = cluster
                .publisher
                .routes(Freshness::Snapshot, &scope)
                .await
                .map_err(|error| explain(&error, "Unable to read the static routes"))?;
            routes.extend(
                filter
                    .sorted(table.rows())
                    .into_iter()
                    .map(|row| RouteModel::new(cluster.name(), row)),
            );
        }
        read.state.routes = Field::Known(routes);
        Ok(())
    }
}

impl RouteModel {
    pub(super) fn new(publisher: &str, stored: &Stored<StaticRoute>) -> Self {
        let row = &stored.value;
        let domain = row.destination_pattern.domain();
        Self {
            id: format!("{publisher}/{}", row.key()).into(),
            publisher: publisher.into(),
            domain: domain.map(|domain| domain.to_string()).into(),
            destination_pattern: row.destination_pattern.as_str().into(),
            next_hop: row.next_hop.as_str().into(),
            next_hop_port: i64::from(row.next_hop_port.get()).into(),
            protocol: row.protocol.as_str().into(),
            route_type: row.route_type.as_str().into(),
            priority: i64::from(row.priority.get()).into(),
            weight: i64::from(row.weight.get()).into(),
            allow_less_specific_route: row.allow_less_specific_route.into(),
            in_service: row.in_service.into(),
            block_route: row.block_route.into(),
            description: row.description.as_ref().map(ToString::to_string).into(),
            system_owned: stored.system_owned.into(),
            pkid: stored.pkid.as_str().into(),
        }
    }
}
