//! Rules for static routes.

use imp_federation_rules::{
    LOAD_BALANCER_NEXT_HOP, NAMED_NEXT_HOP, NO_TLS_PEER_SUBJECT, PORT_OF_THE_OTHER_TRANSPORT,
    SRV_PORT_WITH_ADDRESS, TCP_TOWARDS_MICROSOFT,
};
use imp_publisher::Freshness;
use imp_publisher::domain::{DestinationPattern, IntegrationType, NextHop, Port, Protocol};
use tfplugin_framework::{Diagnostic, Diagnostics};

use super::domains::{PlannedDomain, email_address_here};
use super::{Asked, Change, error, warning};

/// The port on which IM and Presence itself listens for peers that authenticate themselves.
const PEER_AUTHENTICATION_LISTENER: u16 = 5062;

/// What to do where a next hop is no TLS peer.
const ADD_SUBJECT: &str = "Add the subject common name of the next hop's certificate under System > Security > TLS \
                           Peer Subjects, and select it in the TLS Context Configuration.";

/// A static route as it is planned.
#[derive(Clone, Debug)]
pub(crate) struct PlannedRoute {
    /// Its destination pattern.
    pub(crate) pattern: DestinationPattern,
    /// Where it leads.
    pub(crate) next_hop: NextHop,
    /// How.
    pub(crate) protocol: Protocol,
}

/// IMP101.
pub(crate) fn other_transport(port: Port, protocol: Protocol) -> Option<Diagnostic> {
    let usual = protocol.usual_port();
    if port.is_srv() || protocol == Protocol::Udp || port == usual {
        return None;
    }
    let rule = PORT_OF_THE_OTHER_TRANSPORT;
    let hint = if port.get() == PEER_AUTHENTICATION_LISTENER {
        " 5062 is a listener of IM and Presence itself, and no port of a next hop."
    } else {
        ""
    };
    let summary = format!("{port} is not the usual port of {protocol}");
    let detail = format!(
        "Cisco's guides give 5061 as the next hop port for TLS, and 5060 for TCP; here it is {port} with \
         {protocol}.{hint} Leave `next_hop_port` out, and it is planned as {usual}. Keep it where the next hop does \
         listen on {port}."
    );
    Some(warning(&rule, summary, detail).at("next_hop_port"))
}

/// IMP102.
pub(crate) fn srv_port(port: Port, next_hop: &NextHop) -> Option<Diagnostic> {
    let address = next_hop.address().filter(|_| port.is_srv())?;
    let rule = SRV_PORT_WITH_ADDRESS;
    let detail = format!(
        "`next_hop_port = 0` says that the next hop is the name of a DNS SRV record, and {address} is an address. \
         Write the name of the record, or leave `next_hop_port` out: it is planned from `protocol`."
    );
    Some(error(&rule, rule.title, detail).at("next_hop"))
}

/// IMP103: an unchanged route is left alone.
pub(crate) fn load_balancer(
    next_hop: &NextHop,
    load_balancers: &[NextHop],
    changes: bool,
) -> Option<Diagnostic> {
    let rule = LOAD_BALANCER_NEXT_HOP;
    (changes && load_balancers.contains(next_hop)).then(|| {
        let detail = format!(
            "{next_hop} is one of the provider's `load_balancers`. Cisco does not support a load balancer as the next \
             hop: write the address of a specific front-end or Standard Edition server."
        );
        error(&rule, rule.title, detail).at("next_hop")
    })
}

/// Asks all rules that need a publisher about a planned route.
pub(crate) async fn check_route(
    asked: &Asked<'_>,
    route: &PlannedRoute,
    diagnostics: &mut Diagnostics,
) {
    diagnostics.extend(email_address_here(asked).await);
    if asked.change == Change::Nothing {
        return;
    }
    let is_named = route.next_hop.address().is_none();
    if (is_named || route.protocol == Protocol::Tcp)
        && let Some(domain) = domain_of(asked, route).await
    {
        diagnostics.extend(named_next_hop(&route.next_hop, &domain));
        diagnostics.extend(tcp_towards_microsoft(route.protocol, &domain));
    }
    if route.protocol == Protocol::Tls {
        let publisher = &asked.cluster.publisher;
        if let Ok(settings) = publisher.federation_settings(&asked.scope).await
            && let Some(subjects) = settings.tls_peer_subjects
        {
            diagnostics.extend(no_tls_peer_subject(asked, &route.next_hop, &subjects));
        }
    }
}

/// The domain that the route belongs to: as it is planned, else as the publisher has it.
async fn domain_of(asked: &Asked<'_>, route: &PlannedRoute) -> Option<PlannedDomain> {
    if let Some(domain) = asked.cluster.domains_planned.owner(&route.pattern) {
        return Some(domain);
    }
    let publisher = &asked.cluster.publisher;
    let domains = publisher.domains(Freshness::Snapshot, &asked.scope).await;
    let domains = domains.ok()?;
    let names = domains.rows().iter().map(|row| &row.value.domain_name);
    let owner = domains.by_key(route.pattern.owner(names)?)?;
    Some(PlannedDomain {
        name: owner.value.domain_name.clone(),
        is_microsoft: owner.value.integration_type == IntegrationType::OcsLync,
        is_direct: owner.value.direct_federation,
    })
}

/// IMP104.
pub(super) fn named_next_hop(next_hop: &NextHop, domain: &PlannedDomain) -> Option<Diagnostic> {
    let rule = NAMED_NEXT_HOP;
    let through_microsoft = domain.is_microsoft && domain.is_direct;
    (next_hop.address().is_none() && through_microsoft).then(|| {
        let detail = format!(
            "{next_hop} may be the name of a pool, which leads to a load balancer, and Cisco does not support one as \
             the next hop of {}. Write the IP address of a specific front-end or Standard Edition server. Keep the \
             name where it is certain to be that of one server.",
            domain.name
        );
        warning(&rule, rule.title, detail).at("next_hop")
    })
}

/// IMP105.
pub(super) fn tcp_towards_microsoft(
    protocol: Protocol,
    domain: &PlannedDomain,
) -> Option<Diagnostic> {
    let rule = TCP_TOWARDS_MICROSOFT;
    (protocol == Protocol::Tcp && domain.is_microsoft).then(|| {
        let detail = format!(
            "{} is reached through Microsoft servers, and this route leads to them without encryption. Write \
             `protocol = \"TLS\"`, unless TCP is agreed with those who run these servers.",
            domain.name
        );
        warning(&rule, rule.title, detail).at("protocol")
    })
}

/// IMP210.
fn no_tls_peer_subject(
    asked: &Asked<'_>,
    next_hop: &NextHop,
    subjects: &[String],
) -> Option<Diagnostic> {
    let (rule, name) = (NO_TLS_PEER_SUBJECT, asked.cluster.name());
    if subjects.is_empty() {
        return asked.cluster.first_time(rule.code).then(|| {
            let detail = format!(
                "Publisher {name:?} has no TLS peer subject at all, so that it talks TLS to no next hop. {ADD_SUBJECT}"
            );
            warning(&rule, "There is no TLS peer subject", detail).at("next_hop")
        });
    }
    let is_known = subjects
        .iter()
        .any(|subject| subject.eq_ignore_ascii_case(next_hop.as_str()));
    // Certificates bear names: of an address nothing can be said.
    (next_hop.address().is_none() && !is_known).then(|| {
        let detail = format!(
            "{next_hop} is none of the TLS peer subjects of publisher {name:?}, which are {}. {ADD_SUBJECT}",
            subjects.join(", ")
        );
        warning(&rule, rule.title, detail).at("next_hop")
    })
}
