//! Refreshing a static route.

use tfplugin_framework::{Diagnostics, Read};

use super::model::Model;
use crate::fleet::FleetCell;
use crate::resources::object;

pub(super) async fn read(cell: &FleetCell, read: &mut Read<Model>) -> Result<(), Diagnostics> {
    object::read(cell, read).await
}
