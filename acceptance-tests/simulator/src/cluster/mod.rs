//! A cluster: its nodes, its database, its accounts, and what tests do to it from outside.

mod administration;
mod interference;
mod node;
mod state;

pub use administration::{DomainEdit, RouteEdit};
pub use interference::{ColumnValue, RowKey};
pub(crate) use node::{Alive, Busy, NodeState, reachable};
pub(crate) use state::ClusterState;
