//! What is exported: domains with their routes, routes without a domain, and what is left out.

use std::collections::{BTreeMap, BTreeSet};

use imp_publisher::Stored;
use imp_publisher::domain::{
    DestinationPattern, DomainName, FederatedDomain, IntegrationType, StaticRoute,
};

use super::{Reading, conformance};

/// What is exported from all publishers.
#[derive(Debug, Default)]
pub(super) struct Estate {
    /// By `publisher/domain`.
    pub(super) domains: BTreeMap<String, Domain>,
    /// Routes that belong to no exported domain, by `publisher/key`.
    pub(super) other_routes: BTreeMap<String, Route>,
    /// Rows that cannot be managed, and why.
    pub(super) left_out: Vec<String>,
    /// Rows that are exported, and are not as Cisco's procedure has them.
    pub(super) remarks: Vec<String>,
}

/// A domain and the routes that belong to it, by their keys.
#[derive(Debug)]
pub(super) struct Domain {
    pub(super) publisher: String,
    pub(super) value: FederatedDomain,
    pub(super) routes: BTreeMap<String, Route>,
}

/// A route.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) publisher: String,
    pub(super) value: StaticRoute,
    /// Whether its pattern is exactly that of its domain, so that the domain says it all.
    pub(super) is_plain: bool,
}

impl Estate {
    pub(super) fn new(readings: &[Reading]) -> Self {
        let mut estate = Self::default();
        for reading in readings {
            estate.add_domains(reading);
            estate.add_routes(reading);
        }
        estate.remarks = conformance::remarks(&estate, readings);
        estate
    }

    /// Every route with its publisher's name.
    pub(super) fn routes(&self) -> impl Iterator<Item = &Route> {
        let of_domains = self
            .domains
            .values()
            .flat_map(|domain| domain.routes.values());
        of_domains.chain(self.other_routes.values())
    }

    fn add_domains(&mut self, reading: &Reading) {
        let publisher = reading.cluster.name();
        for (pkid, problem) in reading.domains.unreadable() {
            self.leave_out(
                publisher,
                &format!("the domain with the pkid {pkid}"),
                problem,
            );
        }
        let mut seen = BTreeSet::new();
        for Stored {
            pkid,
            value,
            system_owned,
        } in reading.domains.rows()
        {
            let what = format!("the domain {}", value.domain_name);
            if *system_owned {
                self.leave_out(publisher, &what, "open federation learned it");
            } else if value.integration_type == IntegrationType::Xmpp {
                self.leave_out(publisher, &what, "it is federated over XMPP");
            } else if seen.insert(value.domain_name.as_str().to_ascii_lowercase()) {
                let domain = Domain {
                    publisher: publisher.to_owned(),
                    value: value.clone(),
                    routes: BTreeMap::new(),
                };
                self.domains
                    .insert(format!("{publisher}/{}", value.domain_name), domain);
            } else {
                let problem =
                    format!("another row has the same name; this one has the pkid {pkid}");
                self.leave_out(publisher, &what, &problem);
            }
        }
    }

    fn add_routes(&mut self, reading: &Reading) {
        let publisher = reading.cluster.name();
        for (pkid, problem) in reading.routes.unreadable() {
            self.leave_out(
                publisher,
                &format!("the route with the pkid {pkid}"),
                problem,
            );
        }
        let names: Vec<&DomainName> = reading
            .domains
            .rows()
            .iter()
            .map(|row| &row.value.domain_name)
            .collect();
        let mut seen = BTreeSet::new();
        for Stored {
            pkid,
            value,
            system_owned,
        } in reading.routes.rows()
        {
            let key = value.key().to_string();
            let what = format!("the route {key}");
            if *system_owned {
                self.leave_out(publisher, &what, "it ships with the product");
                continue;
            }
            if !seen.insert(key.to_ascii_lowercase()) {
                let problem = format!("another row has the same key; this one has the pkid {pkid}");
                self.leave_out(publisher, &what, &problem);
                continue;
            }
            let owner = value.destination_pattern.owner(names.iter().copied());
            let domain =
                owner.and_then(|name| self.domains.get_mut(&format!("{publisher}/{name}")));
            let route = Route {
                publisher: publisher.to_owned(),
                value: value.clone(),
                is_plain: domain.as_ref().is_some_and(|domain| {
                    let plain = DestinationPattern::from_domain(&domain.value.domain_name);
                    plain.as_str() == value.destination_pattern.as_str()
                }),
            };
            match domain {
                Some(domain) => domain.routes.insert(key, route),
                None => self
                    .other_routes
                    .insert(format!("{publisher}/{key}"), route),
            };
        }
    }

    fn leave_out(&mut self, publisher: &str, what: &str, why: &str) {
        self.left_out.push(format!("{publisher}: {what}: {why}."));
    }
}
