//! Which cluster an object is on.
//!
//! Usually that is what `publisher` says. Several provider blocks may have a publisher of the same name, such as
//! `default`; then their addresses tell, or else the provider block.

use std::collections::{BTreeMap, BTreeSet};

use crate::configuration::Blocks;
use crate::plan::{Change, Object, Plan};

/// The names of the clusters of a plan.
pub(super) struct Clusters {
    /// By the name of the publisher: those that several provider blocks have.
    ambiguous: BTreeMap<String, BTreeMap<String, String>>,
    /// The only provider block of this provider.
    only_provider: Option<String>,
    providers: BTreeSet<String>,
    /// Publishers that the only provider block names by literals, and that may be changed.
    pub(super) configured: Vec<String>,
    /// Whether different names are certain to be different clusters.
    pub(super) are_certain: bool,
}

impl Clusters {
    pub(super) fn of(plan: &Plan, blocks: &Blocks<'_>) -> Self {
        let providers: BTreeMap<_, _> = plan
            .configuration
            .providers()
            .filter(|(_, provider)| !provider.is_passed_in())
            .collect();
        let only = match providers.iter().next() {
            Some(only) if providers.len() == 1 => Some(only),
            _ => None,
        };
        let configured = only.and_then(|(_, provider)| provider.publishers());
        let mut clusters = Self {
            ambiguous: BTreeMap::new(),
            only_provider: only.map(|(key, _)| (*key).to_owned()),
            providers: providers.keys().map(|key| (*key).to_owned()).collect(),
            configured: configured
                .into_iter()
                .flatten()
                .filter(|(_, entry)| entry.is_managed)
                .map(|(name, _)| name)
                .collect(),
            are_certain: true,
        };
        let mut users: BTreeMap<String, BTreeSet<Option<String>>> = BTreeMap::new();
        clusters.count(&plan.domains, blocks, &mut users);
        clusters.count(&plan.routes, blocks, &mut users);
        for (publisher, keys) in users {
            let known: BTreeSet<String> = keys.iter().flatten().cloned().collect();
            if known.len() < 2 {
                continue;
            }
            let address = |key: &String| {
                let entries = providers.get(key.as_str())?.publishers()?;
                entries.get(&publisher)?.address.clone()
            };
            let addresses: Option<BTreeSet<String>> = known.iter().map(address).collect();
            let names = match addresses {
                // Several provider blocks lead to one publisher.
                Some(addresses) if addresses.len() == 1 => continue,
                Some(_) => known
                    .into_iter()
                    .filter_map(|key| {
                        let name = format!("{publisher} at {}", address(&key)?);
                        Some((key, name))
                    })
                    .collect(),
                None => {
                    clusters.are_certain = false;
                    let name = |key: String| {
                        let name = format!("{publisher} of {key}");
                        (key, name)
                    };
                    known.into_iter().map(name).collect()
                }
            };
            clusters.are_certain &= !keys.contains(&None);
            clusters.ambiguous.insert(publisher, names);
        }
        clusters
    }

    /// The clusters that an object is on before and after the plan is applied.
    pub(super) fn places<T: Object>(
        &self,
        change: &Change<T>,
        blocks: &Blocks<'_>,
    ) -> [Option<String>; 2] {
        let place = |object: Option<&T>| {
            let publisher = object?.publisher().value()?;
            Some(self.name(publisher, change, blocks))
        };
        [place(change.before.as_ref()), place(change.remaining())]
    }

    fn name<T>(&self, publisher: &str, change: &Change<T>, blocks: &Blocks<'_>) -> String {
        match self.ambiguous.get(publisher) {
            None => publisher.to_owned(),
            Some(names) => self
                .provider(change, blocks)
                .and_then(|key| names.get(&key).cloned())
                .unwrap_or_else(|| format!("{publisher} of an unknown provider block")),
        }
    }

    fn count<T: Object>(
        &self,
        changes: &[Change<T>],
        blocks: &Blocks<'_>,
        users: &mut BTreeMap<String, BTreeSet<Option<String>>>,
    ) {
        if self.only_provider.is_some() {
            return;
        }
        for change in changes {
            let objects = change.before.iter().chain(&change.after);
            for publisher in objects.filter_map(|object| object.publisher().value()) {
                let users = users.entry(publisher.clone()).or_default();
                users.insert(self.provider(change, blocks));
            }
        }
    }

    /// The provider block of an object, where it can be told: older cores do not say which one was passed to a
    /// module, and what left the configuration has none.
    fn provider<T>(&self, change: &Change<T>, blocks: &Blocks<'_>) -> Option<String> {
        if let Some(only) = &self.only_provider {
            return Some(only.clone());
        }
        let key = blocks.provider_key(&change.configuration_address())?;
        self.providers.get(key).cloned()
    }
}
