//! Finding the row of an object, though it may have moved or vanished.

use imp_publisher::domain::Pkid;
use imp_publisher::{Error, Freshness, Scope, Stored};

use super::{Found, Row};
use crate::fleet::Cluster;

/// Where the row of an object was found.
#[derive(Clone, Debug)]
pub(crate) enum Located<R> {
    /// Under the primary key that the state has.
    AsKnown(Stored<R>),
    /// Under another primary key: somebody deleted the row and made the same one again.
    UnderNewPkid(Stored<R>),
    /// Nowhere.
    Gone,
}

/// Finds the row of an object: by primary key; else by natural key, where no other object that this
/// process has seen holds that row, and it is one to be managed; else directly, before it is called gone.
pub(crate) async fn locate<R: Row>(
    cluster: &Cluster,
    pkid: Option<&Pkid>,
    key: Option<&R::Key>,
    scope: &Scope,
) -> Result<Located<R>, Error> {
    let found = R::look_up(&cluster.publisher, Freshness::Snapshot, pkid, key, scope).await?;
    // Without a primary key the object is being imported: the user has named the row.
    let imported = pkid.is_none();
    match choose(cluster, found, imported) {
        Located::Gone => {
            let found = R::look_up_directly(&cluster.publisher, pkid, key, scope).await?;
            Ok(choose(cluster, found, imported))
        }
        located => Ok(located),
    }
}

fn choose<R: Row>(cluster: &Cluster, found: Found<R>, imported: bool) -> Located<R> {
    if let Some(row) = found.by_pkid {
        return Located::AsKnown(row);
    }
    match found.by_key {
        Some(row) if imported || is_free(cluster, &row) => Located::UnderNewPkid(row),
        _ => Located::Gone,
    }
}

/// Whether a row with the natural key of an object may be that object's from now on: nobody else holds it, and it is one to
/// be managed. A domain that the publisher learned itself is never taken over.
pub(crate) fn is_free<R: Row>(cluster: &Cluster, row: &Stored<R>) -> bool {
    R::seen(cluster).holder(row.pkid.as_str()).is_none() && R::unmanageable(row).is_none()
}
