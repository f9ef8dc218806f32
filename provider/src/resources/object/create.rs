//! Creating an object.

use std::future::Future;

use imp_publisher::domain::Pkid;
use imp_publisher::{Error, Freshness, Scope, Stored};
use tfplugin_framework::timeouts::Operation;
use tfplugin_framework::{Create, Diagnostic, Diagnostics};

use super::{Object, key_taken, note};
use crate::fleet::Cluster;
use crate::resources::{private, time_limits};
use crate::rows::{Blocked, Row, Work};
use crate::rules::{note_write, warn_of_restart};

/// Creates the row of an object, when its natural key is free and `obstacle` finds nothing else in the way.
pub(in crate::resources) async fn create<'a, O, F, Fut>(
    cluster: &'a Cluster,
    create: &mut Create<O>,
    obstacle: F,
) -> Result<(Work<'a>, Stored<O::Row>), Diagnostics>
where
    O: Object,
    F: Fn() -> Fut,
    Fut: Future<Output = Result<Option<Blocked>, Error>>,
{
    let row = create.plan.row()?;
    let key = row.key();
    let work = Work::begin(
        cluster,
        &create.context,
        time_limits::of(create.plan.timeouts(), Operation::Create),
        format!("Unable to create the {} {key}", O::Row::NAME),
    );
    let pkid = Pkid::random();
    let stored = loop {
        work.wait_until_clear(|| async {
            match obstacle().await? {
                Some(blocked) => Ok(Some(blocked)),
                None => match key_taken::<O>(cluster, Some(&pkid), &key, work.scope()).await? {
                    Some(blocked) => Ok(Some(blocked)),
                    None => crowded::<O>(cluster, &key, work.scope()).await,
                },
            }
        })
        .await?;
        match row.create(&cluster.publisher, &pkid, work.scope()).await {
            Ok(stored) => break stored,
            // Somebody took the key between the reading and the write; the next reading shows who.
            Err(Error::Duplicate { .. }) => {}
            Err(error) => {
                if error.may_have_taken_effect() {
                    let unconfirmed = Stored {
                        pkid: pkid.clone(),
                        value: row.clone(),
                        system_owned: false,
                    };
                    keep(cluster, create, &unconfirmed)?;
                }
                return Err(work.explain(&error));
            }
        }
    };
    keep(cluster, create, &stored)?;
    if O::Row::NEEDS_RESTART {
        warn_of_restart(cluster, &mut create.diagnostics, work.scope()).await;
    }
    if stored.value != row {
        create
            .diagnostics
            .push(stored_otherwise::<O>(cluster, &row));
    }
    Ok((work, stored))
}

/// Whether there is no place for one more row. The last reading of the table is asked first: it seldom is so.
async fn crowded<O: Object>(
    cluster: &Cluster,
    key: &<O::Row as Row>::Key,
    scope: &Scope,
) -> Result<Option<Blocked>, Error> {
    match O::Row::crowded(cluster, Freshness::Snapshot, None, key, scope).await? {
        Some(_) => O::Row::crowded(cluster, Freshness::Fresh, None, key, scope).await,
        None => Ok(None),
    }
}

/// Puts the object into the state, with what was planned.
fn keep<O: Object>(
    cluster: &Cluster,
    create: &mut Create<O>,
    stored: &Stored<O::Row>,
) -> Result<(), Diagnostics> {
    let mut state = create.plan.clone();
    let planned = Stored {
        pkid: stored.pkid.clone(),
        value: create.plan.row()?,
        system_owned: false,
    };
    state.fill(cluster.name(), &planned);
    note(cluster, &state);
    private::set_pkid(&mut create.private, &stored.pkid)?;
    if O::Row::NEEDS_RESTART {
        note_write(cluster, &mut create.private)?;
    }
    create.state = Some(state);
    Ok(())
}

/// The publisher did not keep what it was sent.
pub(super) fn stored_otherwise<O: Object>(cluster: &Cluster, row: &O::Row) -> Diagnostic {
    Diagnostic::warning(format!("The {} {} was stored otherwise", O::Row::NAME, row.key())).detail(
        format!(
            "Publisher {:?} took the row, but what it stored differs from what was sent. The next plan shows \
             the difference.",
            cluster.name()
        ),
    )
}
