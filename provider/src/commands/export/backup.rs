//! Every row, with its pkid, as JSON.

use imp_publisher::Stored;
use imp_publisher::domain::{Description, FederatedDomain, StaticRoute};
use serde_json::{Map, Value, json};

use super::Reading;

/// Every row of every publisher, those that are not managed among them.
pub(super) fn backup(readings: &[Reading]) -> Value {
    let publishers: Map<String, Value> = readings
        .iter()
        .map(|reading| {
            let domains = reading.domains.rows().iter().map(domain);
            let routes = reading.routes.rows().iter().map(route);
            let unreadable = reading
                .domains
                .unreadable()
                .chain(reading.routes.unreadable());
            let value = json!({
                "release": reading.release,
                "federated_domains": domains.collect::<Vec<_>>(),
                "static_routes": routes.collect::<Vec<_>>(),
                "unreadable": unreadable
                    .map(|(pkid, problem)| json!({ "pkid": pkid, "problem": problem }))
                    .collect::<Vec<_>>(),
            });
            (reading.cluster.name().to_owned(), value)
        })
        .collect();
    json!({ "format": 1, "publishers": publishers })
}

fn domain(row: &Stored<FederatedDomain>) -> Value {
    let mut value = domain_fields(&row.value);
    value["pkid"] = row.pkid.as_str().into();
    value["system_owned"] = row.system_owned.into();
    value
}

fn route(row: &Stored<StaticRoute>) -> Value {
    let mut value = route_fields(&row.value);
    value["pkid"] = row.pkid.as_str().into();
    value["system_owned"] = row.system_owned.into();
    value
}

/// The fields of a domain, by the names of its attributes.
pub(super) fn domain_fields(domain: &FederatedDomain) -> Value {
    json!({
        "domain_name": domain.domain_name.as_str(),
        "description": domain.description.as_ref().map(Description::as_str),
        "integration_type": domain.integration_type.as_str(),
        "direct_federation": domain.direct_federation,
    })
}

/// The fields of a route, by the names of its attributes.
pub(super) fn route_fields(route: &StaticRoute) -> Value {
    json!({
        "destination_pattern": route.destination_pattern.as_str(),
        "description": route.description.as_ref().map(Description::as_str),
        "next_hop": route.next_hop.as_str(),
        "next_hop_port": route.next_hop_port.get(),
        "protocol": route.protocol.as_str(),
        "route_type": route.route_type.as_str(),
        "priority": route.priority.get(),
        "weight": route.weight.get(),
        "allow_less_specific_route": route.allow_less_specific_route,
        "in_service": route.in_service,
        "block_route": route.block_route,
    })
}
