//! The handle on a running simulator.

mod builder;
mod cluster;

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use tokio::runtime::Runtime;

pub use builder::{SimulatorBuilder, StartError};
pub use cluster::{Cluster, EditError};

use crate::certificates::CertificateAuthority;
use crate::cluster::reachable;
use crate::faults::{Fault, FaultStatus, Faults};
use crate::journal::{Journal, JournalEntry};

/// A running simulator. Dropping it closes every port.
///
/// It runs on threads of its own, so that a test may block while it waits for Terraform.
#[derive(Debug)]
pub struct Simulator {
    shared: Arc<Shared>,
    control: SocketAddr,
    authority: Arc<CertificateAuthority>,
    directory: PathBuf,
    /// Keeps the directory until the simulator is dropped, where it is a temporary one.
    temporary: Option<TempDir>,
    runtime: Option<Runtime>,
}

/// What the handle and the control port work on.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) journal: Arc<Journal>,
    pub(crate) faults: Arc<Faults>,
}

impl Simulator {
    /// Says what to simulate.
    pub fn builder() -> SimulatorBuilder {
        SimulatorBuilder::default()
    }

    /// The cluster of that name.
    ///
    /// # Panics
    /// Where there is none: a test that asks for it is wrong.
    pub fn cluster(&self, name: &str) -> &Cluster {
        self.find_cluster(name)
            .expect("the simulator has a cluster of that name")
    }

    /// The cluster of that name, if there is one.
    pub fn find_cluster(&self, name: &str) -> Option<&Cluster> {
        self.shared
            .clusters
            .iter()
            .find(|cluster| cluster.name() == name)
    }

    /// All clusters.
    pub fn clusters(&self) -> &[Cluster] {
        &self.shared.clusters
    }

    /// All that was asked and done.
    pub fn journal(&self) -> Vec<JournalEntry> {
        self.shared.journal.entries()
    }

    /// The journal itself.
    pub fn journal_book(&self) -> &Journal {
        &self.shared.journal
    }

    /// Forgets all that was asked and done so far.
    pub fn clear_journal(&self) {
        self.shared.journal.clear();
    }

    /// Injects a fault and returns its number.
    pub fn inject(&self, fault: Fault) -> u64 {
        self.shared.faults.inject(fault)
    }

    /// All faults that were injected and how often each fired.
    pub fn faults(&self) -> Vec<FaultStatus> {
        self.shared.faults.all()
    }

    /// The faults that have not fired as often as they were to. A test that leaves one proves nothing.
    pub fn unfired_faults(&self) -> Vec<FaultStatus> {
        self.shared.faults.unfired()
    }

    /// Takes back one fault, or tells that there is none of that number.
    pub fn remove_fault(&self, id: u64) -> bool {
        self.shared.faults.remove(id)
    }

    /// Lets the late effects of requests that have come so far come at once.
    pub fn hurry_late_effects(&self) {
        self.shared.faults.hurry_late_effects();
    }

    /// Takes back every fault.
    pub fn clear_faults(&self) {
        self.shared.faults.clear();
    }

    /// Where the control port answers.
    pub fn control_address(&self) -> SocketAddr {
        reachable(self.control)
    }

    /// The authority that issued the nodes' certificates, in PEM.
    pub fn ca_pem(&self) -> &str {
        self.authority.pem()
    }

    /// A file with that certificate.
    pub fn ca_path(&self) -> PathBuf {
        self.directory.join("ca.pem")
    }

    /// The authority itself, to issue further certificates with.
    pub fn authority(&self) -> &CertificateAuthority {
        &self.authority
    }

    /// Where the simulator keeps its certificate and its profile files.
    pub fn directory(&self) -> &Path {
        &self.directory
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        for cluster in &self.shared.clusters {
            cluster.stop();
        }
        if let Some(runtime) = self.runtime.take() {
            // A simulator may be dropped inside a runtime, where waiting is forbidden.
            runtime.shutdown_background();
        }
        if let Some(directory) = self.temporary.take() {
            let _ = fs::remove_dir_all(directory.path());
        }
    }
}
