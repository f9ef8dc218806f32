//! A static route, and what makes it unique.

use std::fmt;

use super::{
    Description, DestinationPattern, DomainName, NextHop, Port, Priority, Protocol, RouteType,
    Weight,
};

/// A static route: *Presence > Routing > Static Routes*.
#[derive(Clone, Debug, Eq, PartialEq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "three independent check boxes of one page"
)]
pub struct StaticRoute {
    /// *Destination Pattern*.
    pub destination_pattern: DestinationPattern,
    /// *Description*.
    pub description: Option<Description>,
    /// *Next Hop*.
    pub next_hop: NextHop,
    /// *Next Hop Port*.
    pub next_hop_port: Port,
    /// *Route Type*.
    pub route_type: RouteType,
    /// *Protocol Type*.
    pub protocol: Protocol,
    /// *Priority*: the lower number wins.
    pub priority: Priority,
    /// *Weight*: the share among routes of the same priority.
    pub weight: Weight,
    /// *Allow Less-Specific Route*.
    pub allow_less_specific_route: bool,
    /// *In Service*.
    pub in_service: bool,
    /// *Block Route*.
    pub block_route: bool,
}

/// What is unique among the static routes of a cluster: a primary route and its backups share the pattern.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct RouteKey {
    /// The destination pattern.
    pub destination_pattern: DestinationPattern,
    /// The next hop.
    pub next_hop: NextHop,
    /// The port of the next hop.
    pub next_hop_port: Port,
    /// The transport.
    pub protocol: Protocol,
}

impl StaticRoute {
    /// How many routes may share a destination pattern.
    pub const MAX_PER_PATTERN: usize = 100;

    /// What makes the route unique.
    pub fn key(&self) -> RouteKey {
        RouteKey {
            destination_pattern: self.destination_pattern.clone(),
            next_hop: self.next_hop.clone(),
            next_hop_port: self.next_hop_port,
            protocol: self.protocol,
        }
    }

    /// Whether the route belongs to `domain`, given every federated domain of the cluster: a route belongs
    /// to the domain whose reversed name is the longest prefix of its pattern, label by label.
    pub fn belongs_to<'a>(
        &self,
        domain: &DomainName,
        all: impl IntoIterator<Item = &'a DomainName>,
    ) -> bool {
        self.destination_pattern.owner(all) == Some(domain)
    }
}

impl fmt::Display for RouteKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            destination_pattern,
            next_hop,
            next_hop_port,
            protocol,
        } = self;
        if next_hop.as_str().contains(':') {
            write!(
                formatter,
                "{destination_pattern}/[{next_hop}]:{next_hop_port}/{protocol}"
            )
        } else {
            write!(
                formatter,
                "{destination_pattern}/{next_hop}:{next_hop_port}/{protocol}"
            )
        }
    }
}
