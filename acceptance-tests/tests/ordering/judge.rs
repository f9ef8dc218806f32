//! The judge: the journal of the practice publisher, read as a sequence of effects.

use std::collections::BTreeSet;

use imp_publisher_simulator::{
    Change, ChangeKind, ChangedObject, JournalEntry, Simulator, pattern_of_domain,
};

use crate::estate::Estate;

/// Domains were removed, and none while routes of it remained.
pub(crate) fn routes_went_first(simulator: &Simulator) {
    let journal = simulator.journal();
    assert!(
        removals(&journal, &ChangedObject::Domain) > 0,
        "no domain was removed, so that this shows nothing"
    );
    assert_eq!(removed_too_early(&changes(&journal)), Vec::<String>::new());
    assert_eq!(
        simulator
            .journal_book()
            .domains_removed_before_their_routes(),
        []
    );
}

/// What was added to, changed in or removed from the two tables, in order: `+ remote.com`, `- .com.remote/…`.
pub(crate) fn effects(simulator: &Simulator) -> Vec<String> {
    changes(&simulator.journal())
        .iter()
        .map(|change| {
            let sign = match change.kind {
                ChangeKind::Added => '+',
                ChangeKind::Changed => '~',
                ChangeKind::Removed => '-',
            };
            format!("{sign} {}", change.key)
        })
        .collect()
}

fn changes(journal: &[JournalEntry]) -> Vec<Change> {
    journal
        .iter()
        .flat_map(|entry| entry.changes.iter().cloned())
        .filter(|change| matches!(change.object, ChangedObject::Domain | ChangedObject::Route))
        .collect()
}

fn removals(journal: &[JournalEntry], object: &ChangedObject) -> usize {
    changes(journal)
        .iter()
        .filter(|change| change.kind == ChangeKind::Removed && change.object == *object)
        .count()
}

/// Plays the effects again and names each domain that went while a route of it was there. A route belongs to
/// the domain whose reversed name is the longest prefix of its pattern, label by label.
fn removed_too_early(changes: &[Change]) -> Vec<String> {
    let mut domains = BTreeSet::new();
    let mut routes: BTreeSet<(String, String)> = BTreeSet::new();
    let mut early = Vec::new();
    for change in changes {
        let key = &change.key;
        match (&change.object, change.kind) {
            (ChangedObject::Domain, ChangeKind::Removed) => {
                let left = routes
                    .iter()
                    .filter(|(_, route)| owner(&domains, route) == Some(key));
                if left.count() > 0 {
                    early.push(key.clone());
                }
                domains.remove(key);
            }
            (ChangedObject::Domain, _) => {
                domains.insert(key.clone());
            }
            (_, kind) => {
                routes.retain(|(pkid, _)| *pkid != change.pkid);
                if kind != ChangeKind::Removed {
                    routes.insert((change.pkid.clone(), key.clone()));
                }
            }
        }
    }
    early
}

fn owner<'a>(domains: &'a BTreeSet<String>, route: &str) -> Option<&'a String> {
    let pattern = route.split('/').next().unwrap_or_default();
    domains
        .iter()
        .filter(|domain| format!("{pattern}.").starts_with(&(pattern_of_domain(domain) + ".")))
        .max_by_key(|domain| domain.split('.').count())
}

#[test]
fn the_judge_condemns_the_wrong_order() {
    let mut estate = Estate::new("unreferenced");
    estate.apply();
    estate.destroy_completely();
    let mut changes = changes(&estate.simulator.journal());
    assert_eq!(removed_too_early(&changes), Vec::<String>::new());
    let domain = changes
        .iter()
        .position(|change| change.key == "remote.com" && change.kind == ChangeKind::Removed)
        .unwrap();
    // As if the last route had gone after its domain.
    changes.swap(domain - 1, domain);
    assert_eq!(removed_too_early(&changes), ["remote.com"]);
}

#[test]
fn the_judge_knows_whose_route_it_is() {
    let domains = ["remote.com", "sub.remote.com", "notremote.com"]
        .map(str::to_owned)
        .into();
    for (route, domain) in [
        (".com.remote/10.20.0.15:5061/TLS", Some("remote.com")),
        (
            ".com.remote.sub/10.20.0.15:5061/TLS",
            Some("sub.remote.com"),
        ),
        (".com.remote.other/10.20.0.15:5061/TLS", Some("remote.com")),
        (".com.remotes/10.20.0.15:5061/TLS", None),
    ] {
        assert_eq!(
            owner(&domains, route).map(String::as_str),
            domain,
            "{route}"
        );
    }
}
