//! IMP211: after a federated domain was written, Cisco XCP Router must be restarted on all nodes of the cluster.
//!
//! Domains keep the time of their last write in private data. The apply that writes warns, and so does each plan after
//! it until every node is seen to run a router that was started later.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use imp_federation_rules::RESTART_PENDING;
use imp_publisher::{Error, Scope};
use tfplugin_framework::{Diagnostic, Diagnostics, Private};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::warning;
use crate::fleet::{Cluster, Fleet, Selection};
use crate::nodes::{ROUTER, Router};

/// The private entry with the time of the last write, in milliseconds since 1970.
const LAST_WRITE: &str = "last_write";

/// The private entry with the name of the publisher that was written to.
const WRITTEN_ON: &str = "last_write_on";

/// The private entry that says that a restart of all nodes was seen since.
const RESTARTED_SINCE: &str = "restarted_since";

/// When a federated domain of a cluster was written last, as far as this process has seen.
#[derive(Debug, Default)]
pub(crate) struct LastWrite(Mutex<Option<SystemTime>>);

impl LastWrite {
    /// The time; `None` where none was seen.
    pub(crate) fn get(&self) -> Option<SystemTime> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, time: SystemTime) {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *last = (*last).max(Some(time));
    }
}

/// Notes with the object that its row was written just now.
pub(crate) fn note_write(cluster: &Cluster, private: &mut Private) -> Result<(), Diagnostics> {
    let now = SystemTime::now();
    cluster.last_write.note(now);
    private.remove(RESTARTED_SINCE);
    private.set(WRITTEN_ON, cluster.name())?;
    Ok(private.set(LAST_WRITE, &milliseconds(now))?)
}

/// Says once, after a domain was created, changed or deleted, that a restart is needed, and where.
pub(crate) async fn warn_of_restart(
    cluster: &Cluster,
    diagnostics: &mut Diagnostics,
    scope: &Scope,
) {
    // A plan of the same process may have said it before, of an earlier write: the apply says it all the same.
    if !cluster.first_time("IMP211 after a write") {
        return;
    }
    // Told at the first contact, so that nobody is asked again.
    let nodes = match cluster.publisher.contact(scope).await {
        Ok(contact) => {
            let installed = contact.nodes.iter().filter(|node| node.is_installed);
            let names: Vec<&str> = installed.map(|node| node.name.as_str()).collect();
            format!("every node of the cluster: {}", names.join(", "))
        }
        Err(_) => "every node of the cluster".to_owned(),
    };
    diagnostics.push(said(
        cluster,
        &format!(
            "SIP federated domains of publisher {:?} have changed. The change counts when {ROUTER} has been restarted \
             on {nodes}.",
            cluster.name()
        ),
    ));
}

/// Says in a plan, once for each node, that a restart is still due since the last write of an object: on the cluster that
/// was written to, also where the object moves to another one. A publisher that is not known any more has a new name.
pub(crate) async fn remind_of_restart(
    fleet: &Fleet,
    cluster: &Arc<Cluster>,
    private: &Private,
    diagnostics: &mut Diagnostics,
    scope: &Scope,
) -> Result<(), Diagnostics> {
    let written_on = private.get::<String>(WRITTEN_ON)?;
    let former = written_on.map(|name| fleet.select(&name));
    let cluster = former
        .as_ref()
        .and_then(Selection::cluster)
        .unwrap_or(cluster);
    let Some(written) = pending_write(cluster, private)? else {
        return Ok(());
    };
    let routers = cluster.look_at_routers(scope).await;
    if let Some(state) = not_restarted(written, routers.as_deref().map(Vec::as_slice))
        && cluster.first_time(&format!("IMP211 {state}"))
    {
        diagnostics.push(said(
            cluster,
            &format!(
                "SIP federated domains of publisher {:?} were changed at {}. The change counts when {ROUTER} has been \
                 restarted on every node of the cluster since. {state}",
                cluster.name(),
                shown(written)
            ),
        ));
    }
    Ok(())
}

/// Notes with the object that every node was restarted since its last write, so that no later plan asks again.
pub(crate) async fn note_restart(
    cluster: &Cluster,
    private: &mut Private,
    scope: &Scope,
) -> Result<(), Diagnostics> {
    let Some(written) = pending_write(cluster, private)? else {
        return Ok(());
    };
    let routers = cluster.look_at_routers(scope).await;
    if routers.is_ok() && not_restarted(written, routers.as_deref().map(Vec::as_slice)).is_none() {
        private.set(RESTARTED_SINCE, &true)?;
    }
    Ok(())
}

/// When the object was written last, unless a restart was seen since.
fn pending_write(cluster: &Cluster, private: &Private) -> Result<Option<SystemTime>, Diagnostics> {
    let Some(milliseconds) = private.get::<u64>(LAST_WRITE)? else {
        return Ok(None);
    };
    let Some(written) = SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(milliseconds))
    else {
        return Ok(None);
    };
    cluster.last_write.note(written);
    Ok((!private.contains(RESTARTED_SINCE)).then_some(written))
}

/// Which nodes are not known to have been restarted after a time, in sentences; `None` where all were.
pub(super) fn not_restarted(
    written: SystemTime,
    routers: Result<&[Router], &Error>,
) -> Option<String> {
    let routers = match routers {
        Ok(routers) => routers,
        Err(error) => return Some(format!("The nodes could not be listed: {error}")),
    };
    let late: Vec<&str> = routers
        .iter()
        .filter(|router| router.started_after(written) == Some(false))
        .map(|router| router.node.as_str())
        .collect();
    let unknown: Vec<String> = routers
        .iter()
        .filter(|router| router.started_after(written).is_none())
        .map(|router| {
            let problem = router.problem.as_deref().unwrap_or("it does not tell");
            format!("{} ({})", router.node, problem.trim_end_matches('.'))
        })
        .collect();
    let mut sentences = Vec::new();
    if !late.is_empty() {
        sentences.push(format!("Not restarted since: {}.", late.join(", ")));
    }
    if !unknown.is_empty() {
        sentences.push(format!("Not known: {}.", unknown.join("; ")));
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// The warning, with the action to copy.
fn said(cluster: &Cluster, what: &str) -> Diagnostic {
    let name = cluster.name();
    let summary = format!("{ROUTER} must be restarted on cluster {name}");
    let detail = format!(
        "{what}\n\nA restart is an outage: all XCP services of a node restart with it. In a maintenance window, restart \
         it in Cisco Unified Serviceability (Tools > Control Center - Network Services), or by an action (Terraform \
         1.14 and later):\n\n  action \"imp_restart_xcp_router\" {name:?} {{\n    config {{\n      publisher = \
         {name:?}\n      confirm   = {name:?}\n    }}\n  }}\n\n  terraform apply \
         -invoke=action.imp_restart_xcp_router.{name}"
    );
    warning(&RESTART_PENDING, summary, detail)
}

fn milliseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| {
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
}

/// As `2026-11-23T08:00:00Z`.
fn shown(time: SystemTime) -> String {
    let time = OffsetDateTime::from(time).replace_nanosecond(0);
    time.ok()
        .and_then(|time| time.format(&Rfc3339).ok())
        .unwrap_or_else(|| "an unknown time".to_owned())
}
