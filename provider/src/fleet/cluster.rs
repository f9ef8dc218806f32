//! One cluster, through its publisher.

use std::sync::Arc;

use imp_publisher::Publisher;
use imp_publisher::domain::NextHop;

use crate::coordination::{Operations, Sightings};

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
}

impl Cluster {
    pub(crate) fn new(publisher: Publisher, load_balancers: Vec<NextHop>) -> Arc<Self> {
        Arc::new(Self {
            publisher,
            operations: Operations::new(),
            domains_seen: Sightings::default(),
            routes_seen: Sightings::default(),
            load_balancers,
        })
    }

    /// The publisher's name in the configuration.
    pub(crate) fn name(&self) -> &str {
        self.publisher.name()
    }
}
