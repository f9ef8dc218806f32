//! Importing a SIP federated domain.

use tfplugin_framework::{Diagnostics, Import};

use super::model::Model;
use crate::fleet::FleetCell;
use crate::resources::object;

pub(super) async fn import(
    cell: &FleetCell,
    import: &mut Import<Model>,
) -> Result<(), Diagnostics> {
    object::import(cell, import).await
}
