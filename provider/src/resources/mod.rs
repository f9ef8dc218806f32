//! The resources, one folder each, with the same files in each: schema, model, plan, create, read, update,
//! delete, import. What they share stands beside the folders.

pub(crate) mod fields;
pub(crate) mod import_id;
pub(crate) mod object;
pub(crate) mod placement;
mod private;
pub(crate) mod sip_federation_domain;
pub(crate) mod static_route;
pub(crate) mod time_limits;
