//! The restart itself: first every node is looked at, then one after the other is restarted.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use imp_publisher::{Address, Error, Node, NodeClient, Restart, Scope, Service, ServiceState};
use tfplugin_framework::action::{Invoke, Progress};
use tfplugin_framework::{CancellationToken, Diagnostic, Diagnostics};
use tokio::time::Instant;

use super::ROUTER;
use super::model::Model;
use super::outcome::Outcome;
use super::plan::confirmed;
use super::problem::Problem;
use crate::data_sources::filters;
use crate::fleet::{Cluster, FleetCell};
use crate::nodes::installed;

/// The names of the nodes that are wanted; `None` for all.
pub(super) type Wanted<'a> = Option<Vec<&'a str>>;

/// What the names of the router and of all that depends on it begin with.
const DEPENDANTS: &str = "Cisco XCP ";

/// The state of a node that serves its users.
const NORMAL: &str = "Normal";

/// The pauses between two looks at a node.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// How long the last look may take.
const LAST_LOOK: Duration = Duration::from_secs(10);

/// How long critical services may be down before a failover, unless an administrator has changed it.
const CRITICAL_SERVICE_DOWN_DELAY: Duration = Duration::from_secs(90);

pub(super) async fn run(cell: &FleetCell, invoke: &mut Invoke<Model>) -> Result<(), Diagnostics> {
    let cluster = filters::cluster(cell, &invoke.config.publisher)?;
    confirmed(&invoke.config.confirm, cluster.name())?;
    let addresses = invoke.config.addresses()?;
    let wanted = invoke.config.wanted();
    let mut run = Run {
        cluster,
        timeout: invoke.config.timeout(),
        cancellation: invoke.context.cancellation.clone(),
        progress: invoke.progress.clone(),
        outcome: Outcome::default(),
        long_outages: Vec::new(),
    };
    let result = run.restart_wanted(&wanted, &addresses).await;
    invoke.diagnostics.append(run.warnings());
    result.map_err(|problem| run.outcome.failed(&problem))
}

/// The restart of one cluster under way.
struct Run {
    cluster: Arc<Cluster>,
    timeout: Duration,
    cancellation: CancellationToken,
    progress: Progress,
    outcome: Outcome,
    long_outages: Vec<(String, Duration)>,
}

impl Run {
    async fn restart_wanted(
        &mut self,
        wanted: &Wanted<'_>,
        addresses: &BTreeMap<&str, Address>,
    ) -> Result<(), Problem> {
        let nodes = self.choose(wanted, addresses).await?;
        self.outcome.left = nodes.iter().map(|node| node.name().to_owned()).collect();
        self.restart_each(&nodes).await
    }

    /// The wanted nodes, the publisher first.
    async fn choose(
        &self,
        wanted: &Wanted<'_>,
        addresses: &BTreeMap<&str, Address>,
    ) -> Result<Vec<NodeClient>, Problem> {
        let mut nodes = self.nodes(&self.scope()).await?;
        all_known(wanted, addresses, &nodes)?;
        let is_wanted = |name: &str| wanted.as_ref().is_none_or(|wanted| wanted.contains(&name));
        nodes.retain(|node| is_wanted(&node.name));
        nodes.sort_by_key(|node| !node.is_publisher);
        let client = |node: &Node| {
            let address = addresses
                .get(node.name.as_str())
                .or_else(|| self.cluster.node_addresses.get(&node.name))
                .cloned();
            let client = self.cluster.publisher.node(node, address);
            client.map_err(|error| at(&node.name, error))
        };
        nodes.iter().map(client).collect()
    }

    async fn restart_each(&mut self, nodes: &[NodeClient]) -> Result<(), Problem> {
        // Whatever can be found out before the first outage is found out before it.
        for node in nodes {
            let scope = self.scope();
            node.check_name(&scope)
                .await
                .map_err(|error| at(node.name(), error))?;
            running(node, &scope).await?;
        }
        self.expect_normal(None, &self.scope()).await?;
        for node in nodes {
            self.wait_for_domains(node).await?;
        }
        for (number, node) in (1..).zip(nodes) {
            self.restart(node).await?;
            self.say(format!(
                "{}: all services are up again ({number} of {})",
                node.name(),
                nodes.len()
            ))
            .await;
        }
        Ok(())
    }

    async fn restart(&mut self, node: &NodeClient) -> Result<(), Problem> {
        if self.cancellation.is_cancelled() {
            return Err(Error::Cancelled.into());
        }
        self.expect_normal(None, &self.scope()).await?;
        self.wait_for_domains(node).await?;
        let scope = self.scope();
        let before = running(node, &scope).await?;
        self.say(format!("{}: restarting {ROUTER}", node.name()))
            .await;
        self.outcome.begin(node.name());
        let began = Instant::now();
        match node.restart(ROUTER, &scope).await {
            Ok(Restart::Confirmed) => {}
            Ok(Restart::AnswerLost(error)) => {
                let name = node.name();
                self.say(format!(
                    "{name}: the answer was lost ({error}); looking at the services"
                ))
                .await;
            }
            Err(error) => {
                self.outcome.refuse(node.name());
                return Err(at(node.name(), error));
            }
        }
        self.wait_until_up(node, &before, &scope).await?;
        self.outcome.finish();
        if began.elapsed() > CRITICAL_SERVICE_DOWN_DELAY {
            self.long_outages
                .push((node.name().to_owned(), began.elapsed()));
        }
        Ok(())
    }

    /// Waits until replication has brought the publisher's domains to a node.
    async fn wait_for_domains(&self, node: &NodeClient) -> Result<(), Problem> {
        let mut wait = Wait::new(&self.scope());
        let mut said = false;
        loop {
            let behind = node
                .domains_behind(&wait.look)
                .await
                .map_err(|error| at(node.name(), error))?;
            if behind.is_empty() {
                return Ok(());
            }
            let domains: Vec<String> = behind.iter().map(ToString::to_string).collect();
            if !said {
                let name = node.name();
                self.say(format!(
                    "{name}: waiting for replication of {}",
                    domains.join(", ")
                ))
                .await;
                said = true;
            }
            if !wait.pause().await? {
                return Err(Problem::Behind {
                    node: node.name().to_owned(),
                    waited: wait.waited(),
                    domains,
                });
            }
        }
    }

    /// Waits until the router was restarted, everything that ran before runs again, and the node is Normal.
    async fn wait_until_up(
        &self,
        node: &NodeClient,
        before: &[Service],
        scope: &Scope,
    ) -> Result<(), Problem> {
        let mut wait = Wait::new(scope);
        let mut said = Vec::new();
        loop {
            let pending = match node.services(&wait.look).await {
                Ok(now) => pending(before, &now),
                Err(Error::Cancelled) => return Err(Error::Cancelled.into()),
                // A node that restarts its services may well not answer for a while.
                Err(error) => vec![error.to_string().trim_end_matches('.').to_owned()],
            };
            let pending = if pending.is_empty() {
                match self.expect_normal(Some(node.name()), &wait.look).await {
                    Ok(()) => return Ok(()),
                    Err(Problem::Publisher(Error::Cancelled)) => {
                        return Err(Error::Cancelled.into());
                    }
                    Err(problem) => vec![problem.to_string().trim_end_matches('.').to_owned()],
                }
            } else {
                pending
            };
            if pending != said {
                self.say(format!(
                    "{}: not yet as before: {}",
                    node.name(),
                    pending.join("; ")
                ))
                .await;
                said.clone_from(&pending);
            }
            if !wait.pause().await? {
                return Err(Problem::NotUp {
                    node: node.name().to_owned(),
                    waited: wait.waited(),
                    pending,
                });
            }
        }
    }

    /// One node or every node serves its users: a restart of one must not meet the outage of another.
    async fn expect_normal(&self, only: Option<&str>, scope: &Scope) -> Result<(), Problem> {
        for node in self.nodes(scope).await? {
            if only.is_some_and(|only| only != node.name) {
                continue;
            }
            if !node.is_reachable {
                return Err(Problem::NotReachable { node: node.name });
            }
            if !node.state.eq_ignore_ascii_case(NORMAL) {
                return Err(Problem::NotNormal {
                    node: node.name,
                    state: node.state,
                });
            }
        }
        Ok(())
    }

    /// The nodes that the product is installed on, as they are now.
    async fn nodes(&self, scope: &Scope) -> Result<Vec<Node>, Problem> {
        Ok(installed(&self.cluster.publisher, scope).await?)
    }

    /// The limits of one node.
    fn scope(&self) -> Scope {
        Scope {
            deadline: Instant::now() + self.timeout,
            cancellation: self.cancellation.clone(),
        }
    }

    async fn say(&self, line: String) {
        self.progress.report(line).await;
    }

    fn warnings(&self) -> Diagnostics {
        let warning = |(node, outage): &(String, Duration)| {
            Diagnostic::warning(format!("A long outage of {node}")).detail(format!(
                "The services of {node} were up again after {} seconds. Where the Critical Service Down Delay is \
                 left at 90 seconds, high availability may have begun a failover: look at the presence redundancy \
                 group.",
                outage.as_secs()
            ))
        };
        self.long_outages.iter().map(warning).collect()
    }
}

/// Whether the cluster has every node that is named.
pub(super) fn all_known(
    wanted: &Wanted<'_>,
    addresses: &BTreeMap<&str, Address>,
    nodes: &[Node],
) -> Result<(), Problem> {
    let named = wanted.iter().flatten().map(|name| ("nodes", *name));
    let mut named = named.chain(addresses.keys().map(|name| ("node_addresses", *name)));
    match named.find(|(_, name)| nodes.iter().all(|node| node.name != *name)) {
        None => Ok(()),
        Some((attribute, name)) => Err(Problem::UnknownNode {
            attribute,
            node: name.to_owned(),
            known: nodes.iter().map(|node| node.name.clone()).collect(),
        }),
    }
}

/// The services of a node whose router runs.
async fn running(node: &NodeClient, scope: &Scope) -> Result<Vec<Service>, Problem> {
    let services = node
        .services(scope)
        .await
        .map_err(|error| at(node.name(), error))?;
    let state = match services.iter().find(|service| service.name == ROUTER) {
        Some(router) if router.state == ServiceState::Started => return Ok(services),
        Some(router) => router.state.to_string(),
        None => "there is no such service".to_owned(),
    };
    Err(Problem::NotRunning {
        node: node.name().to_owned(),
        state,
    })
}

/// What is not yet as it was before the restart.
pub(super) fn pending(before: &[Service], now: &[Service]) -> Vec<String> {
    let ran = before.iter().filter(|service| {
        service.name.starts_with(DEPENDANTS) && service.state == ServiceState::Started
    });
    ran.filter_map(|former| {
        let name = &former.name;
        match now.iter().find(|service| service.name == *name) {
            None => Some(format!("{name} is not listed")),
            Some(service) if service.state != ServiceState::Started => {
                Some(format!("{name} is {}", service.state))
            }
            Some(service) if name == ROUTER && service.started == former.started => {
                Some(format!("{name} still runs since {}", former.started))
            }
            Some(_) => None,
        }
    })
    .collect()
}

fn at(node: &str, error: Error) -> Problem {
    match error {
        Error::Cancelled => Problem::Publisher(Error::Cancelled),
        error => Problem::Node {
            node: node.to_owned(),
            error,
        },
    }
}

/// Looks again and again, with ever longer pauses.
struct Wait {
    began: Instant,
    deadline: Instant,
    pause: Duration,
    /// The limits of a look, so that the last one is not cut short.
    look: Scope,
}

impl Wait {
    fn new(scope: &Scope) -> Self {
        Self {
            began: Instant::now(),
            deadline: scope.deadline,
            pause: FIRST_PAUSE,
            look: Scope {
                deadline: scope.deadline + LAST_LOOK,
                cancellation: scope.cancellation.clone(),
            },
        }
    }

    fn waited(&self) -> Duration {
        self.began.elapsed()
    }

    /// Pauses; false where the time is over.
    async fn pause(&mut self) -> Result<bool, Error> {
        let until = (Instant::now() + self.pause).min(self.deadline);
        if until <= Instant::now() {
            return Ok(false);
        }
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        tokio::select! {
            biased;
            () = self.look.cancellation.cancelled() => Err(Error::Cancelled),
            () = tokio::time::sleep_until(until) => Ok(true),
        }
    }
}
