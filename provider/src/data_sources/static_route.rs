//! `imp_static_route`: one static route by what makes it unique.

use imp_publisher::Freshness;
use imp_publisher::domain::{DestinationPattern, NextHop, Protocol, RouteKey, StaticRoute};
use tfplugin_framework::validators::{between, one_of, parses_as};
use tfplugin_framework::{Attribute, DataSource, Diagnostics, Field, ReadData, Schema};

use super::filters::{cluster, one_publisher, scope};
use super::static_routes::{RouteModel, route_attributes};
use crate::diagnostics::explain;
use crate::fleet::FleetCell;
use crate::resources::fields::{in_known_spelling, number, parsed};
use crate::resources::import_id::not_found;
use crate::rows::Row;

const PROTOCOLS: &[&str] = &[
    Protocol::Tls.as_str(),
    Protocol::Tcp.as_str(),
    Protocol::Udp.as_str(),
];

/// The data source `imp_static_route`.
#[derive(Debug)]
pub(crate) struct StaticRouteData {
    pub(crate) fleet: FleetCell,
}

impl DataSource for StaticRouteData {
    type Model = RouteModel;

    fn type_name(&self) -> &'static str {
        "imp_static_route"
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
            .describe("One static route by its destination pattern, next hop, port and protocol.")
            .attribute("publisher", one_publisher())
            .attribute(
                "destination_pattern",
                Attribute::string()
                    .required()
                    .validate(parses_as::<DestinationPattern>())
                    .describe("The destination pattern, such as `.com.remote`."),
            )
            .attribute(
                "next_hop",
                Attribute::string()
                    .required()
                    .validate(parses_as::<NextHop>())
                    .describe("The next hop."),
            )
            .attribute(
                "next_hop_port",
                Attribute::number()
                    .optional()
                    .computed()
                    .validate(between(0, 65535))
                    .describe(
                        "The port of the next hop; the usual one of the protocol by default.",
                    ),
            )
            .attribute(
                "protocol",
                Attribute::string()
                    .optional()
                    .computed()
                    .validate(one_of(PROTOCOLS))
                    .describe("`TLS` (the default), `TCP` or `UDP`."),
            )
            .attributes(route_attributes())
    }

    async fn read(&self, read: &mut ReadData<RouteModel>) -> Result<(), Diagnostics> {
        let cluster = cluster(&self.fleet, &read.config.publisher)?;
        let key = key(&read.config)?;
        let found = StaticRoute::look_up(
            &cluster.publisher,
            Freshness::Snapshot,
            None,
            Some(&key),
            &scope(&read.context),
        )
        .await
        .map_err(|error| explain(&error, "Unable to read the static route"))?;
        let stored = found
            .by_key
            .ok_or_else(|| not_found(StaticRoute::NAME, &key.to_string(), cluster.name()))?;
        let row = &stored.value;
        read.state = RouteModel {
            destination_pattern: in_known_spelling(
                &read.config.destination_pattern,
                &row.destination_pattern,
            ),
            next_hop: in_known_spelling(&read.config.next_hop, &row.next_hop),
            ..RouteModel::new(cluster.name(), &stored)
        };
        Ok(())
    }
}

fn key(config: &RouteModel) -> Result<RouteKey, Diagnostics> {
    let protocol = match &config.protocol {
        Field::Known(text) => parsed(&text.as_str().into(), "protocol")?,
        Field::Null | Field::Unknown => Protocol::Tls,
    };
    Ok(RouteKey {
        destination_pattern: parsed(&config.destination_pattern, "destination_pattern")?,
        next_hop: parsed(&config.next_hop, "next_hop")?,
        next_hop_port: match config.next_hop_port {
            Field::Null | Field::Unknown => protocol.usual_port(),
            port @ Field::Known(_) => number(port, "next_hop_port")?,
        },
        protocol,
    })
}
