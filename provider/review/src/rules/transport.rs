//! IMP101 to IMP105: what a single route says, and the domain that it belongs to.

use std::net::IpAddr;

use imp_federation_rules::{
    LOAD_BALANCER_NEXT_HOP, NAMED_NEXT_HOP, PORT_OF_THE_OTHER_TRANSPORT, SRV_PORT_WITH_ADDRESS,
    TCP_TOWARDS_MICROSOFT,
};

use super::Scene;
use crate::estate::{Placed, address_or_name};
use crate::finding::Finding;
use crate::plan::{Domain, Route};

const TLS: &str = "TLS";
const TCP: &str = "TCP";
const OCS_LYNC: &str = "ocs_lync";

pub(super) fn find(scene: &Scene<'_, '_>, findings: &mut Vec<Finding>) {
    for (cluster, estate) in &scene.estate.clusters {
        for (pattern, routes) in estate.after.patterns() {
            let owner = estate.after.owner(pattern);
            for route in routes {
                let mut found = of_route(route);
                found.extend(load_balancer(scene, route));
                if let Some(owner) =
                    owner.filter(|owner| is_reached_through_microsoft(owner.object))
                {
                    found.extend(towards_microsoft(route, owner.object));
                }
                for finding in found {
                    let finding = match &owner {
                        Some(owner) => finding.about(&owner.object.domain_name),
                        None => finding,
                    };
                    findings.push(finding.on(cluster).at(route.change));
                }
            }
        }
    }
}

fn of_route(route: &Placed<'_, Route>) -> Vec<Finding> {
    let Route {
        next_hop,
        next_hop_port: port,
        protocol,
        ..
    } = route.object;
    let destination = route.object.destination();
    let mut findings = Vec::new();
    let usual = match protocol.value().map(String::as_str) {
        Some(TLS) => Some(5061),
        Some(TCP) => Some(5060),
        _ => None,
    };
    if let (Some(usual), Some(written)) = (usual, port.value())
        && *written != 0
        && *written != usual
    {
        let message = format!(
            "The route to {destination} uses {protocol} with port {port}; Cisco's guides give {usual} for {protocol}."
        );
        findings.push(Finding::new(&PORT_OF_THE_OTHER_TRANSPORT, message));
    }
    if port.is(&0) && is_address(route.object) == Some(true) {
        let message = format!(
            "The route to {destination} has port 0, which stands for a DNS SRV record, and the next hop is the \
             address {next_hop}."
        );
        findings.push(Finding::new(&SRV_PORT_WITH_ADDRESS, message));
    }
    findings
}

fn towards_microsoft(route: &Placed<'_, Route>, domain: &Domain) -> Vec<Finding> {
    let name = &domain.domain_name;
    let next_hop = &route.object.next_hop;
    let mut findings = Vec::new();
    if is_address(route.object) == Some(false) {
        let message = format!(
            "The next hop of {name} is the name {next_hop}, which may be that of a pool behind a load balancer."
        );
        findings.push(Finding::new(&NAMED_NEXT_HOP, message));
    }
    if route
        .object
        .protocol
        .value()
        .is_some_and(|protocol| protocol == TCP)
    {
        let message = format!("Messages to {name} go to {next_hop} unencrypted, over TCP.");
        findings.push(Finding::new(&TCP_TOWARDS_MICROSOFT, message));
    }
    findings
}

/// The next hop is among the load balancers that the provider block names by literals.
fn load_balancer(scene: &Scene<'_, '_>, route: &Placed<'_, Route>) -> Option<Finding> {
    let next_hop = route.object.next_hop.value()?;
    let publisher = route.object.publisher.value()?;
    let key = scene
        .blocks
        .provider_key(&route.change.configuration_address())?;
    let mut providers = scene.plan.configuration.providers();
    let (_, provider) = providers.find(|(found, _)| *found == key)?;
    let load_balancers = provider.load_balancers(publisher);
    let mut listed = load_balancers.iter().map(|listed| address_or_name(listed));
    let is_listed = listed.any(|listed| listed == address_or_name(next_hop));
    let message = format!(
        "The route to {} leads to {}, which is one of the provider's load_balancers. Cisco does not support a load \
         balancer as the next hop.",
        route.object.destination(),
        route.object.next_hop
    );
    is_listed.then(|| Finding::new(&LOAD_BALANCER_NEXT_HOP, message))
}

/// Whether the next hop is an address and no name, where it is known.
fn is_address(route: &Route) -> Option<bool> {
    let next_hop = route.next_hop.value()?;
    Some(next_hop.parse::<IpAddr>().is_ok())
}

/// Whether a domain is reached through the company's own Microsoft servers.
fn is_reached_through_microsoft(domain: &Domain) -> bool {
    let is_ocs_lync = |word: &String| word == OCS_LYNC;
    domain.direct_federation.is(&true) && domain.integration_type.value().is_some_and(is_ocs_lync)
}
