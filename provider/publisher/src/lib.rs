//! A client for Cisco IM and Presence database publishers: SIP federated domains and static routes.
//!
//! [`domain`] has the types that a publisher's administration pages work with, each parsed once. The
//! rest of the crate reads and writes them over AXL. The crate knows nothing of whoever uses it.

mod axl;
mod connection;
pub mod domain;
mod error;
mod http;
mod scope;
mod throttle;

pub use connection::{Address, AxlVersion, Connection};
pub use error::{Error, Fault};
pub use scope::Scope;
