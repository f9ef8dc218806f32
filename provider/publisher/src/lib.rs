//! A client for Cisco IM and Presence database publishers: SIP federated domains and static routes.
//!
//! [`domain`] has the types that a publisher's administration pages work with, each parsed once;
//! [`Publisher`] reads and writes them over AXL. The crate knows nothing of whoever uses it.

mod axl;
mod change_log;
mod connection;
pub mod discovery;
pub mod domain;
mod error;
mod http;
mod patience;
mod profile;
mod publisher;
mod record;
mod redact;
mod scope;
#[cfg(test)]
mod scripted;
mod sql;
mod statements;
mod table;
mod throttle;

pub use connection::{Address, AxlVersion, Connection, Host};
pub use error::{Error, Fault};
pub use profile::{InvalidProfile, Profile, ProfileSource};
pub use publisher::{
    Contact, Deletion, DomainTable, FederationSettings, Freshness, Node, NodeClient, Options,
    Publisher, Restart, RouteTable, Service, ServiceState,
};
pub use record::Stored;
pub use scope::Scope;
pub use statements::Statements;
pub use table::Table;
