//! The nodes of a cluster, each through its own services: what its database shows, what runs on it, and a restart.
//!
//! Each node is asked itself, since the Control Center works only on its own node and each node reads its own copy
//! of the database.

use std::fmt;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::sync::OnceCell;

use super::contact::{ContactCell, same_host};
use super::settings::SettingsCell;
use super::store::Store;
use super::{Freshness, Node, Publisher, Role, Shared};
use crate::axl::{Axl, ServiceEntry, ServiceReport};
use crate::domain::{DomainName, RouteKey};
use crate::record::Record;
use crate::redact::excerpt;
use crate::{Address, Connection, Error, Fault, Scope};

/// How much of the Control Center's own words a message repeats.
const LONGEST_WORDS: usize = 200;

/// One node of a cluster. Cheap to clone; making one contacts nobody.
#[derive(Clone, Debug)]
pub struct NodeClient {
    name: String,
    publisher: Arc<Shared>,
    own: Arc<Shared>,
}

/// A service of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its name, such as `Cisco XCP Router`.
    pub name: String,
    /// Its state.
    pub state: ServiceState,
    /// When it was started last, in the node's own words and time; empty where it is not running.
    pub started: String,
    /// For how long it has been running, to the second; `None` where it is not, or the node does not tell. Unlike
    /// `started` it depends on no time zone.
    pub up: Option<Duration>,
}

/// The state of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceState {
    /// It runs.
    Started,
    /// Anything else, in the Control Center's own words: `Starting`, `Stopped`.
    Other(String),
}

/// What is known of a restart that was asked for.
#[derive(Clone, Debug)]
pub enum Restart {
    /// The node carried it out, or has begun to.
    Confirmed,
    /// It was asked for, and the answer was lost: only the state of the services can tell.
    AnswerLost(Error),
}

impl fmt::Display for ServiceState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Started => "Started",
            Self::Other(words) => words,
        })
    }
}

impl Publisher {
    /// The nodes of the cluster as they are now.
    pub async fn nodes(&self, scope: &Scope) -> Result<Vec<Node>, Error> {
        self.contact(scope).await?;
        let nodes = self.shared.axl.cluster_nodes(scope).await?;
        Ok(nodes.into_iter().map(Node::from).collect())
    }

    /// The client of one node. It is asked at `address`, else under its own name at the publisher's port, with the
    /// publisher's user and password; the publisher itself always at its own address.
    pub fn node(&self, node: &Node, address: Option<Address>) -> Result<NodeClient, Error> {
        self.node_with(node, address, self.shared.axl.connection().max_retries)
    }

    /// The same for a look at the node: where it does not answer, it is not asked again.
    pub fn node_at_a_glance(
        &self,
        node: &Node,
        address: Option<Address>,
    ) -> Result<NodeClient, Error> {
        self.node_with(node, address, 0)
    }

    fn node_with(
        &self,
        node: &Node,
        address: Option<Address>,
        max_retries: u32,
    ) -> Result<NodeClient, Error> {
        let own = if node.is_publisher {
            Arc::clone(&self.shared)
        } else {
            let connection = connection(self.shared.axl.connection(), &node.name, address)?;
            Arc::new(self.shared.of_node(Connection {
                max_retries,
                ..connection
            }))
        };
        Ok(NodeClient {
            name: node.name.clone(),
            publisher: Arc::clone(&self.shared),
            own,
        })
    }
}

impl NodeClient {
    /// The name of the node.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Makes sure that no other node answers: two names for one node would have it restarted twice.
    pub async fn check_name(&self, scope: &Scope) -> Result<(), Error> {
        self.own.contact(scope).await?;
        let found = self.own.ask_own_name(scope).await?;
        if found.is_empty() || same_host(&found, &self.name) {
            return Ok(());
        }
        Err(Error::OtherNode {
            address: self.own.axl.address().to_string(),
            expected: self.name.clone(),
            found,
        })
    }

    /// The federated domains in which this node's own database differs from the publisher's, each read afresh.
    pub async fn domains_behind(&self, scope: &Scope) -> Result<Vec<DomainName>, Error> {
        let mut names = self.behind(|shared| &shared.domains, scope).await?;
        names.sort_by_cached_key(|name| name.as_str().to_ascii_lowercase());
        names.dedup();
        Ok(names)
    }

    /// The static routes in which this node's own database differs from the publisher's, each read afresh.
    pub async fn routes_behind(&self, scope: &Scope) -> Result<Vec<RouteKey>, Error> {
        self.behind(|shared| &shared.routes, scope).await
    }

    async fn behind<R: Record<Key: Hash>>(
        &self,
        store: fn(&Shared) -> &Store<R>,
        scope: &Scope,
    ) -> Result<Vec<R::Key>, Error> {
        let (publisher, own) = (&self.publisher, &self.own);
        if Arc::ptr_eq(publisher, own) {
            return Ok(Vec::new());
        }
        let wanted = publisher
            .read(store(publisher), Freshness::Fresh, scope)
            .await?;
        let found = own.read(store(own), Freshness::Fresh, scope).await?;
        let missing = wanted
            .rows()
            .iter()
            .filter(|row| found.by_pkid(&row.pkid) != Some(row));
        let left = found
            .rows()
            .iter()
            .filter(|row| wanted.by_pkid(&row.pkid).is_none());
        Ok(missing.chain(left).map(|row| row.value.key()).collect())
    }

    /// Every service of the node.
    pub async fn services(&self, scope: &Scope) -> Result<Vec<Service>, Error> {
        let report = self.own.axl.services(scope).await?;
        self.refused(&report)?;
        Ok(report.services.into_iter().map(Service::from).collect())
    }

    /// Restarts a service, and with it those that depend on it. What the change log does not take is not asked for;
    /// an error means that nothing was restarted.
    pub async fn restart(&self, service: &str, scope: &Scope) -> Result<Restart, Error> {
        if self.publisher.read_only {
            return Err(Error::ReadOnly);
        }
        if scope.cancellation.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let entry = match &self.publisher.change_log {
            Some(log) => {
                let what = format!("restart of {service} on {}", self.name);
                Some(log.begin(&what, None).await?)
            }
            None => None,
        };
        let result = self.own.axl.restart(&self.name, service, scope).await;
        let result = result.and_then(|report| self.refused(&report));
        if let Some(entry) = entry {
            let outcome = match &result {
                Ok(()) => json!({ "restarted": true }),
                Err(error) => json!({ "error": error.to_string() }),
            };
            entry.end_with(outcome).await;
        }
        match result {
            Ok(()) => Ok(Restart::Confirmed),
            Err(error) if error.may_have_taken_effect() => Ok(Restart::AnswerLost(error)),
            Err(error) => Err(error),
        }
    }

    /// The Control Center may answer, and say that it did not do what was asked.
    fn refused(&self, report: &ServiceReport) -> Result<(), Error> {
        if report.return_code == 0 {
            return Ok(());
        }
        let reason = if report.reason.is_empty() {
            "the Control Center gives no reason"
        } else {
            &report.reason
        };
        let connection = self.own.axl.connection();
        Err(Error::Rejected {
            fault: Fault {
                code: Some(report.return_code),
                message: excerpt(connection, reason.as_bytes(), LONGEST_WORDS),
            },
        })
    }
}

impl Shared {
    /// What is shared of another node of the same cluster, which nothing is written to.
    fn of_node(&self, connection: Connection) -> Self {
        Self {
            name: self.name.clone(),
            axl: Axl::new(connection),
            profile: self.profile.clone(),
            allow_unverified_profile: self.allow_unverified_profile,
            read_only: true,
            change_log: None,
            role: Role::AnyNode,
            contact: ContactCell::default(),
            settings: SettingsCell::default(),
            writable: OnceCell::new(),
            domains: Store::default(),
            routes: Store::default(),
        }
    }
}

impl From<ServiceEntry> for Service {
    fn from(entry: ServiceEntry) -> Self {
        let ServiceEntry {
            name,
            status,
            reason,
            start_time,
            up_time,
        } = entry;
        let state = if status == "Started" {
            ServiceState::Started
        } else {
            let words = [status, reason].join(", ");
            let words = words.trim_end_matches(", ");
            ServiceState::Other(words.chars().take(LONGEST_WORDS).collect())
        };
        Self {
            name,
            state,
            started: start_time,
            up: up_time.map(Duration::from_secs),
        }
    }
}

/// How a node is reached. Its certificate bears its own name, also where it is asked at an IP address.
fn connection(
    publisher: &Connection,
    name: &str,
    address: Option<Address>,
) -> Result<Connection, Error> {
    let address = match address {
        Some(address) => address,
        None => format!("{name}:{}", publisher.address.port())
            .parse()
            .map_err(|error| Error::Settings {
                problem: format!("the node {name:?} needs an address of its own: {error}"),
            })?,
    };
    let is_number = address.host().parse::<IpAddr>().is_ok();
    Ok(Connection {
        tls_server_name: is_number.then(|| name.to_owned()),
        address,
        node: Some(name.to_owned()),
        ..publisher.clone()
    })
}
