//! Validating and planning a static route.

use imp_publisher::domain::{DestinationPattern, DomainName, NextHop, Protocol, RouteType};
use tfplugin_framework::validators::combinations::at_least_one_of;
use tfplugin_framework::{Diagnostic, Diagnostics, Field, Plan};

use super::model::{Model, id};
use crate::fleet::{Fleet, FleetCell};
use crate::resources::fields::{in_prior_spelling, number, optional};
use crate::resources::object::{asked, change, finish_plan};
use crate::resources::placement;
use crate::rules::{Change, PlannedRoute, check_route, load_balancer, other_transport, srv_port};

/// Rules between attributes.
pub(super) fn validate(config: &Model, diagnostics: &mut Diagnostics) {
    at_least_one_of(
        &[
            ("domain", (&config.domain).into()),
            ("destination_pattern", (&config.destination_pattern).into()),
        ],
        diagnostics,
    );
    if let Ok(port) = number(config.next_hop_port, "next_hop_port")
        && let Ok(Some(next_hop)) = optional(&config.next_hop, "next_hop")
    {
        diagnostics.extend(srv_port(port, &next_hop));
    }
    let (Ok(domain), Ok(pattern)) = (
        optional::<DomainName>(&config.domain, "domain"),
        optional::<DestinationPattern>(&config.destination_pattern, "destination_pattern"),
    ) else {
        return;
    };
    if let (Some(domain), Some(pattern)) = (&domain, &pattern) {
        let expected = DestinationPattern::from_domain(domain);
        if expected != *pattern {
            diagnostics.push(
                Diagnostic::error("The domain and the destination pattern disagree")
                    .detail(format!(
                        "The destination pattern of {domain} is {expected}, not {pattern}. Leave one of the \
                         two out; for a pattern that is no plain reversed name, leave out `domain`."
                    ))
                    .at("destination_pattern"),
            );
        }
    }
    // Left out, the route type is `domain`.
    let for_domain =
        config.route_type.is_null() || config.route_type.is(RouteType::Domain.as_str());
    if let Some(pattern) = pattern.filter(|pattern| for_domain && !pattern.starts_with_dot()) {
        diagnostics.push(
            Diagnostic::error("The destination pattern needs a dot in front")
                .detail(format!(
                    "Destination patterns of the route type \"domain\" begin with a dot: write \".{pattern}\", \
                     or `route_type = \"user\"`. The pattern of remote.com is .com.remote."
                ))
                .at("destination_pattern"),
        );
    }
}

/// Plans everything but the pkid, so that a reviewer sees it.
pub(super) async fn plan(cell: &FleetCell, plan: &mut Plan<Model>) -> Result<(), Diagnostics> {
    let fleet = placement::fleet(cell)?;
    if let (Some(config), Some(planned)) = (&plan.config, &mut plan.planned) {
        let prior = plan.prior.as_ref();
        planned.publisher = placement::planned(
            &fleet,
            &config.publisher,
            prior.map(|prior| &prior.publisher),
        )?;
        plan_destination(config, planned, prior);
        if config.next_hop_port.is_null() {
            planned.next_hop_port = usual_port(&planned.protocol);
        }
        planned.id = match id(planned) {
            Some(id) => in_prior_spelling(prior.map(|prior| &prior.id), id),
            None => Field::Unknown,
        };
        let moved = prior.is_some_and(|prior| {
            !same_pattern(&prior.destination_pattern, &planned.destination_pattern)
        });
        if moved {
            plan.require_replace("destination_pattern");
        }
    }
    refuse_load_balancer(&fleet, plan)?;
    finish_plan(&fleet, plan).await?;
    // Of a route that stays, only its publisher can be in the way of domains elsewhere.
    let unremarkable = |planned: &Model| {
        let publisher = planned.publisher.as_str().unwrap_or_default();
        change(plan, planned) == Change::Nothing
            && fleet.through_microsoft.elsewhere(publisher).is_none()
    };
    if plan.planned.as_ref().is_none_or(unremarkable) {
        return Ok(());
    }
    Box::pin(check_rules(&fleet, plan)).await
}

/// What Cisco's rules say of the planned route.
async fn check_rules(fleet: &Fleet, plan: &mut Plan<Model>) -> Result<(), Diagnostics> {
    let Some(planned) = plan.planned.clone() else {
        return Ok(());
    };
    let (Ok(Some(pattern)), Ok(Some(next_hop)), Ok(Some(protocol))) = (
        optional(&planned.destination_pattern, "destination_pattern"),
        optional(&planned.next_hop, "next_hop"),
        optional(&planned.protocol, "protocol"),
    ) else {
        return Ok(());
    };
    if change(plan, &planned) != Change::Nothing
        && let Ok(port) = number(planned.next_hop_port, "next_hop_port")
    {
        plan.diagnostics.extend(other_transport(port, protocol));
    }
    let selection = fleet.select(planned.publisher.as_str().unwrap_or_default());
    if let Some(cluster) = selection.cluster() {
        let route = PlannedRoute {
            pattern,
            next_hop,
            protocol,
        };
        let asked = asked(fleet, cluster, plan, &planned).await?;
        check_route(&asked, &route, &mut plan.diagnostics).await;
    }
    Ok(())
}

/// An unchanged route is left alone. Asked first: nobody needs to be contacted for it.
fn refuse_load_balancer(fleet: &Fleet, plan: &Plan<Model>) -> Result<(), Diagnostics> {
    let Some(planned) = &plan.planned else {
        return Ok(());
    };
    let (Some(publisher), Ok(Some(next_hop))) = (
        planned.publisher.as_str(),
        optional::<NextHop>(&planned.next_hop, "next_hop"),
    ) else {
        return Ok(());
    };
    let changes = plan.prior.as_ref() != Some(planned);
    let selection = fleet.select(publisher);
    let refused = selection
        .cluster()
        .and_then(|cluster| load_balancer(&next_hop, &cluster.load_balancers, changes));
    refused.map_or(Ok(()), |diagnostic| Err(diagnostic.into()))
}

/// Plans the domain and the destination pattern from each other.
fn plan_destination(config: &Model, planned: &mut Model, prior: Option<&Model>) {
    if config.destination_pattern.is_null() {
        planned.destination_pattern = from_domain(&config.domain).and_then(|pattern| {
            in_prior_spelling(
                prior.map(|prior| &prior.destination_pattern),
                pattern.to_string(),
            )
        });
    }
    if config.domain.is_null() {
        planned.domain = to_domain(&config.destination_pattern).and_then(|domain| {
            in_prior_spelling(prior.map(|prior| &prior.domain), domain.to_string())
        });
    }
}

fn from_domain(domain: &Field<String>) -> Field<DestinationPattern> {
    domain.as_ref().and_then(|text| {
        text.parse()
            .map(|domain| DestinationPattern::from_domain(&domain))
            .ok()
            .into()
    })
}

fn to_domain(pattern: &Field<String>) -> Field<DomainName> {
    pattern.as_ref().and_then(|text| {
        text.parse::<DestinationPattern>()
            .ok()
            .and_then(|pattern| pattern.domain())
            .into()
    })
}

/// The port that Cisco's guides give for a protocol.
pub(super) fn usual_port(protocol: &Field<String>) -> Field<i64> {
    protocol.as_ref().and_then(|text| {
        text.parse::<Protocol>()
            .map(|protocol| i64::from(protocol.usual_port().get()))
            .ok()
            .into()
    })
}

fn same_pattern(prior: &Field<String>, planned: &Field<String>) -> bool {
    match (prior.as_str(), planned.as_str()) {
        (Some(prior), Some(planned)) => prior.eq_ignore_ascii_case(planned),
        _ => false,
    }
}
