//! The domains of one cluster at one time, each with its routes.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::plan::{Change, Domain, Route};

/// An object, and what the plan does to it.
pub(crate) struct Placed<'p, T> {
    pub(crate) change: &'p Change<T>,
    /// As it is at this time.
    pub(crate) object: &'p T,
}

impl<T> Clone for Placed<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Placed<'_, T> {}

/// The domains of one cluster at one time, each with its routes.
#[derive(Default)]
pub(crate) struct Standing<'p> {
    /// By the name in lower case.
    domains: BTreeMap<String, Placed<'p, Domain>>,
    /// Every route, by its destination pattern in lower case.
    routes: BTreeMap<String, Vec<Placed<'p, Route>>>,
}

/// A domain and its routes.
pub(crate) struct Federation<'a, 'p> {
    pub(crate) domain: Placed<'p, Domain>,
    /// The routes of each destination pattern: a primary one and its backups.
    pub(crate) patterns: BTreeMap<&'a str, &'a [Placed<'p, Route>]>,
}

impl<'p> Standing<'p> {
    /// Adds a domain; `false` where only the apply will tell its name.
    pub(super) fn put_domain(&mut self, placed: Placed<'p, Domain>) -> bool {
        match placed.object.domain_name.value() {
            Some(name) => {
                self.domains.insert(name.to_ascii_lowercase(), placed);
                true
            }
            None => false,
        }
    }

    /// Adds a route; `false` where only the apply will tell where it leads to.
    pub(super) fn put_route(&mut self, placed: Placed<'p, Route>) -> bool {
        match placed.object.destination_pattern.value() {
            Some(pattern) => {
                let routes = self.routes.entry(pattern.to_ascii_lowercase()).or_default();
                routes.push(placed);
                true
            }
            None => false,
        }
    }

    /// Every domain with its routes, by name.
    pub(crate) fn federations<'a>(&'a self) -> BTreeMap<&'a str, Federation<'a, 'p>> {
        let mut federations: BTreeMap<&str, Federation<'_, '_>> = self
            .domains
            .iter()
            .map(|(name, domain)| {
                let federation = Federation {
                    domain: *domain,
                    patterns: BTreeMap::new(),
                };
                (name.as_str(), federation)
            })
            .collect();
        for (pattern, routes) in &self.routes {
            let owner = self.owner_name(pattern);
            if let Some(federation) = owner.and_then(|name| federations.get_mut(name.as_str())) {
                federation.patterns.insert(pattern, routes);
            }
        }
        federations
    }

    /// The names of all domains, in lower case.
    pub(crate) fn domain_names(&self) -> impl Iterator<Item = &str> {
        self.domains.keys().map(String::as_str)
    }

    /// The domain with this name in lower case.
    pub(crate) fn domain(&self, name: &str) -> Option<Placed<'p, Domain>> {
        self.domains.get(name).copied()
    }

    /// All routes, by their destination pattern.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = (&str, &[Placed<'p, Route>])> {
        let all = self.routes.iter();
        all.map(|(pattern, routes)| (pattern.as_str(), routes.as_slice()))
    }

    /// The routes with this destination pattern in lower case.
    pub(crate) fn routes_of(&self, pattern: &str) -> &[Placed<'p, Route>] {
        self.routes.get(pattern).map_or(&[], Vec::as_slice)
    }

    /// The domain that routes with a pattern belong to: the one whose reversed name is the longest beginning of it,
    /// label by label.
    pub(crate) fn owner(&self, pattern: &str) -> Option<Placed<'p, Domain>> {
        self.domains.get(&self.owner_name(pattern)?).copied()
    }

    fn owner_name(&self, pattern: &str) -> Option<String> {
        let mut labels: Vec<&str> = pattern.strip_prefix('.')?.split('.').collect();
        while !labels.is_empty() {
            let name: Vec<&str> = labels.iter().rev().copied().collect();
            let name = name.join(".");
            if self.domains.contains_key(&name) {
                return Some(name);
            }
            labels.pop();
        }
        None
    }
}

impl Federation<'_, '_> {
    /// The name of the domain, as it may be shown.
    pub(crate) fn name(&self) -> String {
        self.domain.object.domain_name.to_string()
    }
}

/// A next hop in one spelling: an IPv6 address has many, and letters differ in case.
pub(crate) fn address_or_name(next_hop: &str) -> String {
    match next_hop.parse::<IpAddr>() {
        Ok(address) => address.to_string(),
        Err(_) => next_hop.to_ascii_lowercase(),
    }
}
