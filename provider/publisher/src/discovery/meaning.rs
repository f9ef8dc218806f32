//! What there is to find: the fields of the two administration pages.

/// One of the two objects.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Object {
    /// A SIP federated domain.
    FederatedDomain,
    /// A static route.
    StaticRoute,
}

/// What a column means: a field of an administration page, or the primary key.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Meaning {
    /// The primary key.
    Pkid,
    /// *Domain Name*.
    DomainName,
    /// *Destination Pattern*.
    DestinationPattern,
    /// *Description*.
    Description,
    /// *Integration Type*.
    IntegrationType,
    /// *Direct Federation*.
    DirectFederation,
    /// *Next Hop*.
    NextHop,
    /// *Next Hop Port*.
    NextHopPort,
    /// *Route Type*.
    RouteType,
    /// *Protocol Type*.
    Protocol,
    /// *Priority*.
    Priority,
    /// *Weight*.
    Weight,
    /// *Allow Less-Specific Route*.
    AllowLessSpecificRoute,
    /// *In Service*.
    InService,
    /// *Block Route*.
    BlockRoute,
}

/// What a column can hold.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Text,
    Number,
    Switch,
    Other,
}

impl Object {
    /// Both.
    pub const ALL: [Self; 2] = [Self::FederatedDomain, Self::StaticRoute];

    /// Its key in a schema profile.
    pub fn key(self) -> &'static str {
        match self {
            Self::FederatedDomain => "federated_domain",
            Self::StaticRoute => "static_route",
        }
    }

    /// What its table must have columns for.
    pub fn meanings(self) -> &'static [Meaning] {
        match self {
            Self::FederatedDomain => &[
                Meaning::Pkid,
                Meaning::DomainName,
                Meaning::Description,
                Meaning::IntegrationType,
                Meaning::DirectFederation,
            ],
            Self::StaticRoute => &[
                Meaning::Pkid,
                Meaning::DestinationPattern,
                Meaning::Description,
                Meaning::NextHop,
                Meaning::NextHopPort,
                Meaning::RouteType,
                Meaning::Protocol,
                Meaning::Priority,
                Meaning::Weight,
                Meaning::AllowLessSpecificRoute,
                Meaning::InService,
                Meaning::BlockRoute,
            ],
        }
    }
}

impl Meaning {
    /// Its key in a schema profile.
    pub fn key(self) -> &'static str {
        match self {
            Self::Pkid => "pkid",
            Self::DomainName => "domain_name",
            Self::DestinationPattern => "destination_pattern",
            Self::Description => "description",
            Self::IntegrationType => "integration_type",
            Self::DirectFederation => "direct_federation",
            Self::NextHop => "next_hop",
            Self::NextHopPort => "next_hop_port",
            Self::RouteType => "route_type",
            Self::Protocol => "protocol",
            Self::Priority => "priority",
            Self::Weight => "weight",
            Self::AllowLessSpecificRoute => "allow_less_specific_route",
            Self::InService => "in_service",
            Self::BlockRoute => "block_route",
        }
    }

    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Pkid
            | Self::DomainName
            | Self::DestinationPattern
            | Self::Description
            | Self::NextHop => Kind::Text,
            Self::IntegrationType
            | Self::NextHopPort
            | Self::RouteType
            | Self::Protocol
            | Self::Priority
            | Self::Weight => Kind::Number,
            Self::DirectFederation
            | Self::AllowLessSpecificRoute
            | Self::InService
            | Self::BlockRoute => Kind::Switch,
        }
    }

    /// What the name of such a column may have in it, the most telling first.
    pub(super) fn hints(self) -> &'static [&'static str] {
        match self {
            Self::Pkid => &["pkid"],
            Self::DomainName => &["domainname", "domain"],
            Self::DestinationPattern => &["destinationpattern", "pattern", "destination"],
            Self::Description => &["description", "descr", "displaytext", "comment"],
            Self::IntegrationType => &["fedprotocol", "federationtype", "integration"],
            Self::DirectFederation => &["directfed", "direct"],
            Self::NextHop => &["nexthop", "hop", "gateway", "host"],
            Self::NextHopPort => &["nexthopport", "hopport", "port"],
            Self::RouteType => &["routetype", "routekind"],
            Self::Protocol => &["sipprotocol", "protocol", "transport"],
            Self::Priority => &["priority", "prio"],
            Self::Weight => &["weight"],
            Self::AllowLessSpecificRoute => &["lessspecific", "specific"],
            Self::InService => &["inservice", "service", "active"],
            Self::BlockRoute => &["blockroute", "block"],
        }
    }
}
