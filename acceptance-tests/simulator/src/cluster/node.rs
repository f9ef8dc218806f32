//! A node: its address, its certificate, and whether it is up.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::task::AbortHandle;

use crate::certificates::NodeCertificate;
use crate::control_center::Services;
use crate::database::Database;
use crate::options::{NodeOptions, NodeRole};

/// Longer than any connection needs to end.
const LONGEST_STOP: Duration = Duration::from_secs(10);

/// Where a client on this machine reaches what listens there: listening on every address is no place to go to.
pub(crate) fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// A node of a cluster.
#[derive(Debug)]
pub(crate) struct NodeState {
    pub(crate) name: String,
    pub(crate) role: NodeRole,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    host: Option<String>,
    pub(crate) certificate: NodeCertificate,
    pub(crate) connections: AtomicU64,
    pub(crate) under_way: AtomicUsize,
    pub(crate) most_under_way: AtomicUsize,
    busy: Arc<AtomicUsize>,
    services: Mutex<Services>,
    state_words: Mutex<String>,
    /// What the node's own database holds, where replication is held up.
    stale: Mutex<Option<Database>>,
    up: AtomicBool,
    server: Mutex<Option<Server>>,
}

/// The task that serves a node.
#[derive(Debug)]
struct Server {
    listener: AbortHandle,
    alive: Receiver<()>,
}

/// Held by a node's server and by each of its connections as long as they live.
#[derive(Debug, Clone)]
pub(crate) struct Alive {
    _sender: Sender<()>,
}

impl Alive {
    pub(crate) fn new() -> (Self, Receiver<()>) {
        let (sender, receiver) = channel();
        (Self { _sender: sender }, receiver)
    }
}

impl NodeState {
    pub(crate) fn new(
        options: &NodeOptions,
        address: SocketAddr,
        certificate: NodeCertificate,
    ) -> Self {
        Self {
            name: options.name.clone(),
            role: options.role,
            address,
            host: options.host.clone(),
            certificate,
            connections: AtomicU64::new(0),
            under_way: AtomicUsize::new(0),
            most_under_way: AtomicUsize::new(0),
            busy: Arc::default(),
            services: Mutex::new(Services::new()),
            state_words: Mutex::new("Normal".to_owned()),
            stale: Mutex::default(),
            up: AtomicBool::new(false),
            server: Mutex::new(None),
        }
    }

    /// Where clients reach it, as `host:port`.
    pub(crate) fn reached_at(&self) -> String {
        match &self.host {
            Some(host) => format!("{host}:{}", self.address.port()),
            None => reachable(self.address).to_string(),
        }
    }

    /// Its services, as the Control Center knows them.
    pub(crate) fn services(&self) -> MutexGuard<'_, Services> {
        self.services.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its state as the publisher's list of nodes words it.
    pub(crate) fn state_words(&self) -> String {
        self.state_words
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn set_state_words(&self, words: &str) {
        let mut state_words = self
            .state_words
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        words.clone_into(&mut state_words);
    }

    /// The database that replication has left behind; `None` where the node follows the publisher.
    pub(crate) fn stale(&self) -> MutexGuard<'_, Option<Database>> {
        self.stale.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is_up(&self) -> bool {
        self.up.load(Ordering::SeqCst)
    }

    /// From now on the task behind `listener` serves this node, and `alive` ends with its last connection.
    pub(crate) fn served_by(&self, listener: AbortHandle, alive: Receiver<()>) {
        let server = Server { listener, alive };
        *self.server.lock().unwrap_or_else(PoisonError::into_inner) = Some(server);
        self.up.store(true, Ordering::SeqCst);
    }

    /// Closes the port and every connection, and returns when that is done.
    pub(crate) fn stop(&self) {
        self.up.store(false, Ordering::SeqCst);
        let server = self
            .server
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(Server { listener, alive }) = server {
            listener.abort();
            // Nothing is ever sent: this ends when the last connection lets go of its `Alive`.
            let _ = alive.recv_timeout(LONGEST_STOP);
        }
    }

    /// Whether no connection is open, and nothing is done any more for one that was.
    pub(crate) fn is_idle(&self) -> bool {
        self.busy.load(Ordering::SeqCst) == 0
    }

    /// Keeps the node from being idle until it is dropped.
    pub(crate) fn be_busy(&self) -> Busy {
        self.busy.fetch_add(1, Ordering::SeqCst);
        Busy(Arc::clone(&self.busy))
    }

    /// Counts a request that is under way; it ends when the guard is dropped.
    pub(crate) fn begin_request(&self) -> RequestUnderWay<'_> {
        let now = self.under_way.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_under_way.fetch_max(now, Ordering::SeqCst);
        RequestUnderWay {
            node: self,
            number: now,
        }
    }
}

/// An open connection, or work that goes on though its connection may have been closed.
#[derive(Debug)]
pub(crate) struct Busy(Arc<AtomicUsize>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A request that is under way.
#[derive(Debug)]
pub(crate) struct RequestUnderWay<'a> {
    node: &'a NodeState,
    /// How many were under way when it began, itself included.
    pub(crate) number: usize,
}

impl Drop for RequestUnderWay<'_> {
    fn drop(&mut self) {
        self.node.under_way.fetch_sub(1, Ordering::SeqCst);
    }
}
