//! IMP301, IMP308 and IMP309: times in which messages to a domain find no route, or no route that is known to work.

use imp_federation_rules::{LAST_ROUTE_REMOVED, PRIMARY_AND_BACKUP_TOGETHER, WINDOW_WITHOUT_ROUTE};

use super::{Scene, usable};
use crate::estate::{Federation, Placed, address_or_name};
use crate::finding::Finding;
use crate::plan::{Action, Route};

pub(super) fn find(scene: &Scene<'_, '_>, findings: &mut Vec<Finding>) {
    for (cluster, estate) in &scene.estate.clusters {
        let after = estate.after.federations();
        for (name, before) in estate.before.federations() {
            if let Some(after) = after.get(name) {
                of_domain(cluster, &before, after, findings);
            }
        }
    }
}

/// A domain that is there before and after.
fn of_domain(
    cluster: &str,
    before: &Federation<'_, '_>,
    after: &Federation<'_, '_>,
    findings: &mut Vec<Finding>,
) {
    let name = after.name();
    let routes_before = all_usable(before);
    let routes_after = all_usable(after);
    let finding = |rule, message: String| Finding::new(rule, message).on(cluster).about(&name);
    if routes_before.is_empty() {
        return;
    }
    if before.domain.change.action.deletes() {
        let message = format!(
            "{name} is removed from {cluster} and created anew. Messages to it fail from the first deletion until it \
             and its routes are back and Cisco XCP Router has been restarted."
        );
        let finding = finding(&WINDOW_WITHOUT_ROUTE, message)
            .at(before.domain.change)
            .at(after.domain.change);
        findings.push(at_all(finding, &routes_before));
        return;
    }
    if routes_after.is_empty() {
        let message = format!(
            "{name} stays federated on {cluster} and has no route in service after this plan, so that messages to it \
             go nowhere."
        );
        let finding = finding(&LAST_ROUTE_REMOVED, message).involving(after.domain.change);
        findings.push(at_all(finding, &routes_before));
        return;
    }
    if survivors(&routes_before, &routes_after).is_empty() {
        let (routes, are) = match routes_before.len() {
            1 => ("The only route", "is"),
            2 => ("Both routes", "are"),
            _ => ("All routes", "are"),
        };
        let message = format!(
            "{routes} to {name} on {cluster} {are} deleted or replaced. Between deletion and creation messages to it \
             find no route; if the apply fails there, it stays so."
        );
        let finding = finding(&WINDOW_WITHOUT_ROUTE, message);
        findings.push(at_all(at_all(finding, &routes_before), &routes_after));
        return;
    }
    for (pattern, routes) in &before.patterns {
        let routes_before = usable(routes);
        let routes_after = after
            .patterns
            .get(pattern)
            .map_or_else(Vec::new, |routes| usable(routes));
        if routes_before.is_empty() || routes_after.is_empty() {
            continue;
        }
        let survivors = survivors(&routes_before, &routes_after);
        if survivors.is_empty() {
            let message = format!(
                "Every route of {name} with the destination pattern {} on {cluster} is deleted or replaced. Between \
                 deletion and creation messages to it find no route.",
                routes_before[0].object.destination_pattern
            );
            let finding = finding(&WINDOW_WITHOUT_ROUTE, message);
            findings.push(at_all(at_all(finding, &routes_before), &routes_after));
        } else if routes_before.len() > 1 && all_lead_elsewhere(&routes_before, &routes_after) {
            let message = format!(
                "Every route to {name} on {cluster} leads elsewhere than before. If the new values are wrong, none is \
                 left that is known to work."
            );
            findings.push(at_all(
                finding(&PRIMARY_AND_BACKUP_TOGETHER, message),
                &routes_before,
            ));
        }
    }
}

fn all_usable<'p>(federation: &Federation<'_, 'p>) -> Vec<Placed<'p, Route>> {
    let patterns = federation.patterns.values();
    patterns.flat_map(|routes| usable(routes)).collect()
}

/// The routes that carry messages all the time.
fn survivors<'p>(
    before: &[Placed<'p, Route>],
    after: &[Placed<'p, Route>],
) -> Vec<Placed<'p, Route>> {
    let survives = |route: &&Placed<'p, Route>| {
        let stays = matches!(
            route.change.action,
            Action::Keep | Action::Update | Action::Forget | Action::ReplaceCreatingFirst
        );
        stays
            && after
                .iter()
                .any(|other| std::ptr::eq(other.change, route.change))
    };
    before.iter().filter(survives).copied().collect()
}

/// Whether it is certain that every route leads elsewhere than any did before.
fn all_lead_elsewhere(before: &[Placed<'_, Route>], after: &[Placed<'_, Route>]) -> bool {
    let places = |routes: &[Placed<'_, Route>]| -> Option<Vec<(String, i64, String)>> {
        let place = |route: &Placed<'_, Route>| {
            let next_hop = address_or_name(route.object.next_hop.value()?);
            let port = *route.object.next_hop_port.value()?;
            Some((next_hop, port, route.object.protocol.value()?.clone()))
        };
        routes.iter().map(place).collect()
    };
    match (places(before), places(after)) {
        (Some(before), Some(after)) => after.iter().all(|place| !before.contains(place)),
        _ => false,
    }
}

fn at_all(finding: Finding, routes: &[Placed<'_, Route>]) -> Finding {
    routes
        .iter()
        .fold(finding, |finding, route| finding.at(route.change))
}
