//! Refreshing an object.

use tfplugin_framework::{Diagnostic, Diagnostics, Read};

use super::{Object, note, pkid_of};
use crate::diagnostics::explain;
use crate::fleet::{Cluster, FleetCell, Selection};
use crate::resources::{import_id, placement, private, time_limits};
use crate::rows::{Located, Row, locate};

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
            if fleet.first_time(&format!("not configured {name}")) {
                read.diagnostics.push(
                    Diagnostic::warning(format!("Publisher {name:?} is not configured"))
                        .detail(format!(
                            "The state has objects on publisher {name:?}, which the provider block does not \
                             name. They stay in the state as they are, without being read."
                        ))
                        .at("publisher"),
                );
            }
            Ok(())
        }
    }
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
    if read.after_import && stored.system_owned {
        let key = stored.value.key().to_string();
        return Err(import_id::system_owned(O::Row::NAME, &key));
    }
    let mut state = read.current.clone();
    state.fill(cluster.name(), &stored);
    note(cluster, &state);
    private::set_pkid(&mut read.private, &stored.pkid)?;
    read.state = Some(state);
    Ok(())
}
