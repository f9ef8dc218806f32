//! Puts a simulator together and starts it.

use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};

use super::{Cluster, Shared, Simulator};
use crate::certificates::{CertificateAuthority, CertificateError};
use crate::cluster::{Alive, ClusterState, NodeState};
use crate::control;
use crate::database::StorageError;
use crate::faults::Faults;
use crate::journal::Journal;
use crate::options::ClusterOptions;
use crate::server::{bind, serve};

/// What is to be simulated.
#[derive(Debug)]
pub struct SimulatorBuilder {
    clusters: Vec<ClusterOptions>,
    directory: Option<PathBuf>,
    control: SocketAddr,
}

impl Default for SimulatorBuilder {
    fn default() -> Self {
        Self {
            clusters: Vec::new(),
            directory: None,
            control: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        }
    }
}

/// Why a simulator did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A port could not be opened.
    #[error("{address} cannot be opened: {source}; choose another port, or 0 for a free one")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// The system's reason.
        source: io::Error,
    },
    /// Something is missing in the options of a cluster.
    #[error("the cluster {cluster} cannot be simulated: {reason}")]
    Options {
        /// The cluster's name.
        cluster: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// A database could not be opened.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A certificate could not be made.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The folder for certificates and profiles could not be made.
    #[error("the folder {} cannot be made: {source}", path.display())]
    Directory {
        /// The folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A file or a thread could not be had.
    #[error("the simulator cannot start: {0}")]
    System(#[from] io::Error),
}

impl SimulatorBuilder {
    /// Adds a cluster.
    pub fn cluster(mut self, options: ClusterOptions) -> Self {
        self.clusters.push(options);
        self
    }

    /// Keeps the certificate authority and the profile files in `directory`, so that a later run has the same ones.
    /// Otherwise they are in a temporary directory that goes with the simulator.
    pub fn directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.directory = Some(directory.into());
        self
    }

    /// Opens the control port there rather than on a free port of 127.0.0.1; port 0 takes a free one.
    pub fn control(mut self, address: SocketAddr) -> Self {
        self.control = address;
        self
    }

    /// Starts the simulator. When this returns, every port answers.
    #[expect(
        clippy::unused_async,
        reason = "starting may come to wait; callers should not have to change then"
    )]
    pub async fn start(self) -> Result<Simulator, StartError> {
        self.start_blocking()
    }

    /// Starts the simulator outside of asynchronous code.
    pub fn start_blocking(self) -> Result<Simulator, StartError> {
        let temporary = match &self.directory {
            Some(_) => None,
            None => Some(
                tempfile::Builder::new()
                    .prefix("imp-simulator-")
                    .tempdir()?,
            ),
        };
        let in_temporary = temporary
            .as_ref()
            .map(|directory| directory.path().to_owned());
        let directory = self.directory.or(in_temporary).unwrap_or_default();
        fs::create_dir_all(&directory).map_err(|source| StartError::Directory {
            path: directory.clone(),
            source,
        })?;
        let authority =
            CertificateAuthority::kept_in(&directory, "IM and Presence simulator authority")?;
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("imp-simulator")
            .enable_all()
            .build()?;
        let (journal, faults) = (Arc::new(Journal::default()), Arc::new(Faults::default()));
        let mut clusters = Vec::new();
        for options in &self.clusters {
            let cluster = start_cluster(options, &authority, &runtime, &journal, &faults)?;
            let profile = serde_json::to_string_pretty(&cluster.profile()).unwrap_or_default();
            fs::write(
                directory.join(format!("{}-profile.json", options.name)),
                profile + "\n",
            )?;
            clusters.push(cluster.kept_in(&directory));
        }
        let shared = Arc::new(Shared {
            clusters,
            journal,
            faults,
        });
        let listener = bind(self.control).map_err(|source| StartError::Bind {
            address: self.control,
            source,
        })?;
        let control = listener.local_addr()?;
        runtime.spawn(control::serve(listener, Arc::clone(&shared)));
        Ok(Simulator {
            shared,
            control,
            authority: Arc::new(authority),
            directory,
            temporary,
            runtime: Some(runtime),
        })
    }
}

fn start_cluster(
    options: &ClusterOptions,
    authority: &CertificateAuthority,
    runtime: &Runtime,
    journal: &Arc<Journal>,
    faults: &Arc<Faults>,
) -> Result<Cluster, StartError> {
    if let Some(reason) = flaw(options) {
        return Err(StartError::Options {
            cluster: options.name.clone(),
            reason,
        });
    }
    let mut nodes = Vec::new();
    let mut listeners: Vec<TcpListener> = Vec::new();
    for node in &options.nodes {
        let wanted = SocketAddr::new(options.listen, node.port);
        let bound = bind(wanted).and_then(|listener| Ok((listener.local_addr()?, listener)));
        let (address, listener) = bound.map_err(|source| StartError::Bind {
            address: wanted,
            source,
        })?;
        let certificate = authority.issue(node)?;
        nodes.push(NodeState::new(node, address, certificate));
        listeners.push(listener);
    }
    let state = Arc::new(ClusterState::new(options, nodes)?);
    let cluster = Cluster::new(
        state,
        Arc::clone(journal),
        Arc::clone(faults),
        runtime.handle().clone(),
    );
    for (index, listener) in listeners.into_iter().enumerate() {
        cluster.serve(index, listener)?;
    }
    Ok(cluster)
}

fn flaw(options: &ClusterOptions) -> Option<&'static str> {
    let file_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if options.name.is_empty()
        || !options.name.chars().all(file_name)
        || options.name.starts_with('.')
    {
        return Some("its name must be made of letters, digits, dots, dashes and underscores");
    }
    if options.nodes.is_empty() {
        return Some("it has no node");
    }
    if options.axl_versions.is_empty() {
        return Some("it speaks no AXL version");
    }
    None
}

impl Cluster {
    /// Serves one node from `listener` on.
    pub(super) fn serve(&self, index: usize, listener: TcpListener) -> Result<(), StartError> {
        let context = self.context(index);
        let node = &self.state().nodes()[index];
        let config = node.certificate.server_config()?;
        let (alive, ended) = Alive::new();
        let task = self
            .runtime()
            .spawn(serve(listener, config, context, alive));
        node.served_by(task.abort_handle(), ended);
        Ok(())
    }
}
