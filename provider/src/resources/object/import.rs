//! Importing an object that exists.

use tfplugin_framework::{Diagnostic, Diagnostics, Import, ImportTarget};

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
    let ImportTarget::Id(id) = &import.target else {
        return Err(Diagnostic::error("Import by identity is not supported")
            .detail(format!("Write `id` with {}.", O::IMPORT_FORM))
            .into());
    };
    let ImportId { publisher, row } = import_id::parse(&fleet, id, O::IMPORT_FORM)?;
    placement::cluster(cell, &publisher.as_str().into())?;
    let object = match row {
        RowId::Pkid(pkid) => O::to_be_read(&publisher, Some(&pkid), None),
        RowId::Key(key) => O::to_be_read(&publisher, None, Some(key)),
    };
    import.state = Some(object.map_err(|why| import_id::invalid(id, &why, O::IMPORT_FORM))?);
    Ok(())
}
