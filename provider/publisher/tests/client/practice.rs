//! A practice publisher with one cluster, clients for it, and rows to put there.

use std::sync::Arc;
use std::time::Duration;

use imp_publisher::domain::{Description, FederatedDomain, IntegrationType, Pkid, StaticRoute};
use imp_publisher::{Connection, Error, Options, Profile, ProfileSource, Publisher, Scope, Stored};
use imp_publisher_simulator::{
    Cluster, ClusterOptions, DEFAULT_PASSWORD, DEFAULT_USER, JournalEntry, Simulator, Verb,
};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The name of the only cluster.
pub(crate) const NAME: &str = "emea";

/// A simulator with one cluster.
pub(crate) struct Practice {
    pub(crate) simulator: Arc<Simulator>,
}

impl Practice {
    pub(crate) async fn start() -> Self {
        Self::with(ClusterOptions::new(NAME)).await
    }

    pub(crate) async fn with(options: ClusterOptions) -> Self {
        let simulator = Simulator::builder().cluster(options).start().await.unwrap();
        Self {
            simulator: Arc::new(simulator),
        }
    }

    pub(crate) fn cluster(&self) -> &Cluster {
        self.simulator.cluster(NAME)
    }

    pub(crate) fn connection(&self) -> Connection {
        connection(&self.simulator, NAME)
    }

    pub(crate) fn profile(&self) -> serde_json::Value {
        self.cluster().profile()
    }

    pub(crate) fn publisher(&self) -> Publisher {
        self.publisher_over(self.connection())
    }

    pub(crate) fn publisher_over(&self, connection: Connection) -> Publisher {
        Publisher::new(NAME, connection, options(&self.profile()))
    }

    pub(crate) fn publisher_with(&self, options: Options) -> Publisher {
        Publisher::new(NAME, self.connection(), options)
    }

    /// What was asked over AXL, but for the first contact where `cleared` in between.
    pub(crate) fn requests(&self) -> Vec<JournalEntry> {
        let mut journal = self.simulator.journal();
        journal.retain(|entry| !entry.node.is_empty());
        journal
    }

    pub(crate) fn statements(&self, verb: Verb) -> Vec<String> {
        self.requests()
            .into_iter()
            .filter(|entry| entry.verb == Some(verb))
            .filter_map(|entry| entry.sql)
            .collect()
    }
}

/// A connection to the publisher of a cluster.
pub(crate) fn connection(simulator: &Simulator, cluster: &str) -> Connection {
    Connection {
        address: simulator.cluster(cluster).address().parse().unwrap(),
        node: None,
        username: DEFAULT_USER.to_owned(),
        password: DEFAULT_PASSWORD.into(),
        axl_version: None,
        ca_certificates: Some(simulator.ca_pem().to_owned()),
        tls_server_name: None,
        insecure_skip_verify: false,
        proxy_url: None,
        request_timeout: Duration::from_secs(30),
        retry_timeout: Duration::from_secs(60),
        max_retries: 5,
        max_concurrent_reads: 4,
        max_concurrent_writes: 1,
    }
}

/// Options with a profile.
pub(crate) fn options(profile: &serde_json::Value) -> Options {
    Options {
        profile: ProfileSource::File(Box::new(Profile::from_json(&profile.to_string()).unwrap())),
        allow_unverified_profile: false,
        read_only: false,
        change_log: None,
    }
}

/// Limits that a test does not come near.
pub(crate) fn scope() -> Scope {
    Scope {
        deadline: Instant::now() + Duration::from_secs(300),
        cancellation: CancellationToken::new(),
    }
}

pub(crate) fn domain(name: &str) -> FederatedDomain {
    FederatedDomain {
        domain_name: name.parse().unwrap(),
        description: None,
        integration_type: IntegrationType::OcsLync,
        direct_federation: true,
    }
}

/// A route over TLS, as the procedure has it.
pub(crate) fn route(pattern: &str, next_hop: &str) -> StaticRoute {
    StaticRoute {
        destination_pattern: pattern.parse().unwrap(),
        description: None,
        next_hop: next_hop.parse().unwrap(),
        next_hop_port: "5061".parse().unwrap(),
        route_type: "domain".parse().unwrap(),
        protocol: "TLS".parse().unwrap(),
        priority: "1".parse().unwrap(),
        weight: "1".parse().unwrap(),
        allow_less_specific_route: true,
        in_service: true,
        block_route: false,
    }
}

pub(crate) fn description(text: &str) -> Description {
    text.parse().unwrap()
}

pub(crate) async fn created_domain(
    publisher: &Publisher,
    value: &FederatedDomain,
) -> Stored<FederatedDomain> {
    let created = publisher
        .create_domain(&Pkid::random(), value, &scope())
        .await;
    created.unwrap()
}

pub(crate) async fn created_route(
    publisher: &Publisher,
    value: &StaticRoute,
) -> Stored<StaticRoute> {
    let created = publisher
        .create_route(&Pkid::random(), value, &scope())
        .await;
    created.unwrap()
}

/// The lines of an error of this kind, so that a test can look for each.
pub(crate) fn problems(error: &Error) -> Vec<String> {
    match error {
        Error::ProfileMismatch { problems, .. } => problems.clone(),
        other => panic!("no profile mismatch but {other:?}"),
    }
}
