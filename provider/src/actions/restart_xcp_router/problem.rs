//! Why a restart of the cluster ends early.

use std::time::Duration;

use imp_publisher::Error;

use super::ROUTER;

/// Why it ends, and what to do.
#[derive(Debug, thiserror::Error)]
pub(super) enum Problem {
    /// A node could not be asked, or refused.
    #[error("{node}: {error}")]
    Node {
        /// The node.
        node: String,
        /// What it said.
        error: Error,
    },
    /// The publisher could not be asked, or the run was interrupted.
    #[error(transparent)]
    Publisher(#[from] Error),
    /// A node is listed that does not serve.
    #[error("{node} is not in the state Normal but {state:?}.")]
    NotNormal {
        /// The node.
        node: String,
        /// The publisher's own words.
        state: String,
    },
    /// The publisher does not reach a node.
    #[error("The publisher does not reach {node}.")]
    NotReachable {
        /// The node.
        node: String,
    },
    /// The configuration names a node that the cluster does not have.
    #[error("`{attribute}` names {node:?}, and the nodes of this cluster are {}.", known.join(", "))]
    UnknownNode {
        /// The attribute.
        attribute: &'static str,
        /// The name.
        node: String,
        /// The nodes there are.
        known: Vec<String>,
    },
    /// The router does not run, so that there is nothing to restart.
    #[error("{ROUTER} is not running on {node}: {state}.")]
    NotRunning {
        /// The node.
        node: String,
        /// Its state.
        state: String,
    },
    /// Replication is behind.
    #[error(
        "The database of {node} differs from the publisher's after {} seconds, in {}.",
        waited.as_secs(), domains.join(", ")
    )]
    Behind {
        /// The node.
        node: String,
        /// How long.
        waited: Duration,
        /// The domains.
        domains: Vec<String>,
    },
    /// The services did not come up again.
    #[error(
        "{node} was restarted, and is not as before after {} seconds: {}.",
        waited.as_secs(), pending.join("; ")
    )]
    NotUp {
        /// The node.
        node: String,
        /// How long.
        waited: Duration,
        /// What is missing.
        pending: Vec<String>,
    },
}

impl Problem {
    /// What to do about it.
    pub(super) fn remedy(&self) -> Option<String> {
        let text = match self {
            Self::Node {
                error:
                    Error::Unreachable { .. } | Error::Certificate { .. } | Error::OtherNode { .. },
                ..
            } => {
                "Each node is asked at port 8443 under the name that the publisher has for it, and shows a \
                 certificate for that name. Write its address into `node_addresses` where the name does not lead \
                 there, and the authority of its certificate into `ca_certificate`."
            }
            Self::Node { error, .. } | Self::Publisher(error) => return error.remedy(),
            Self::NotNormal { .. } => {
                "Restarting another node now could leave users without any. Look at the node in the presence \
                 redundancy group, and invoke the action again when it is back to Normal."
            }
            Self::NotReachable { .. } => {
                "Look at the node and the network between, and invoke the action again."
            }
            Self::UnknownNode { .. } => "Write the names as the publisher has them.",
            Self::NotRunning { .. } => {
                "Start the service in Cisco Unified Serviceability, or find out why it does not run."
            }
            Self::Behind { .. } => {
                "A restart would read the old domains. Check the database replication (`utils dbreplication \
                 runtimestate` on the publisher), or raise `node_timeout`."
            }
            Self::NotUp { .. } => {
                "Look at the services of this node in Cisco Unified Serviceability, and start those that are \
                 missing. Raise `node_timeout` if the node is only slow."
            }
        };
        Some(text.to_owned())
    }
}
