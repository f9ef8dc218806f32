//! The plan of a destruction: whether the publisher can be asked, and which row goes.

use imp_publisher::Freshness;
use tfplugin_framework::{Diagnostic, Diagnostics, Plan};

use crate::fleet::{Cluster, Fleet, Selection};
use crate::resources::object::{Object, pkid_of};
use crate::resources::{placement, private, time_limits};
use crate::rows::{Row, is_free};

/// Checks that the object can be destroyed on its publisher, and settles its row.
pub(super) async fn plan_destroy<O: Object>(
    fleet: &Fleet,
    plan: &mut Plan<O>,
) -> Result<(), Diagnostics> {
    let name = plan
        .prior
        .as_ref()
        .and_then(|prior| prior.publisher().as_str());
    match name.map(|name| (name, fleet.select(name))) {
        Some((name, Selection::NotConfigured)) => Err(placement::not_configured(fleet, name)),
        Some((name, Selection::Unmanaged)) => Err(placement::unmanaged(name)),
        Some((_, Selection::Managed(cluster))) => follow_row(&cluster, plan).await,
        Some((_, Selection::NotYetKnown)) | None => Ok(()),
    }
}

/// Settles that a row that somebody made again is deleted in place of the one that is gone. A refresh takes it over, but
/// Terraform 1.9 to 1.11 plan the end of what has left the configuration before they refresh it. A core does not say
/// which of the two it does, so that a plan to destroy everything reads the tables once more.
async fn follow_row<O: Object>(cluster: &Cluster, plan: &mut Plan<O>) -> Result<(), Diagnostics> {
    let Some(prior) = &plan.prior else {
        return Ok(());
    };
    let (Some(pkid), Some(key)) = (pkid_of(prior), prior.key()) else {
        return Ok(());
    };
    let scope = time_limits::reading(prior.timeouts(), &plan.context);
    let snapshot = Freshness::Snapshot;
    let found = O::Row::look_up(
        &cluster.publisher,
        snapshot,
        Some(&pkid),
        Some(&key),
        &scope,
    );
    // Where the publisher cannot be asked, the deletion itself finds out.
    let Ok(found) = found.await else {
        return Ok(());
    };
    let (None, Some(row)) = (found.by_pkid, found.by_key) else {
        return Ok(());
    };
    if !is_free(cluster, &row) {
        return Ok(());
    }
    private::set_pkid(&mut plan.private, &row.pkid)?;
    plan.diagnostics.push(
        Diagnostic::warning(format!("Another {} {key} will be destroyed", O::Row::NAME)).detail(format!(
            "Somebody has deleted the row {pkid} of this object on publisher {:?} and made it again as {}. The new row has \
             the same key, and is what this plan destroys.",
            cluster.name(),
            row.pkid
        )),
    );
    Ok(())
}
