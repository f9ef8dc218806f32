//! What the resources do with rows of a publisher, whatever their kind: find, create, change, delete.
//!
//! [`Row`] says how one kind of row is read and written; the rest of this module is the same for all of
//! them. Nothing here knows attributes of resources.

mod domains;
mod locate;
mod obstacle;
mod routes;
mod work;

use std::fmt::Display;
use std::future::Future;

use imp_federation_rules::Rule;
use imp_publisher::domain::Pkid;
use imp_publisher::{Deletion, Error, Freshness, Publisher, Scope, Stored};

pub(crate) use domains::name_key;
pub(crate) use locate::{Located, is_free, locate};
pub(crate) use obstacle::{Blocked, pattern_key, row_key};
pub(crate) use work::Work;

use crate::coordination::Sightings;
use crate::fleet::Cluster;

/// One kind of row: a federated domain or a static route.
pub(crate) trait Row: Clone + PartialEq + Send + Sync + Sized + 'static {
    /// What is unique among the rows of a cluster.
    type Key: Clone + Display + PartialEq + Send + Sync;

    /// What a person calls it.
    const NAME: &'static str;

    /// The resource type that manages it.
    const TYPE_NAME: &'static str;

    /// The natural key.
    fn key(&self) -> Self::Key;

    /// Whether the step to another row is made by a replacement, not by an update.
    fn is_replaced_by(&self, other: &Self) -> bool;

    /// Why such a row cannot be managed here, where it cannot.
    fn unmanageable(stored: &Stored<Self>) -> Option<&'static str> {
        stored.system_owned.then_some(
            "was made by the publisher itself, which may change or remove it at any time",
        )
    }

    /// Whether Cisco XCP Router must be restarted after such a row was written.
    const NEEDS_RESTART: bool;

    /// The rule that forbids another object with the key of a row.
    fn in_the_way(stored: &Stored<Self>) -> &'static Rule;

    /// What stands in the way of one more row, though its key is free.
    fn crowded(
        _cluster: &Cluster,
        _freshness: Freshness,
        _own: Option<&Pkid>,
        _key: &Self::Key,
        _scope: &Scope,
    ) -> impl Future<Output = Result<Option<Blocked>, Error>> + Send {
        async { Ok(None) }
    }

    /// What the end of a row with this key releases, beside the row itself.
    fn released_with(_key: &Self::Key) -> Option<String> {
        None
    }

    /// Which rows of this kind objects in the state hold.
    fn seen(cluster: &Cluster) -> &Sightings;

    /// Looks for a row by both of its keys in a reading of the whole table.
    fn look_up(
        publisher: &Publisher,
        freshness: Freshness,
        pkid: Option<&Pkid>,
        key: Option<&Self::Key>,
        scope: &Scope,
    ) -> impl Future<Output = Result<Found<Self>, Error>> + Send;

    /// Looks for a row by both of its keys directly.
    fn look_up_directly(
        publisher: &Publisher,
        pkid: Option<&Pkid>,
        key: Option<&Self::Key>,
        scope: &Scope,
    ) -> impl Future<Output = Result<Found<Self>, Error>> + Send;

    /// Creates the row.
    fn create(
        &self,
        publisher: &Publisher,
        pkid: &Pkid,
        scope: &Scope,
    ) -> impl Future<Output = Result<Stored<Self>, Error>> + Send;

    /// Changes the row from `prior` to `self`.
    fn update(
        &self,
        publisher: &Publisher,
        pkid: &Pkid,
        prior: &Self,
        scope: &Scope,
    ) -> impl Future<Output = Result<Stored<Self>, Error>> + Send;

    /// Deletes a row.
    fn delete(
        publisher: &Publisher,
        pkid: &Pkid,
        scope: &Scope,
    ) -> impl Future<Output = Result<Deletion, Error>> + Send;
}

/// The rows that two keys lead to.
#[derive(Clone, Debug)]
pub(crate) struct Found<R> {
    /// The row with the primary key.
    pub(crate) by_pkid: Option<Stored<R>>,
    /// The row with the natural key.
    pub(crate) by_key: Option<Stored<R>>,
}

impl<R: Row> Found<R> {
    /// Sorts rows by which of the two keys they have.
    fn among(rows: &[Stored<R>], pkid: Option<&Pkid>, key: Option<&R::Key>) -> Self {
        let find =
            |wanted: &dyn Fn(&Stored<R>) -> bool| rows.iter().find(|row| wanted(row)).cloned();
        Self {
            by_pkid: pkid.and_then(|pkid| find(&|row| row.pkid == *pkid)),
            by_key: key.and_then(|key| find(&|row| row.value.key() == *key)),
        }
    }
}
