//! What a publisher stores, as types that are parsed once: beyond this module there are no raw strings.
//!
//! The rules are those of the publisher's own administration pages (Cisco, *Interdomain Federation for
//! IM and Presence*; *Configuration and Administration of IM and Presence*, static routes). Nothing here
//! knows tables, columns or the wire.

mod description;
mod destination_pattern;
mod domain_name;
mod federated_domain;
mod invalid;
mod next_hop;
mod numbers;
mod pkid;
mod static_route;
mod words;

#[cfg(test)]
mod tests;

pub use description::Description;
pub use destination_pattern::DestinationPattern;
pub use domain_name::DomainName;
pub use federated_domain::FederatedDomain;
pub use invalid::Invalid;
pub use next_hop::NextHop;
pub use numbers::{Port, Priority, Weight};
pub use pkid::Pkid;
pub use static_route::{RouteKey, StaticRoute};
pub use words::{IntegrationType, Protocol, RouteType};
