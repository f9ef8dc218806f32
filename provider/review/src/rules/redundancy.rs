//! IMP302 to IMP305 and IMP307: primary routes and their backups.

use std::collections::{BTreeMap, BTreeSet};

use imp_federation_rules::{
    BACKUP_MISSING_ON_CLUSTERS, EQUAL_PRIORITIES, NO_BACKUP, NO_PRIMARY, Rule, SHARED_NEXT_HOP,
};

use super::{Scene, listed, usable};
use crate::estate::{Cluster, Placed, address_or_name};
use crate::finding::Finding;
use crate::plan::{Domain, Route};

/// The routes of one destination pattern on one cluster after the plan.
struct Group<'a, 'p> {
    cluster: &'a str,
    estate: &'a Cluster<'p>,
    pattern: &'a str,
    /// What it leads to: the domain, or the pattern where the domain itself is not in the plan.
    label: String,
    owner: Option<Placed<'p, Domain>>,
    /// Those in service, the primary one first.
    routes: Vec<Placed<'p, Route>>,
}

pub(super) fn find(scene: &Scene<'_, '_>, findings: &mut Vec<Finding>) {
    let groups = groups(scene);
    let backed_up_elsewhere = backup_missing(scene, &groups, findings);
    for group in &groups {
        findings.extend(equal_priorities(group));
        findings.extend(shared_next_hops(group));
        // Without its domain, other routes of the pattern may well stand in other configurations.
        if group.owner.is_some() {
            findings.extend(no_primary(group));
            if !backed_up_elsewhere.contains(&(group.cluster, group.pattern)) {
                findings.extend(no_backup(group));
            }
        }
    }
}

fn groups<'a, 'p>(scene: &Scene<'a, 'p>) -> Vec<Group<'a, 'p>> {
    let mut groups = Vec::new();
    for (cluster, estate) in &scene.estate.clusters {
        for (pattern, routes) in estate.after.patterns() {
            let mut routes = usable(routes);
            let Some(first) = routes.first() else {
                continue;
            };
            let owner = estate.after.owner(pattern);
            let label = match &owner {
                Some(owner) => owner.object.domain_name.to_string(),
                None => first.object.destination(),
            };
            routes.sort_by_key(|route| route.object.priority.value().copied());
            groups.push(Group {
                cluster,
                estate,
                pattern,
                label,
                owner,
                routes,
            });
        }
    }
    groups
}

fn no_backup(group: &Group<'_, '_>) -> Option<Finding> {
    let [only] = group.routes.as_slice() else {
        return None;
    };
    let message = format!(
        "{} has one route on {}, to {}. When it cannot be reached, nothing reaches {}.",
        group.label,
        group.cluster,
        only.object.target(),
        group.label
    );
    Some(group.finding(&NO_BACKUP, message))
}

fn no_primary(group: &Group<'_, '_>) -> Option<Finding> {
    let routes = group.routes.iter().map(|route| &route.object.priority);
    let known: Option<Vec<i64>> = routes
        .clone()
        .map(|priority| priority.value().copied())
        .collect();
    if known?.contains(&1) {
        return None;
    }
    let shown: BTreeSet<String> = routes.map(ToString::to_string).collect();
    let message = format!(
        "No route to {} on {} has the priority 1; the lowest that there is, of {}, carries the messages.",
        group.label,
        group.cluster,
        listed(shown)
    );
    Some(group.finding(&NO_PRIMARY, message))
}

fn equal_priorities(group: &Group<'_, '_>) -> Vec<Finding> {
    let mut by_priority: BTreeMap<i64, Vec<Placed<'_, Route>>> = BTreeMap::new();
    for route in &group.routes {
        if let Some(priority) = route.object.priority.value() {
            by_priority.entry(*priority).or_default().push(*route);
        }
    }
    let finding = |routes: &Vec<Placed<'_, Route>>| {
        let [first, _, ..] = routes.as_slice() else {
            return None;
        };
        let message = format!(
            "{} routes to {} on {} have the priority {}: to {}. They share the messages, and none is the backup of \
             another.",
            routes.len(),
            group.label,
            group.cluster,
            first.object.priority,
            listed(routes.iter().map(|route| route.object.target()))
        );
        Some(group.finding_at(&EQUAL_PRIORITIES, message, routes))
    };
    by_priority.values().filter_map(finding).collect()
}

fn shared_next_hops(group: &Group<'_, '_>) -> Vec<Finding> {
    let mut by_next_hop: BTreeMap<String, Vec<Placed<'_, Route>>> = BTreeMap::new();
    for route in &group.routes {
        if let Some(next_hop) = route.object.next_hop.value() {
            let routes = by_next_hop.entry(address_or_name(next_hop)).or_default();
            routes.push(*route);
        }
    }
    let finding = |routes: &Vec<Placed<'_, Route>>| {
        let [first, _, ..] = routes.as_slice() else {
            return None;
        };
        let message = format!(
            "{} routes to {} on {} lead to {}. When it is down, all of them are.",
            routes.len(),
            group.label,
            group.cluster,
            first.object.next_hop
        );
        Some(group.finding_at(&SHARED_NEXT_HOP, message, routes))
    };
    by_next_hop.values().filter_map(finding).collect()
}

/// Finds domains with a backup on some clusters only, and gives back where it is missing.
fn backup_missing<'a>(
    scene: &Scene<'_, '_>,
    groups: &[Group<'a, '_>],
    findings: &mut Vec<Finding>,
) -> BTreeSet<(&'a str, &'a str)> {
    let mut missing_at = BTreeSet::new();
    if !scene.estate.is_comparable {
        return missing_at;
    }
    let mut by_pattern: BTreeMap<&str, Vec<&Group<'a, '_>>> = BTreeMap::new();
    for group in groups.iter().filter(|group| group.owner.is_some()) {
        by_pattern.entry(group.pattern).or_default().push(group);
    }
    for groups in by_pattern.values() {
        let (with, without): (Vec<&Group<'a, '_>>, Vec<&Group<'a, '_>>) = groups
            .iter()
            .copied()
            .partition(|group| group.routes.len() > 1);
        let (Some(first), false) = (with.first(), without.is_empty()) else {
            continue;
        };
        let names = |groups: &[&Group<'a, '_>]| listed(groups.iter().map(|group| group.cluster));
        let message = format!(
            "{} has a backup route on {}, and none on {}.",
            first.label,
            names(&with),
            names(&without)
        );
        let mut finding = Finding::new(&BACKUP_MISSING_ON_CLUSTERS, message).about(&first.label);
        for group in &without {
            missing_at.insert((group.cluster, group.pattern));
            finding = finding.on(group.cluster);
            finding = group
                .routes
                .iter()
                .fold(finding, |finding, route| finding.at(route.change));
        }
        findings.push(
            groups
                .iter()
                .fold(finding, |finding, group| group.involved(finding)),
        );
    }
    missing_at
}

impl Group<'_, '_> {
    /// A finding about the whole group.
    fn finding(&self, rule: &'static Rule, message: String) -> Finding {
        self.involved(self.finding_at(rule, message, &self.routes))
    }

    /// A finding about some routes of the group.
    fn finding_at(
        &self,
        rule: &'static Rule,
        message: String,
        routes: &[Placed<'_, Route>],
    ) -> Finding {
        let finding = Finding::new(rule, message)
            .on(self.cluster)
            .about(&self.label);
        routes
            .iter()
            .fold(finding, |finding, route| finding.at(route.change))
    }

    /// A finding that changes of the domain and of its routes, of those too that are removed, have to do with.
    fn involved(&self, mut finding: Finding) -> Finding {
        if let Some(owner) = &self.owner {
            finding = finding.involving(owner.change);
        }
        self.estate
            .before
            .routes_of(self.pattern)
            .iter()
            .chain(&self.routes)
            .fold(finding, |finding, route| finding.involving(route.change))
    }
}
