//! One cluster, through its publisher.

use std::collections::BTreeMap;
use std::sync::Arc;

use imp_publisher::domain::NextHop;
use imp_publisher::{Address, Error, Publisher, Scope};

use super::Said;
use crate::coordination::{Operations, Sightings};
use crate::nodes::{Router, Routers};
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
    /// Where nodes are reached, by name; the others under their own.
    pub(crate) node_addresses: BTreeMap<String, Address>,
    /// The federated domains as this process has planned them.
    pub(crate) domains_planned: PlannedDomains,
    /// When a federated domain was written last, as far as this process has seen.
    pub(crate) last_write: LastWrite,
    /// Since when Cisco XCP Router runs on the nodes.
    routers: Routers,
    said: Said,
}

impl Cluster {
    pub(crate) fn new(
        publisher: Publisher,
        load_balancers: Vec<NextHop>,
        node_addresses: BTreeMap<String, Address>,
    ) -> Arc<Self> {
        Arc::new(Self {
            publisher,
            operations: Operations::new(),
            domains_seen: Sightings::default(),
            routes_seen: Sightings::default(),
            load_balancers,
            node_addresses,
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

    /// Since when Cisco XCP Router runs on each node, looked at once in this process.
    pub(crate) async fn look_at_routers(&self, scope: &Scope) -> Result<Arc<Vec<Router>>, Error> {
        let (publisher, addresses) = (&self.publisher, &self.node_addresses);
        self.routers.get(publisher, addresses, scope).await
    }

    /// The publisher's name in the configuration.
    pub(crate) fn name(&self) -> &str {
        self.publisher.name()
    }
}
