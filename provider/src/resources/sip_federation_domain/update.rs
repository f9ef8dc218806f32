//! Updating a SIP federated domain in place.

use tfplugin_framework::{Diagnostics, Update};

use super::model::Model;
use crate::fleet::FleetCell;
use crate::resources::object;

pub(super) async fn update(
    cell: &FleetCell,
    update: &mut Update<Model>,
) -> Result<(), Diagnostics> {
    object::update(cell, update).await
}
