//! Since when Cisco XCP Router runs on each node.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use imp_publisher::{Address, Error, Node, Publisher, Scope, ServiceState};
use tokio::sync::OnceCell;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::{ROUTER, installed};

/// How long a look at one node may take: a plan must not wait long for a node that does not answer.
const LONGEST_LOOK: Duration = Duration::from_secs(10);

/// How exact a node is about how long a service has been running.
const UP_TIME_STEP: Duration = Duration::from_secs(1);

/// Cisco XCP Router on one node.
#[derive(Clone, Debug)]
pub(crate) struct Router {
    /// The node.
    pub(crate) node: String,
    /// When it was started, in the node's own words and time; `None` where it is not running or that is unknown.
    pub(crate) started: Option<String>,
    /// A time at which it was not started yet, at most a second before it was; `None` where that is unknown.
    pub(crate) not_before: Option<SystemTime>,
    /// Why it is unknown.
    pub(crate) problem: Option<String>,
}

impl Router {
    /// Whether it was started after a time; `None` where nobody knows.
    pub(crate) fn started_after(&self, time: SystemTime) -> Option<bool> {
        self.not_before.map(|not_before| not_before > time)
    }
}

/// The routers of a cluster, looked at once in a process.
#[derive(Debug, Default)]
pub(crate) struct Routers(OnceCell<Result<Arc<Vec<Router>>, Error>>);

impl Routers {
    /// The routers of all nodes. The first who asks looks.
    pub(crate) async fn get(
        &self,
        publisher: &Publisher,
        addresses: &BTreeMap<String, Address>,
        scope: &Scope,
    ) -> Result<Arc<Vec<Router>>, Error> {
        let look = || async {
            let nodes = installed(publisher, &at_a_glance(scope)).await?;
            let routers = look_at_each(publisher, &nodes, addresses, scope).await;
            Ok(Arc::new(routers))
        };
        self.0.get_or_init(look).await.clone()
    }
}

/// Looks at the router of each node, at all of them at once. They come sorted by name.
async fn look_at_each(
    publisher: &Publisher,
    nodes: &[Node],
    addresses: &BTreeMap<String, Address>,
    scope: &Scope,
) -> Vec<Router> {
    let mut looks = JoinSet::new();
    for node in nodes {
        let (publisher, node) = (publisher.clone(), node.clone());
        let (address, scope) = (addresses.get(&node.name).cloned(), scope.clone());
        looks.spawn(async move { look(&publisher, &node, address, &scope).await });
    }
    let mut routers = looks.join_all().await;
    routers.sort_by(|left, right| left.node.cmp(&right.node));
    routers
}

/// Looks at the router of one node.
pub(super) async fn look(
    publisher: &Publisher,
    node: &Node,
    address: Option<Address>,
    scope: &Scope,
) -> Router {
    let asked = SystemTime::now();
    let services = match publisher.node_at_a_glance(node, address) {
        Ok(client) => client.services(&at_a_glance(scope)).await,
        Err(error) => Err(error),
    };
    let mut router = Router {
        node: node.name.clone(),
        started: None,
        not_before: None,
        problem: None,
    };
    match services {
        Err(error) => router.problem = Some(error.to_string()),
        Ok(services) => match services.into_iter().find(|service| service.name == ROUTER) {
            None => router.problem = Some(format!("it has no service {ROUTER}")),
            Some(service) if service.state != ServiceState::Started => {
                router.problem = Some(format!("{ROUTER} is {}", service.state));
            }
            Some(service) => {
                // The up time is told apart from the clock and the time zone of the node.
                router.not_before = service
                    .up
                    .and_then(|up| asked.checked_sub(up)?.checked_sub(UP_TIME_STEP));
                if router.not_before.is_none() {
                    router.problem = Some(format!("it does not tell how long {ROUTER} is up"));
                }
                router.started = Some(service.started).filter(|started| !started.is_empty());
            }
        },
    }
    router
}

/// The limits of a look.
pub(super) fn at_a_glance(scope: &Scope) -> Scope {
    Scope {
        deadline: scope.deadline.min(Instant::now() + LONGEST_LOOK),
        cancellation: scope.cancellation.clone(),
    }
}
