//! What is not as Cisco's procedure has it. It is exported as it is; a person decides.

use std::collections::{BTreeMap, BTreeSet};

use imp_publisher::domain::{IntegrationType, RouteType};

use super::Reading;
use super::estate::{Domain, Estate, Route};

/// Every remark, by publisher.
pub(super) fn remarks(estate: &Estate, readings: &[Reading]) -> Vec<String> {
    let mut remarks = Vec::new();
    for domain in estate.domains.values() {
        let mut remark = |text: &str| {
            let name = &domain.value.domain_name;
            remarks.push(format!("{}: the domain {name} {text}.", domain.publisher));
        };
        of_domain(domain, &mut remark);
    }
    for route in estate.routes() {
        let mut remark = |text: &str| {
            let key = route.value.key();
            remarks.push(format!("{}: the route {key} {text}.", route.publisher));
        };
        of_route(route, readings, &mut remark);
    }
    for route in estate.other_routes.values() {
        remarks.push(format!(
            "{}: the route {} belongs to no federated domain.",
            route.publisher,
            route.value.key()
        ));
    }
    remarks.extend(missing_elsewhere(estate, readings));
    remarks.sort();
    remarks
}

fn of_domain(domain: &Domain, remark: &mut impl FnMut(&str)) {
    if domain.value.integration_type != IntegrationType::OcsLync {
        remark("is not federated through Microsoft servers");
    } else if !domain.value.direct_federation {
        remark("does not have Direct Federation");
    }
    if domain.routes.is_empty() {
        remark("has no static route");
        return;
    }
    let mut priorities = BTreeSet::new();
    let is_equal = |route: &Route| {
        let pattern = route
            .value
            .destination_pattern
            .as_str()
            .to_ascii_lowercase();
        !priorities.insert((pattern, route.value.priority.get()))
    };
    if domain.routes.values().any(is_equal) {
        remark("has several routes of the same priority, so that none of them is the backup");
    }
    if !domain
        .routes
        .values()
        .any(|route| route.value.priority.get() == 1)
    {
        remark("has no route of priority 1");
    }
}

fn of_route(route: &Route, readings: &[Reading], remark: &mut impl FnMut(&str)) {
    let value = &route.value;
    if value.next_hop_port != value.protocol.usual_port() && !value.next_hop_port.is_srv() {
        remark(&format!(
            "goes to port {}, which is not the usual one of {}",
            value.next_hop_port, value.protocol
        ));
    }
    if value.route_type != RouteType::Domain {
        remark("has the route type user");
    }
    if value.destination_pattern.domain().is_none() {
        remark("has a pattern that is no plain reversed domain name");
    }
    if !value.in_service {
        remark("is not in service");
    }
    if value.block_route {
        remark("is blocked");
    }
    let load_balancers = readings
        .iter()
        .filter(|reading| reading.cluster.name() == route.publisher)
        .flat_map(|reading| &reading.cluster.load_balancers);
    if load_balancers.into_iter().any(|hop| *hop == value.next_hop) {
        remark("goes to a load balancer, which Cisco does not support");
    }
}

/// Each cluster needs its own rows: nothing copies them.
fn missing_elsewhere(estate: &Estate, readings: &[Reading]) -> Vec<String> {
    let mut homes: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for domain in estate.domains.values() {
        let name = domain.value.domain_name.as_str().to_ascii_lowercase();
        homes.entry(name).or_default().insert(&domain.publisher);
    }
    let all: BTreeSet<&str> = readings
        .iter()
        .map(|reading| reading.cluster.name())
        .collect();
    homes
        .iter()
        .flat_map(|(name, homes)| {
            all.difference(homes).map(move |publisher| {
                format!("{publisher}: the domain {name} is missing, and is on other clusters.")
            })
        })
        .collect()
}
