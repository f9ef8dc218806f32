//! What the data sources share: choosing publishers and rows.

use std::sync::Arc;

use imp_publisher::Scope;
use tfplugin_framework::{Attribute, Diagnostics, Field, RequestContext};

use crate::fleet::{Cluster, FleetCell};
use crate::resources::{placement, time_limits};

/// The attribute `publisher` of a data source that reads one publisher.
pub(super) fn one_publisher() -> Attribute {
    Attribute::string().optional().computed().describe(
        "The name of the publisher in the provider's `publishers`. May be left out where there is only one.",
    )
}

/// The attribute `publisher` of a data source that reads any number of publishers.
pub(super) fn any_publisher() -> Attribute {
    Attribute::string()
        .optional()
        .describe("Only of the publisher with this name. All managed ones where it is left out.")
}

/// The attribute that lets rows of the publisher's own in.
pub(super) fn include_system_owned() -> Attribute {
    Attribute::bool().optional().describe(
        "Whether to include what the publisher looks after itself: the predefined route `.*` and domains \
         learned by open federation. `false` by default.",
    )
}

/// The one publisher that a data source reads.
pub(super) fn cluster(
    cell: &FleetCell,
    publisher: &Field<String>,
) -> Result<Arc<Cluster>, Diagnostics> {
    let fleet = placement::fleet(cell)?;
    let name = placement::planned(&fleet, publisher, None)?;
    placement::cluster(cell, &name)
}

/// Every publisher that a data source reads.
pub(super) fn clusters(
    cell: &FleetCell,
    publisher: &Field<String>,
) -> Result<Vec<Arc<Cluster>>, Diagnostics> {
    if !publisher.is_null() {
        return Ok(vec![placement::cluster(cell, publisher)?]);
    }
    Ok(placement::fleet(cell)?.managed())
}

/// The limits of a reading.
pub(super) fn scope(context: &RequestContext) -> Scope {
    time_limits::reading(&Field::Null, context)
}
