//! Deleting the row of an object.

use imp_publisher::Deletion;
use imp_publisher::domain::Pkid;
use tfplugin_framework::{Delete, Diagnostic, Diagnostics};

use super::{Object, pkid_of};
use crate::fleet::Cluster;
use crate::resources::private;
use crate::rows::{Row, Work, is_free, row_key};

/// The primary key of the row that is to be deleted, as the plan settled it.
pub(in crate::resources) fn pkid_to_delete<O: Object>(
    delete: &Delete<O>,
) -> Result<Option<Pkid>, Diagnostics> {
    let settled = private::pkid(&delete.private)?;
    Ok(settled.or_else(|| pkid_of(&delete.prior)))
}

/// Deletes a row by its primary key. A row that is gone is a success, unless somebody made it again under
/// another key; what the publisher learned itself meanwhile is nobody's.
pub(in crate::resources) async fn delete_row<O: Object>(
    cluster: &Cluster,
    work: &Work<'_>,
    pkid: Option<&Pkid>,
    prior: &O,
) -> Result<(), Diagnostics> {
    if let Some(pkid) = pkid {
        let deletion = O::Row::delete(&cluster.publisher, pkid, work.scope())
            .await
            .map_err(|error| work.explain(&error))?;
        work.release(row_key(pkid));
        if let Some(key) = prior.key().and_then(|key| O::Row::released_with(&key)) {
            work.release(key);
        }
        if matches!(deletion, Deletion::Deleted) {
            return Ok(());
        }
    }
    let Some(key) = prior.key() else {
        return Ok(());
    };
    let found = O::Row::look_up_directly(&cluster.publisher, pkid, Some(&key), work.scope())
        .await
        .map_err(|error| work.explain(&error))?;
    match found.by_key {
        Some(row) if is_free(cluster, &row) => {
            Err(Diagnostic::error(format!("Another {} {key} has taken its place", O::Row::NAME))
                .detail(format!(
                    "The row of this object is gone from publisher {:?}, but there is a new one with the \
                     same key and the pkid {}. Nothing was deleted. Run `terraform apply -refresh-only`, which \
                     takes the new row over; a further apply or destroy then deletes it.",
                    cluster.name(),
                    row.pkid
                ))
                .into())
        }
        _ => Ok(()),
    }
}
