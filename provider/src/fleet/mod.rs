//! The publishers of one provider configuration, by name.
//!
//! One [`Cluster`] for each publisher that is managed: the client, what is in flight on it, and which of
//! its rows Terraform's state holds. Nothing here contacts a publisher.

mod cluster;
mod said;
mod selection;

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

pub(crate) use cluster::Cluster;
pub(crate) use said::Said;
pub(crate) use selection::Selection;

use crate::rules::ThroughMicrosoft;

/// The name of the only publisher, where the configuration says `address`.
pub(crate) const DEFAULT_NAME: &str = "default";

/// The publishers as they were last configured, shared by the provider and its resources.
#[derive(Clone, Debug, Default)]
pub(crate) struct FleetCell(Arc<RwLock<Option<Arc<Fleet>>>>);

/// The publishers of one provider configuration.
#[derive(Debug)]
pub(crate) struct Fleet {
    /// `None` while the whole of `publishers` is unknown.
    members: Option<BTreeMap<String, Member>>,
    /// Domains that the settings of every publisher matter to.
    pub(crate) through_microsoft: ThroughMicrosoft,
    said: Said,
}

/// One publisher of the configuration.
#[derive(Clone, Debug)]
pub(crate) enum Member {
    /// Its objects are managed.
    Managed(Arc<Cluster>),
    /// `managed = false`: its objects stay in the state as they are.
    Unmanaged,
    /// Something about it will be known after apply.
    NotYetKnown,
}

impl FleetCell {
    /// Puts a new configuration in the place of the last one. In debug mode one process is configured
    /// again for each command.
    pub(crate) fn set(&self, fleet: Fleet) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(fleet));
    }

    /// The publishers; `None` where the provider was not configured, as during `terraform validate`.
    pub(crate) fn get(&self) -> Option<Arc<Fleet>> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Fleet {
    pub(crate) fn new(members: BTreeMap<String, Member>) -> Self {
        Self {
            members: Some(members),
            through_microsoft: ThroughMicrosoft::default(),
            said: Said::default(),
        }
    }

    /// A configuration in which even the names of the publishers are unknown.
    pub(crate) fn not_yet_known() -> Self {
        Self {
            members: None,
            through_microsoft: ThroughMicrosoft::default(),
            said: Said::default(),
        }
    }

    /// The publisher of this name.
    pub(crate) fn select(&self, name: &str) -> Selection {
        match &self.members {
            None => Selection::NotYetKnown,
            Some(members) => match members.get(name) {
                Some(Member::Managed(cluster)) => Selection::Managed(Arc::clone(cluster)),
                Some(Member::Unmanaged) => Selection::Unmanaged,
                Some(Member::NotYetKnown) => Selection::NotYetKnown,
                None => Selection::NotConfigured,
            },
        }
    }

    /// The names of all publishers; `None` while they are unknown.
    pub(crate) fn names(&self) -> Option<Vec<&str>> {
        self.members
            .as_ref()
            .map(|members| members.keys().map(String::as_str).collect())
    }

    /// Every cluster that is managed, by name.
    pub(crate) fn managed(&self) -> Vec<Arc<Cluster>> {
        self.members
            .iter()
            .flat_map(BTreeMap::values)
            .filter_map(|member| match member {
                Member::Managed(cluster) => Some(Arc::clone(cluster)),
                Member::Unmanaged | Member::NotYetKnown => None,
            })
            .collect()
    }

    /// Whether this is said for the first time in this process.
    pub(crate) fn first_time(&self, what: &str) -> bool {
        self.said.first_time(what)
    }
}
