//! One cluster, through its publisher.

use std::sync::Arc;

use imp_publisher::Publisher;
use imp_publisher::domain::NextHop;

use super::Said;
use crate::coordination::{Operations, Sightings};
use crate::nodes::Routers;
use crate::rules::{LastWrite, PlannedDomains};

/// One cluster: the client of its publisher, and what this process does on it.
#[derive(Debug)]
pub(crate) struct Cluster {
    /// The client.
    pub(crate) publisher: Publisher,
    /// Creates, updates and deletes in flight.
    pub(crate) operations: Operations,
    /// The federated domains that objects in the state hold.
    pub(crate) domains_seen: Sightings,
    /// The static routes that objects in the state hold.
    pub(crate) routes_seen: Sightings,
    /// What must not be a next hop.
    pub(crate) load_balancers: Vec<NextHop>,
    /// The federated domains as this process has planned them.
    pub(crate) domains_planned: PlannedDomains,
    /// When a federated domain was written last, as far as this process has seen.
    pub(crate) last_write: LastWrite,
    /// Since when Cisco XCP Router runs on the nodes.
    pub(crate) routers: Routers,
    said: Said,
}

impl Cluster {
    pub(crate) fn new(publisher: Publisher, load_balancers: Vec<NextHop>) -> Arc<Self> {
        Arc::new(Self {
            publisher,
            operations: Operations::new(),
            domains_seen: Sightings::default(),
            routes_seen: Sightings::default(),
            load_balancers,
            domains_planned: PlannedDomains::default(),
            last_write: LastWrite::default(),
            routers: Routers::default(),
            said: Said::default(),
        })
    }

    /// Whether this is said of the cluster for the first time in this process.
    pub(crate) fn first_time(&self, what: &str) -> bool {
        self.said.first_time(what)
    }

    /// The publisher's name in the configuration.
    pub(crate) fn name(&self) -> &str {
        self.publisher.name()
    }
}
