//! Refreshing an object.

use imp_publisher::{Freshness, Scope};
use tfplugin_framework::{Diagnostic, Diagnostics, Read};
use tokio::task::JoinSet;

use super::{Object, note, pkid_of};
use crate::diagnostics::explain;
use crate::fleet::{Cluster, Fleet, FleetCell, Selection};
use crate::resources::{import_id, placement, private, time_limits};
use crate::rows::{Located, Row, locate};
use crate::rules::note_restart;

/// Reads an object again; one whose publisher cannot be asked stays as it is.
pub(in crate::resources) async fn read<O: Object>(
    cell: &FleetCell,
    read: &mut Read<O>,
) -> Result<(), Diagnostics> {
    let fleet = placement::fleet(cell)?;
    let name = read
        .current
        .publisher()
        .as_str()
        .unwrap_or_default()
        .to_owned();
    match fleet.select(&name) {
        Selection::Managed(cluster) => read_row(&cluster, read).await,
        Selection::NotYetKnown => Ok(()),
        Selection::Unmanaged => {
            if fleet.first_time(&format!("unmanaged {name}")) {
                read.diagnostics.push(
                    Diagnostic::warning(format!("Publisher {name:?} is not managed"))
                        .detail(
                            "It has `managed = false`: its objects stay in the state as they are, without \
                             being read.",
                        )
                        .at("publisher"),
                );
            }
            Ok(())
        }
        Selection::NotConfigured => {
            let scope = time_limits::reading(read.current.timeouts(), &read.context);
            if !is_elsewhere(&fleet, &read.current, &scope).await
                && fleet.first_time(&format!("not configured {name}"))
            {
                read.diagnostics.push(
                    Diagnostic::warning(format!("Publisher {name:?} is not configured"))
                        .detail(format!(
                            "The state has objects on publisher {name:?}, which the provider block does not \
                             name. They stay in the state as they are, without being read. If that publisher \
                             has another name now, write the new name as the `publisher` of its resources; \
                             they are then updated without a request to change anything. If it was left out \
                             by mistake, add it to `publishers`."
                        ))
                        .at("publisher"),
                );
            }
            Ok(())
        }
    }
}

/// Whether a publisher that is configured has the row under its primary key, so that only the name of the
/// publisher has changed. One that cannot be asked does not have it, and says why at its own objects.
async fn is_elsewhere<O: Object>(fleet: &Fleet, current: &O, scope: &Scope) -> bool {
    let Some(pkid) = pkid_of(current) else {
        return false;
    };
    let mut searches = JoinSet::new();
    for cluster in fleet.managed() {
        let (pkid, scope) = (pkid.clone(), scope.clone());
        searches.spawn(async move {
            let snapshot = Freshness::Snapshot;
            O::Row::look_up(&cluster.publisher, snapshot, Some(&pkid), None, &scope)
                .await
                .is_ok_and(|found| found.by_pkid.is_some())
        });
    }
    while let Some(search) = searches.join_next().await {
        if matches!(search, Ok(true)) {
            return true;
        }
    }
    false
}

async fn read_row<O: Object>(cluster: &Cluster, read: &mut Read<O>) -> Result<(), Diagnostics> {
    let pkid = match pkid_of(&read.current) {
        Some(pkid) => Some(pkid),
        None => private::pkid(&read.private)?,
    };
    note(cluster, &read.current);
    let scope = time_limits::reading(read.current.timeouts(), &read.context);
    let located = locate::<O::Row>(cluster, pkid.as_ref(), read.current.key().as_ref(), &scope)
        .await
        .map_err(|error| explain(&error, &format!("Unable to read the {}", O::Row::NAME)))?;
    let stored = match located {
        Located::AsKnown(stored) | Located::UnderNewPkid(stored) => stored,
        Located::Gone if read.after_import => {
            let key = read.current.key().map(|key| key.to_string());
            let wanted = key
                .or(pkid.map(|pkid| pkid.to_string()))
                .unwrap_or_default();
            return Err(import_id::not_found(O::Row::NAME, &wanted, cluster.name()));
        }
        Located::Gone => {
            read.state = None;
            return Ok(());
        }
    };
    if read.after_import
        && let Some(why) = O::Row::unmanageable(&stored)
    {
        let key = stored.value.key().to_string();
        return Err(import_id::unmanageable(O::Row::NAME, &key, why));
    }
    let mut state = read.current.clone();
    state.fill(cluster.name(), &stored);
    note(cluster, &state);
    private::set_pkid(&mut read.private, &stored.pkid)?;
    if O::Row::NEEDS_RESTART {
        note_restart(cluster, &mut read.private, &scope).await?;
    }
    read.state = Some(state);
    Ok(())
}
