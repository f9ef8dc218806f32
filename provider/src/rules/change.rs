//! What is about to happen to an object, as far as a rule cares.

use imp_publisher::Scope;

use crate::fleet::{Cluster, Fleet};

/// What a plan is about to do with an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Create it.
    Creation,
    /// Create it again: it is tainted or replaced, and its own row may still be there.
    Recreation,
    /// Change its row.
    Update,
    /// Nothing that is written.
    Nothing,
}

impl Change {
    /// Whether an object is made that has no row yet, or a row is changed: then what cannot work is an error.
    pub(super) fn is_new(self) -> bool {
        matches!(self, Self::Creation | Self::Update)
    }
}

/// About which object of which publisher the rules are asked.
pub(crate) struct Asked<'a> {
    /// All publishers.
    pub(crate) fleet: &'a Fleet,
    /// The object's own.
    pub(crate) cluster: &'a Cluster,
    /// What is about to happen to the object.
    pub(crate) change: Change,
    /// The limits of every request.
    pub(crate) scope: Scope,
}

impl Asked<'_> {
    /// Whether the publisher may be asked about an object that stays as it is: only where the run uses it anyway.
    pub(super) fn may_ask(&self) -> bool {
        self.change != Change::Nothing || self.cluster.publisher.is_contacted()
    }
}
