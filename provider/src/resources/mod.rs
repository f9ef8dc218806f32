//! The resources, one folder each, with the same files in each: schema, model, plan, create, read, update,
//! delete, import. What they share stands beside the folders.

mod fields;
mod import_id;
mod object;
mod placement;
mod private;
pub(crate) mod sip_federation_domain;
pub(crate) mod static_route;
mod time_limits;
