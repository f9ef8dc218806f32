//! What stands on each cluster before and after the plan is applied.

mod clusters;
mod standing;

use std::collections::BTreeMap;

use crate::configuration::Blocks;
use crate::plan::{Change, Domain, Object, Plan, Route};

use clusters::Clusters;
pub(crate) use standing::{Federation, Placed, Standing, address_or_name};

/// Every cluster that the plan knows.
pub(crate) struct Estate<'p> {
    /// By the name of the publisher.
    pub(crate) clusters: BTreeMap<String, Cluster<'p>>,
    /// Whether it is certain which cluster each object is on, so that clusters can be compared.
    pub(crate) is_comparable: bool,
    /// Domains of which only the apply will tell where they are.
    pub(crate) unplaced_domains: Vec<&'p Change<Domain>>,
    /// Routes of which only the apply will tell where they are.
    pub(crate) unplaced_routes: Vec<&'p Change<Route>>,
}

/// One cluster.
#[derive(Default)]
pub(crate) struct Cluster<'p> {
    pub(crate) before: Standing<'p>,
    pub(crate) after: Standing<'p>,
    /// What is done to domains that are or will be here, in the order of the plan.
    pub(crate) domains: Vec<Here<'p, Domain>>,
    /// What is done to routes that are or will be here, in the order of the plan.
    pub(crate) routes: Vec<Here<'p, Route>>,
    /// Whether the provider block names it by a literal, as one that may be changed.
    pub(crate) is_configured: bool,
}

/// What is done to an object, seen from one cluster.
#[derive(Clone, Copy)]
pub(crate) struct Here<'p, T> {
    pub(crate) change: &'p Change<T>,
    /// The cluster that it was on before, where that is another one.
    pub(crate) from_elsewhere: bool,
    /// Whether it goes to another cluster.
    pub(crate) to_elsewhere: bool,
}

impl<'p> Estate<'p> {
    pub(crate) fn of(plan: &'p Plan, blocks: &Blocks<'_>) -> Self {
        let names = Clusters::of(plan, blocks);
        let mut estate = Self {
            clusters: BTreeMap::new(),
            is_comparable: names.are_certain,
            unplaced_domains: Vec::new(),
            unplaced_routes: Vec::new(),
        };
        for name in &names.configured {
            estate.cluster(name).is_configured = true;
        }
        for change in &plan.domains {
            let [before, after] = names.places(change, blocks);
            if before.is_none() && after.is_none() {
                estate.unplaced_domains.push(change);
            }
            for (name, here) in seen_from(change, before.as_deref(), after.as_deref()) {
                estate.cluster(name).domains.push(here);
            }
            if let (Some(name), Some(object)) = (&before, &change.before) {
                let placed = Placed { change, object };
                estate.is_comparable &= estate.cluster(name).before.put_domain(placed);
            }
            if let (Some(name), Some(object)) = (&after, change.remaining()) {
                let placed = Placed { change, object };
                estate.is_comparable &= estate.cluster(name).after.put_domain(placed);
            }
        }
        for change in &plan.routes {
            let [before, after] = names.places(change, blocks);
            if before.is_none() && after.is_none() {
                estate.unplaced_routes.push(change);
            }
            for (name, here) in seen_from(change, before.as_deref(), after.as_deref()) {
                estate.cluster(name).routes.push(here);
            }
            if let (Some(name), Some(object)) = (&before, &change.before) {
                let placed = Placed { change, object };
                estate.is_comparable &= estate.cluster(name).before.put_route(placed);
            }
            if let (Some(name), Some(object)) = (&after, change.remaining()) {
                let placed = Placed { change, object };
                estate.is_comparable &= estate.cluster(name).after.put_route(placed);
            }
        }
        estate.is_comparable &=
            estate.unplaced_domains.is_empty() && estate.unplaced_routes.is_empty();
        estate
    }

    fn cluster(&mut self, name: &str) -> &mut Cluster<'p> {
        if !self.clusters.contains_key(name) {
            self.clusters.insert(name.to_owned(), Cluster::default());
        }
        self.clusters.entry(name.to_owned()).or_default()
    }
}

impl Cluster<'_> {
    /// Whether anything is written to it.
    pub(crate) fn is_changed(&self) -> bool {
        self.domains.iter().any(|here| here.change.writes())
            || self.routes.iter().any(|here| here.change.writes())
    }

    /// Whether any object is on it, or will be.
    pub(crate) fn has_objects(&self) -> bool {
        !self.domains.is_empty() || !self.routes.is_empty()
    }
}

/// One view for each cluster that a change is seen from.
fn seen_from<'a, 'p, T: Object>(
    change: &'p Change<T>,
    before: Option<&'a str>,
    after: Option<&'a str>,
) -> Vec<(&'a str, Here<'p, T>)> {
    let here = Here {
        change,
        from_elsewhere: false,
        to_elsewhere: false,
    };
    match (before, after) {
        (None, None) => Vec::new(),
        (Some(before), Some(after)) if before != after => vec![
            (
                before,
                Here {
                    to_elsewhere: true,
                    ..here
                },
            ),
            (
                after,
                Here {
                    from_elsewhere: true,
                    ..here
                },
            ),
        ],
        (Some(name), _) | (None, Some(name)) => vec![(name, here)],
    }
}
