//! A plan, as `show -json` of Terraform 1.0 and later and of OpenTofu writes it, with what concerns federation
//! typed.
//!
//! Members that are not known are passed over, since minor versions of the format add some; a format of another
//! major version is refused.

mod address;
mod attribute;
mod change;
mod document;
mod input;
mod objects;
mod unreadable;

use serde_json::{Map, Value};

pub(crate) use address::{ModulePath, without_keys};
pub use attribute::Attribute;
pub use change::{Action, Cause, Change};
pub(crate) use objects::Object;
pub use objects::{Domain, Route, Router};
pub use unreadable::Unreadable;

use crate::configuration::Configuration;

/// The largest plan that is read, in bytes.
pub const LARGEST_PLAN: u64 = 256 * 1024 * 1024;

/// A plan.
#[derive(Debug)]
pub struct Plan {
    /// The version of the core that made it, where it says so.
    pub terraform_version: Option<String>,
    /// Every SIP federated domain, those without a change among them.
    pub domains: Vec<Change<Domain>>,
    /// Every static route, those without a change among them.
    pub routes: Vec<Change<Route>>,
    /// Restarts of Cisco XCP Router that are part of the plan.
    pub restarts: Vec<Router>,
    /// How many of these objects were changed outside of Terraform since the last apply.
    pub drifted: usize,
    /// How many changes there are to resources of other providers.
    pub others: usize,
    /// Whether planning ended with an error, so that something may be missing.
    pub is_errored: bool,
    /// Whether the core left something for a later plan.
    pub is_incomplete: bool,
    pub(crate) configuration: Configuration,
    /// The values of the root module's variables.
    pub(crate) variables: Map<String, Value>,
}

impl Plan {
    /// Reads a plan.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let text = input::text(bytes)?;
        document::read(&text)
    }
}
