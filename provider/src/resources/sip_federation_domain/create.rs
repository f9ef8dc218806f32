//! Creating a SIP federated domain.

use tfplugin_framework::{Create, Diagnostics};

use super::model::Model;
use crate::fleet::FleetCell;
use crate::resources::{object, placement};
use crate::rows::name_key;

pub(super) async fn create(
    cell: &FleetCell,
    create: &mut Create<Model>,
) -> Result<(), Diagnostics> {
    let cluster = placement::cluster(cell, &create.plan.publisher)?;
    let (work, stored) = object::create(&cluster, create, || async { Ok(None) }).await?;
    work.release(name_key(&stored.value.domain_name));
    Ok(())
}
