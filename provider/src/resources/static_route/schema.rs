//! What a user may write for a static route.

use std::str::FromStr;

use imp_publisher::domain::{
    Description, DestinationPattern, DomainName, Invalid, NextHop, Protocol, RouteType,
};
use tfplugin_framework::validators::{between, one_of, parses_as};
use tfplugin_framework::{Attribute, Schema};

use crate::resources::time_limits;

const PROTOCOLS: &[&str] = &[
    Protocol::Tls.as_str(),
    Protocol::Tcp.as_str(),
    Protocol::Udp.as_str(),
];

/// A next hop as a configuration may have it.
struct HostNextHop;

impl FromStr for HostNextHop {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        text.parse::<NextHop>()?.check_host().map(|()| Self)
    }
}

const ROUTE_TYPES: &[&str] = &[RouteType::Domain.as_str(), RouteType::User.as_str()];

pub(super) fn schema() -> Schema {
    let text = || Attribute::string().optional().computed();
    let count = |default: i64, least| {
        Attribute::number()
            .optional()
            .computed()
            .default_value(default)
            .validate(between(least, 65535))
    };
    let switch = |default: bool| {
        Attribute::bool()
            .optional()
            .computed()
            .default_value(default)
    };
    Schema::new(0)
        .describe(
            "A static route: *Presence > Routing > Static Routes*. The defaults are those of a route to a \
             remote domain through a Microsoft server. A primary route has the priority 1, its backups \
             greater ones. The predefined route `.*` is never touched.",
        )
        .attribute(
            "id",
            Attribute::string().computed().describe(
                "`publisher/destination_pattern/next_hop:next_hop_port/protocol`, as an import takes it. It \
                 changes with the attributes.",
            ),
        )
        .attribute(
            "publisher",
            text().describe(
                "The name of the publisher in the provider's `publishers`. May be left out where there is \
                 only one. A change replaces the route, unless the publisher was only renamed.",
            ),
        )
        .attribute(
            "domain",
            text()
                .equal_when(str::eq_ignore_ascii_case)
                .validate(parses_as::<DomainName>())
                .describe(
                    "The remote domain, such as `remote.com`: write \
                     `imp_sip_federation_domain.NAME.domain_name`, so that the route comes after its domain \
                     and goes before it. Either this or `destination_pattern` is needed; null where the \
                     pattern is no plain reversed name. A change replaces the route.",
                ),
        )
        .attribute(
            "destination_pattern",
            text()
                .equal_when(str::eq_ignore_ascii_case)
                .validate(parses_as::<DestinationPattern>())
                .describe(
                    "The reversed domain behind a dot, such as `.com.remote`; planned from `domain` where it \
                     is left out. *Destination Pattern* in the administration page. A change replaces the \
                     route.",
                ),
        )
        .attribute(
            "next_hop",
            Attribute::string()
                .required()
                .equal_when(str::eq_ignore_ascii_case)
                .validate(parses_as::<HostNextHop>())
                .describe(
                    "The address of a specific front-end or Standard Edition server, never of a load \
                     balancer: an IP address, a host name, or the name of a DNS SRV record. *Next Hop* in \
                     the administration page.",
                ),
        )
        .attribute(
            "next_hop_port",
            Attribute::number()
                .optional()
                .computed()
                .validate(between(0, 65535))
                .describe(
                    "1 to 65535; planned as 5061 for TLS and as 5060 for TCP and UDP. 0 means that the next hop \
                     is the name of a DNS SRV record. *Next Hop Port* in the administration page.",
                ),
        )
        .attribute(
            "protocol",
            text()
                .default_value(Protocol::Tls.as_str())
                .validate(one_of(PROTOCOLS))
                .describe(
                    "`TLS` (the default), `TCP` or `UDP`. *Protocol Type* in the administration page.",
                ),
        )
        .attribute(
            "route_type",
            text()
                .default_value(RouteType::Domain.as_str())
                .validate(one_of(ROUTE_TYPES))
                .describe(
                    "`domain` (the default), for patterns that begin with a dot, or `user`. *Route Type* in \
                     the administration page, where the default is *user*.",
                ),
        )
        .attribute(
            "priority",
            count(1, 1).describe(
                "1 to 65535, 1 by default; the lower number wins. *Priority* in the administration page.",
            ),
        )
        .attribute(
            "weight",
            count(1, 1).describe(
                "The share among routes of the same priority, 1 to 65535, 1 by default. *Weight* in the \
                 administration page.",
            ),
        )
        .attribute(
            "allow_less_specific_route",
            switch(true).describe(
                "Whether a less specific route may be used, `true` by default. *Allow Less-Specific Route* \
                 in the administration page.",
            ),
        )
        .attribute(
            "in_service",
            switch(true).describe(
                "Whether the route is used, `true` by default. *In Service* in the administration page.",
            ),
        )
        .attribute(
            "block_route",
            switch(false).describe(
                "Whether messages to the destination are refused, `false` by default. *Block Route* in the \
                 administration page.",
            ),
        )
        .attribute(
            "description",
            Attribute::string()
                .optional()
                .validate(parses_as::<Description>())
                .describe("At most 255 characters. *Description* in the administration page."),
        )
        .attribute(
            "pkid",
            Attribute::string()
                .computed()
                .use_state_for_unknown()
                .describe("The primary key of the row on the publisher."),
        )
        .attribute("timeouts", time_limits::attribute())
}
