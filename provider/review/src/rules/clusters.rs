//! IMP306 and IMP310: one cluster beside the others.

use std::collections::BTreeSet;

use imp_federation_rules::{DOMAIN_MISSING_ON_CLUSTERS, EVERY_CLUSTER_AT_ONCE};

use super::{Scene, listed};
use crate::estate::Cluster;
use crate::finding::Finding;

/// A cluster and its name.
type Named<'a, 'p> = (&'a str, &'a Cluster<'p>);

pub(super) fn find(scene: &Scene<'_, '_>, findings: &mut Vec<Finding>) {
    if !scene.estate.is_comparable {
        return;
    }
    let clusters: Vec<Named<'_, '_>> = scene
        .estate
        .clusters
        .iter()
        .filter(|(_, cluster)| cluster.has_objects() || cluster.is_configured)
        .map(|(name, cluster)| (name.as_str(), cluster))
        .collect();
    domains_missing(&clusters, findings);
    findings.extend(every_cluster(&clusters));
}

fn domains_missing(clusters: &[Named<'_, '_>], findings: &mut Vec<Finding>) {
    let clusters: Vec<Named<'_, '_>> = clusters
        .iter()
        .filter(|(_, cluster)| {
            cluster.is_configured || cluster.after.domain_names().next().is_some()
        })
        .copied()
        .collect();
    let domains: BTreeSet<&str> = clusters
        .iter()
        .flat_map(|(_, cluster)| cluster.after.domain_names())
        .collect();
    for domain in domains {
        let (with, without): (Vec<Named<'_, '_>>, Vec<Named<'_, '_>>) = clusters
            .iter()
            .copied()
            .partition(|(_, cluster)| cluster.after.domain(domain).is_some());
        let (Some(shown), false) = (
            with.first()
                .and_then(|(_, cluster)| cluster.after.domain(domain)),
            without.is_empty(),
        ) else {
            continue;
        };
        let names = |clusters: &[Named<'_, '_>]| listed(clusters.iter().map(|(name, _)| name));
        let message = format!(
            "{} is on {} and not on {}. Users there cannot reach it.",
            shown.object.domain_name,
            names(&with),
            names(&without)
        );
        let mut finding =
            Finding::new(&DOMAIN_MISSING_ON_CLUSTERS, message).about(&shown.object.domain_name);
        // It may be this plan that removes it where it is missing.
        let there = with
            .iter()
            .filter_map(|(_, cluster)| cluster.after.domain(domain));
        let gone = without
            .iter()
            .filter_map(|(_, cluster)| cluster.before.domain(domain));
        for placed in there.chain(gone) {
            finding = finding.at(placed.change);
        }
        findings.push(
            without
                .iter()
                .fold(finding, |finding, (name, _)| finding.on(name)),
        );
    }
}

fn every_cluster(clusters: &[Named<'_, '_>]) -> Option<Finding> {
    if clusters.len() < 2 || !clusters.iter().all(|(_, cluster)| cluster.is_changed()) {
        return None;
    }
    let names = listed(clusters.iter().map(|(name, _)| name));
    let (clusters_named, users) = match clusters.len() {
        2 => ("both clusters", "both"),
        _ => ("all clusters", "all of them"),
    };
    let message = format!(
        "The plan changes {names}, {clusters_named} that it knows. A mistake in it reaches the users of {users}."
    );
    let mut finding = Finding::new(&EVERY_CLUSTER_AT_ONCE, message);
    for (name, cluster) in clusters {
        finding = finding.on(name);
        for here in &cluster.domains {
            finding = finding.involving(here.change);
        }
        for here in &cluster.routes {
            finding = finding.involving(here.change);
        }
    }
    Some(finding)
}
