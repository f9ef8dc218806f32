//! Deleting a static route.

use tfplugin_framework::timeouts::Operation;
use tfplugin_framework::{Delete, Diagnostics};

use super::model::Model;
use crate::fleet::FleetCell;
use crate::resources::{object, placement, time_limits};
use crate::rows::Work;

pub(super) async fn delete(
    cell: &FleetCell,
    delete: &mut Delete<Model>,
) -> Result<(), Diagnostics> {
    let cluster = placement::cluster(cell, &delete.prior.publisher)?;
    object::note(&cluster, &delete.prior);
    let id = delete.prior.id.as_str().unwrap_or_default();
    let work = Work::begin(
        &cluster,
        &delete.context,
        time_limits::of(&delete.prior.timeouts, Operation::Delete),
        format!("Unable to delete the static route {id}"),
    );
    let pkid = object::pkid_to_delete(delete)?;
    object::delete_row(&cluster, &work, pkid.as_ref(), &delete.prior).await
}
