//! Importing an object that exists.

use tfplugin_framework::{Diagnostics, Import, ImportTarget};

use super::Object;
use crate::fleet::FleetCell;
use crate::resources::import_id::{self, ImportId, RowId};
use crate::resources::placement;

/// Finds out where the object is; the read that follows does the rest.
pub(in crate::resources) async fn import<O: Object>(
    cell: &FleetCell,
    import: &mut Import<O>,
) -> Result<(), Diagnostics> {
    let fleet = placement::fleet(cell)?;
    let id = match &import.target {
        ImportTarget::Id(id) => id,
        ImportTarget::Identity(identity) => {
            let object = O::of_identity(identity, &fleet.names().unwrap_or_default())?;
            placement::cluster(cell, object.publisher())?;
            // What cannot be parsed would otherwise be looked for in vain.
            if object.key().is_none() {
                object.row().map(drop)?;
            }
            import.state = Some(object);
            return Ok(());
        }
    };
    let names = fleet.names().unwrap_or_default();
    let ImportId { publisher, row } = import_id::parse(&names, id, O::IMPORT_FORM)?;
    placement::cluster(cell, &publisher.as_str().into())?;
    let object = match row {
        RowId::Pkid(pkid) => O::to_be_read(&publisher, Some(&pkid), None),
        RowId::Key(key) => O::to_be_read(&publisher, None, Some(key)),
    };
    import.state = Some(object.map_err(|why| import_id::invalid(id, &why, O::IMPORT_FORM))?);
    Ok(())
}
