//! The end of every plan: what only the publisher can tell.

mod destroy;

use std::sync::Arc;

use imp_publisher::{Freshness, Scope};
use tfplugin_framework::{Diagnostic, Diagnostics, Path, Plan};

use self::destroy::plan_destroy;
use super::{Object, note, pkid_of};
use crate::diagnostics::explain;
use crate::fleet::{Cluster, Fleet, Selection};
use crate::resources::{placement, private, time_limits};
use crate::rows::{Blocked, Row};
use crate::rules::{Asked, Change, Existing, full_pattern_at_plan};

/// Checks a finished plan against its publisher, and asks for a replacement where the object moves to
/// another one. A plan that writes nothing asks nothing.
pub(in crate::resources) async fn finish_plan<O: Object>(
    fleet: &Fleet,
    plan: &mut Plan<O>,
) -> Result<(), Diagnostics> {
    if let Some(prior) = &plan.prior
        && let Some(name) = prior.publisher().as_str()
        && let Some(cluster) = fleet.select(name).cluster()
    {
        note(cluster, prior);
    }
    let Some(planned) = &plan.planned else {
        return plan_destroy(fleet, plan).await;
    };
    let Some(name) = planned.publisher().as_str() else {
        if plan.prior.is_some() {
            plan.require_replace("publisher");
        }
        return Ok(());
    };
    if plan.prior.as_ref() == Some(planned) {
        return Ok(());
    }
    match fleet.select(name) {
        Selection::NotConfigured => Err(placement::not_configured(fleet, name)),
        Selection::Unmanaged => Err(placement::unmanaged(name)),
        Selection::Managed(cluster) => {
            let planned = planned.clone();
            let scope = time_limits::reading(planned.timeouts(), &plan.context);
            // Few plans change anything, and all of them would carry the room for it.
            Box::pin(check_change(fleet, &cluster, plan, &planned, &scope)).await
        }
        Selection::NotYetKnown => Ok(()),
    }
}

async fn check_change<O: Object>(
    fleet: &Fleet,
    cluster: &Arc<Cluster>,
    plan: &mut Plan<O>,
    planned: &O,
    scope: &Scope,
) -> Result<(), Diagnostics> {
    let summary = format!("Unable to plan the {}", O::Row::NAME);
    let fail = |error| Diagnostics::from(explain(&error, &summary));
    let prior = plan.prior.clone();
    let mut moves = false;
    if let Some(prior) = &prior
        && prior.publisher() != planned.publisher()
    {
        if relabels(fleet, cluster, prior, scope).await.map_err(fail)? {
            refuse_to_replace_renamed(prior, planned)?;
            note(cluster, prior);
        } else {
            plan.require_replace("publisher");
            moves = true;
        }
    }
    let writes = match (&prior, planned.key()) {
        (Some(prior), Some(_)) => moves || prior.row().ok() != planned.row().ok(),
        _ => true,
    };
    if !writes {
        return Ok(());
    }
    cluster
        .publisher
        .check_writable(scope)
        .await
        .map_err(fail)?;
    let Some(key) = planned.key() else {
        return Ok(());
    };
    if prior.as_ref().and_then(Object::key).as_ref() == Some(&key) {
        return Ok(());
    }
    let own = match &prior {
        Some(prior) => pkid_of(prior),
        None => private::pkid(&plan.private)?,
    };
    let found = O::Row::look_up(
        &cluster.publisher,
        Freshness::Snapshot,
        None,
        Some(&key),
        scope,
    )
    .await
    .map_err(fail)?;
    // Terraform plans again in the middle of an apply, where the create itself finds out whether the key is taken.
    if cluster.operations.have_begun() {
        return Ok(());
    }
    if let Some(row) = found.by_key
        && own.as_ref() != Some(&row.pkid)
    {
        plan.diagnostics
            .extend(Existing::new(cluster, &row).at_plan());
        return Ok(());
    }
    let crowded = O::Row::crowded(cluster, Freshness::Snapshot, own.as_ref(), &key, scope);
    if let Some(Blocked::PatternFull { pattern }) = crowded.await.map_err(fail)? {
        plan.diagnostics
            .push(full_pattern_at_plan(cluster.name(), &pattern));
    }
    Ok(())
}

/// What the rules are asked about: a planned object of a publisher that is managed.
pub(in crate::resources) async fn asked<'a, O: Object>(
    fleet: &'a Fleet,
    cluster: &'a Cluster,
    plan: &Plan<O>,
    planned: &O,
) -> Result<Asked<'a>, Diagnostics> {
    let scope = time_limits::reading(planned.timeouts(), &plan.context);
    let change = match change(plan, planned) {
        Change::Creation if has_a_row(cluster, plan, planned, &scope).await? => Change::Recreation,
        change => change,
    };
    Ok(Asked {
        fleet,
        cluster,
        change,
        scope,
    })
}

/// What Terraform is about to do, as far as it says.
pub(in crate::resources) fn change<O: Object>(plan: &Plan<O>, planned: &O) -> Change {
    let moves = plan.requires_replace.contains(&Path::from("publisher"));
    match &plan.prior {
        None => Change::Creation,
        Some(prior) if !moves && prior == planned => Change::Nothing,
        Some(prior) if moves || prior.row().ok() != planned.row().ok() => Change::Update,
        Some(_) => Change::Nothing,
    }
}

/// Whether an object that is to be created is one that is replaced: Terraform plans tainted objects without their
/// prior state, and in the middle of an apply when their row has gone already.
async fn has_a_row<O: Object>(
    cluster: &Cluster,
    plan: &Plan<O>,
    planned: &O,
    scope: &Scope,
) -> Result<bool, Diagnostics> {
    let is_known = planned
        .id()
        .as_str()
        .is_some_and(|id| O::Row::seen(cluster).has(id));
    if is_known || private::pkid(&plan.private)?.is_some() {
        return Ok(true);
    }
    let Some(key) = planned.key() else {
        return Ok(false);
    };
    let snapshot = Freshness::Snapshot;
    let found = O::Row::look_up(&cluster.publisher, snapshot, None, Some(&key), scope).await;
    Ok(found.is_ok_and(|found| found.by_key.is_some()))
}

/// Terraform deletes what it replaces under the publisher's old name, which nobody can be asked by any more.
fn refuse_to_replace_renamed<O: Object>(prior: &O, planned: &O) -> Result<(), Diagnostics> {
    let (Ok(before), Ok(after)) = (prior.row(), planned.row()) else {
        return Ok(());
    };
    if !before.is_replaced_by(&after) {
        return Ok(());
    }
    let name = |object: &O| object.publisher().as_str().unwrap_or_default().to_owned();
    Err(Diagnostic::error("A renaming and a replacement in one plan")
        .detail(format!(
            "The publisher {:?} is called {:?} now, and the {} {} is also to be replaced. Give it its new \
             `publisher` in an apply of its own, which writes nothing, and make the other change then.",
            name(prior),
            name(planned),
            O::Row::NAME,
            before.key(),
        ))
        .at("publisher")
        .into())
}

/// Whether a changed `publisher` is only another name for the same one: the old name is configured no
/// longer, and the row is there under the same primary key.
async fn relabels<O: Object>(
    fleet: &Fleet,
    cluster: &Cluster,
    prior: &O,
    scope: &Scope,
) -> Result<bool, imp_publisher::Error> {
    let renamed = prior
        .publisher()
        .as_str()
        .is_some_and(|name| matches!(fleet.select(name), Selection::NotConfigured));
    let Some(pkid) = pkid_of(prior).filter(|_| renamed) else {
        return Ok(false);
    };
    let found = O::Row::look_up(
        &cluster.publisher,
        Freshness::Snapshot,
        Some(&pkid),
        None,
        scope,
    )
    .await?;
    Ok(found.by_pkid.is_some())
}
