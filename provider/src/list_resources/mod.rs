//! The list resources: what `terraform query` finds on publishers, ready to be imported.

mod sip_federation_domains;
mod static_routes;

pub(crate) use sip_federation_domains::SipFederationDomainList;
pub(crate) use static_routes::StaticRouteList;
