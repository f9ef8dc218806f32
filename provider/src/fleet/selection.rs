//! What a resource finds when it asks for its publisher.

use std::sync::Arc;

use super::Cluster;

/// The publisher of a resource, as far as this configuration knows it.
#[derive(Clone, Debug)]
pub(crate) enum Selection {
    /// It is there to work with.
    Managed(Arc<Cluster>),
    /// It is frozen by `managed = false`.
    Unmanaged,
    /// It depends on values that will be known after apply.
    NotYetKnown,
    /// The configuration does not name it.
    NotConfigured,
}

impl Selection {
    /// The cluster, where there is one to work with.
    pub(crate) fn cluster(&self) -> Option<&Arc<Cluster>> {
        match self {
            Self::Managed(cluster) => Some(cluster),
            Self::Unmanaged | Self::NotYetKnown | Self::NotConfigured => None,
        }
    }
}
