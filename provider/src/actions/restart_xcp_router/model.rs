//! The attributes of the restart.

use std::collections::BTreeMap;
use std::time::Duration;

use imp_publisher::Address;
use tfplugin_framework::timeouts::GoDuration;
use tfplugin_framework::{Diagnostics, Field, SetOf, model};

use crate::nodes::addresses;

/// How long one node may take.
const NODE_TIMEOUT: Duration = Duration::from_secs(15 * 60);

model! {
    /// The attributes of the restart.
    pub(crate) struct Model {
        publisher: String,
        confirm: String,
        nodes: SetOf<Field<String>>,
        node_addresses: BTreeMap<String, Field<String>>,
        node_timeout: GoDuration,
    }
}

impl Model {
    /// How long one node may take.
    pub(super) fn timeout(&self) -> Duration {
        self.node_timeout
            .known()
            .map_or(NODE_TIMEOUT, GoDuration::duration)
    }

    /// The nodes that are wanted; `None` for all.
    pub(super) fn wanted(&self) -> Option<Vec<&str>> {
        let nodes = self.nodes.known()?;
        Some(nodes.0.iter().filter_map(Field::as_str).collect())
    }

    /// Where nodes are reached, by name.
    pub(super) fn addresses(&self) -> Result<BTreeMap<&str, Address>, Diagnostics> {
        addresses(&self.node_addresses)
    }
}
