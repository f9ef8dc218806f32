//! What the nodes of a cluster share.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::NodeState;
use crate::accounts::Accounts;
use crate::database::{Behaviour, Contents, Database, DomainRow, NodeRow, StorageError, Writer};
use crate::options::{ClusterOptions, NodeRole};
use crate::sql::{Select, SqlError};

/// What the nodes of a cluster share.
#[derive(Debug)]
pub(crate) struct ClusterState {
    pub(crate) name: String,
    pub(crate) axl_versions: Vec<String>,
    pub(crate) requests_at_once: Option<usize>,
    nodes: Vec<NodeState>,
    database: Mutex<Database>,
    call_manager: Option<Mutex<Database>>,
    accounts: Mutex<Accounts>,
    latency: Mutex<Duration>,
    restart_time: Mutex<Duration>,
    answer_limit: AtomicUsize,
}

impl ClusterState {
    pub(crate) fn new(
        options: &ClusterOptions,
        nodes: Vec<NodeState>,
    ) -> Result<Self, StorageError> {
        let behaviour = Behaviour {
            companions: options.companions,
            duplicates: options.duplicates,
            routes_per_pattern: options.routes_per_pattern,
        };
        let rows: Vec<NodeRow> = nodes.iter().map(node_row).collect();
        let database = Database::open(
            options.data_file.as_deref(),
            Contents::ImAndPresence,
            options.schema.clone(),
            behaviour.clone(),
            &options.proxy_domain,
            &rows,
        )?;
        add_domains(&database, options)?;
        let call_manager = if nodes.iter().any(|node| node.role == NodeRole::CallManager) {
            let schema = options.schema.clone();
            let database =
                Database::open(None, Contents::CallManager, schema, behaviour, "", &rows)?;
            Some(Mutex::new(database))
        } else {
            None
        };
        Ok(Self {
            name: options.name.clone(),
            axl_versions: options.axl_versions.clone(),
            requests_at_once: options.requests_at_once,
            nodes,
            database: Mutex::new(database),
            call_manager,
            accounts: Mutex::new(Accounts::new(
                options.users.clone(),
                options.logons_before_lock,
                options.session_lifetime,
            )),
            latency: Mutex::new(options.latency),
            restart_time: Mutex::new(Duration::ZERO),
            answer_limit: AtomicUsize::new(options.answer_limit),
        })
    }

    pub(crate) fn nodes(&self) -> &[NodeState] {
        &self.nodes
    }

    pub(crate) fn node(&self, name: &str) -> Option<&NodeState> {
        self.nodes.iter().find(|node| node.name == name)
    }

    /// The IM and Presence database.
    pub(crate) fn database(&self) -> MutexGuard<'_, Database> {
        locked(&self.database)
    }

    /// The database that a node reads.
    pub(crate) fn database_of(&self, node: &NodeState) -> MutexGuard<'_, Database> {
        match (&self.call_manager, node.role) {
            (Some(database), NodeRole::CallManager) => locked(database),
            _ => self.database(),
        }
    }

    /// Runs a query on what a node's own database holds, which may lag behind the publisher's.
    pub(crate) fn query_at(
        &self,
        node: &NodeState,
        select: &Select,
        each: impl FnMut(&[String], &rusqlite::Row<'_>),
    ) -> Result<u64, SqlError> {
        match &*node.stale() {
            Some(stale) => stale.query(&node.name, select, each),
            None => self.database_of(node).query(&node.name, select, each),
        }
    }

    /// From now on a node's database stays as it is.
    pub(crate) fn hold_replication(&self, node: &NodeState) -> Result<(), SqlError> {
        let copy = self.database_of(node).copy()?;
        *node.stale() = Some(copy);
        Ok(())
    }

    pub(crate) fn accounts(&self) -> MutexGuard<'_, Accounts> {
        locked(&self.accounts)
    }

    pub(crate) fn latency(&self) -> Duration {
        *locked(&self.latency)
    }

    pub(crate) fn set_latency(&self, latency: Duration) {
        *locked(&self.latency) = latency;
    }

    /// How long a service that is restarted is starting.
    pub(crate) fn restart_time(&self) -> Duration {
        *locked(&self.restart_time)
    }

    pub(crate) fn set_restart_time(&self, duration: Duration) {
        *locked(&self.restart_time) = duration;
    }

    pub(crate) fn answer_limit(&self) -> usize {
        self.answer_limit.load(Ordering::Relaxed)
    }

    pub(crate) fn set_answer_limit(&self, bytes: usize) {
        self.answer_limit.store(bytes, Ordering::Relaxed);
    }
}

fn node_row(node: &NodeState) -> NodeRow {
    NodeRow {
        name: node.name.clone(),
        publisher: node.role != NodeRole::Subscriber,
        im_and_presence: node.role != NodeRole::CallManager,
    }
}

/// Adds the learned domains and those federated over XMPP that a file does not hold yet.
fn add_domains(database: &Database, options: &ClusterOptions) -> Result<(), StorageError> {
    let failed = |error: crate::sql::SqlError| StorageError::Seed(error.to_string());
    let known = database.domains().map_err(failed)?;
    let learned = options
        .learned_domains
        .iter()
        .map(|name| DomainRow::learned(name));
    let xmpp = options
        .xmpp_domains
        .iter()
        .map(|name| DomainRow::over_xmpp(name));
    for domain in learned.chain(xmpp) {
        if known
            .iter()
            .all(|row| row.domain_name != domain.domain_name)
        {
            database
                .insert_domain(&domain, Writer::AdminPage)
                .map_err(failed)?;
        }
    }
    Ok(())
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
