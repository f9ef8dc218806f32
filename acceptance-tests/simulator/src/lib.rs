//! A practice Cisco IM and Presence publisher.
//!
//! [`Simulator`] runs whole clusters in one process: HTTPS with AXL on every node, an Informix-flavoured database
//! behind it, the product's rules with the product's words, a journal of all that was asked and done, faults on
//! request, and another administrator who meddles. It shares no code with the client that it is there to test.
//!
//! Where the real product's behaviour is not known, [`ClusterOptions`] lets a test choose. Where to read next:
//! [`options`](ClusterOptions) for what a cluster is made of, [`Cluster`] for what can be done to it.
#![expect(
    clippy::expect_used,
    reason = "a test tool stops where the machine gives it no random numbers"
)]

mod accounts;
mod answer;
mod authenticated;
mod axl;
mod certificates;
mod cluster;
mod control;
mod control_center;
mod database;
mod faults;
mod journal;
mod options;
pub mod schema;
mod server;
mod simulator;
mod sql;
mod value;

pub use certificates::{CertificateAuthority, CertificateError, NodeCertificate};
pub use cluster::{ColumnValue, DomainEdit, RouteEdit, RowKey};
pub use control_center::{RestartOutcome, ServiceRow};
pub use database::{
    Change, ChangeKind, ChangedObject, CompanionRow, Companions, DomainRow, RouteRow, Settings,
    StorageError, domain_of_pattern, pattern_of_domain,
};
pub use faults::{Fault, FaultKind, FaultStatus, Phase, Subject};
pub use journal::{AnswerClass, Journal, JournalEntry, Origin};
pub use options::{
    CertificateKind, ClusterOptions, CompanionsMadeBy, DEFAULT_PASSWORD, DEFAULT_USER,
    DuplicateAnswer, NodeOptions, NodeRole, User, UserRole,
};
pub use simulator::{Cluster, EditError, Simulator, SimulatorBuilder, StartError};
pub use sql::Verb;
