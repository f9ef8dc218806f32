//! Updating an object in place.

use imp_publisher::Error;
use imp_publisher::domain::Pkid;
use tfplugin_framework::timeouts::Operation;
use tfplugin_framework::{Diagnostic, Diagnostics, Update};

use super::create::stored_otherwise;
use super::{Object, key_taken, note, pkid_of};
use crate::fleet::FleetCell;
use crate::resources::{placement, private, time_limits};
use crate::rows::{Row, Work, row_key};
use crate::rules::{note_write, warn_of_restart};

/// Changes the row of an object from its prior state to the plan. Where only attributes that Terraform
/// keeps for itself change, nothing is written.
pub(in crate::resources) async fn update<O: Object>(
    cell: &FleetCell,
    update: &mut Update<O>,
) -> Result<(), Diagnostics> {
    let cluster = placement::cluster(cell, update.plan.publisher())?;
    let prior = update.prior.row()?;
    let row = update.plan.row()?;
    let pkid = pkid_of(&update.prior).ok_or_else(|| missing_pkid(O::Row::NAME))?;
    if prior != row {
        let work = Work::begin(
            &cluster,
            &update.context,
            time_limits::of(update.plan.timeouts(), Operation::Update),
            format!("Unable to update the {} {}", O::Row::NAME, prior.key()),
        );
        let new_key = row.key();
        if prior.key() != new_key {
            work.wait_until_clear(|| key_taken::<O>(&cluster, Some(&pkid), &new_key, work.scope()))
                .await?;
        }
        let stored = row
            .update(&cluster.publisher, &pkid, &prior, work.scope())
            .await;
        if O::Row::NEEDS_RESTART
            && stored
                .as_ref()
                .map_or_else(Error::may_have_taken_effect, |_| true)
        {
            note_write(&cluster, &mut update.private)?;
        }
        let stored = stored.map_err(|error| work.explain(&error))?;
        if prior.key() != new_key {
            work.release(row_key(&pkid));
        }
        if O::Row::NEEDS_RESTART {
            warn_of_restart(&cluster, &mut update.diagnostics, work.scope()).await;
        }
        if stored.value != row {
            update
                .diagnostics
                .push(stored_otherwise::<O>(&cluster, &row));
        }
    }
    finish(update, &pkid)?;
    note(&cluster, &update.state);
    Ok(())
}

fn finish<O: Object>(update: &mut Update<O>, pkid: &Pkid) -> Result<(), Diagnostics> {
    update.state = update.plan.clone();
    private::set_pkid(&mut update.private, pkid)
}

fn missing_pkid(name: &str) -> Diagnostics {
    Diagnostic::error(format!("The state of this {name} has no pkid"))
        .detail("Run `terraform apply -refresh-only`, which finds the row again, and then repeat the change.")
        .into()
}
