//! The data sources: what publishers have, without managing it.

pub(crate) mod filters;
mod publisher;
mod sip_federation_domain;
mod sip_federation_domains;
mod static_route;
mod static_routes;

pub(crate) use publisher::PublisherData;
pub(crate) use sip_federation_domain::SipFederationDomainData;
pub(crate) use sip_federation_domains::SipFederationDomainsData;
pub(crate) use static_route::StaticRouteData;
pub(crate) use static_routes::StaticRoutesData;
