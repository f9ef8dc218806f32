//! Rules that the attributes of one object decide.

use crate::{Rule, Severity, Told};

pub(crate) const RULES: &[Rule] = &[
    PORT_OF_THE_OTHER_TRANSPORT,
    SRV_PORT_WITH_ADDRESS,
    LOAD_BALANCER_NEXT_HOP,
    NAMED_NEXT_HOP,
    TCP_TOWARDS_MICROSOFT,
    CERTIFICATE_NOT_VERIFIED,
];

/// IMP101.
pub const PORT_OF_THE_OTHER_TRANSPORT: Rule = Rule {
    code: "IMP101",
    name: "port-of-the-other-transport",
    title: "The port is not the usual one of the transport",
    severity: Severity::Warning,
    told: Told::Both,
    explanation: "Cisco's guides give 5061 as the *Next Hop Port* of a static route with the *Protocol Type* TLS, and \
        5060 for TCP. Microsoft's servers listen on these ports unless somebody has changed them. A route that \
        reaches the wrong port fails only when the first message is sent.\n\n\
        5062 is a listener of IM and Presence itself, for peers that authenticate themselves. It is never the port of \
        a next hop.",
    remedy: "Leave `next_hop_port` out: it is planned from `protocol`. Where the next hop does listen elsewhere, keep \
        the port and ignore the warning.",
    example: Some(
        "resource \"imp_static_route\" \"primary\" {\n  domain   = imp_sip_federation_domain.remote.domain_name\n  \
         next_hop = \"10.20.0.15\"\n  protocol = \"TLS\" # next_hop_port is planned as 5061\n}",
    ),
};

/// IMP102.
pub const SRV_PORT_WITH_ADDRESS: Rule = Rule {
    code: "IMP102",
    name: "srv-port-with-address",
    title: "Port 0 needs the name of a DNS SRV record",
    severity: Severity::Error,
    told: Told::Both,
    explanation: "A *Next Hop Port* of 0 says that the next hop is a DNS SRV record, which tells the host and the port. \
        There is no SRV record of an IP address, so that such a route leads nowhere.",
    remedy: "Write the name of the SRV record as `next_hop`, or leave `next_hop_port` out, and it is planned from \
        `protocol`.",
    example: None,
};

/// IMP103.
pub const LOAD_BALANCER_NEXT_HOP: Rule = Rule {
    code: "IMP103",
    name: "load-balancer-next-hop",
    title: "The next hop is a load balancer",
    severity: Severity::Error,
    told: Told::Both,
    explanation: "Cisco does not support the load balancer in front of Microsoft's front-end servers as the next hop of \
        a static route: the route has to bypass it. The provider's `load_balancers` lists what must not be a next \
        hop, and this route leads to one of them.\n\n\
        Names and addresses are compared as they are written, in whatever case; the provider resolves no names. A \
        route that led there before it was listed is left alone until it is changed.",
    remedy: "Write the IP address of a specific front-end server (Enterprise Edition) or of a specific Standard Edition \
        server. For high availability add a second route to another server, with a greater `priority` number.",
    example: Some(
        "resource \"imp_static_route\" \"primary\" {\n  domain   = imp_sip_federation_domain.remote.domain_name\n  \
         next_hop = \"10.20.0.15\" # a front-end server\n}\n\nresource \"imp_static_route\" \"backup\" {\n  domain   \
         = imp_sip_federation_domain.remote.domain_name\n  next_hop = \"10.20.0.16\" # another one\n  priority = 2\n}",
    ),
};

/// IMP104.
pub const NAMED_NEXT_HOP: Rule = Rule {
    code: "IMP104",
    name: "named-next-hop",
    title: "The next hop of a direct-federation domain is a name",
    severity: Severity::Warning,
    told: Told::Both,
    explanation: "For a domain with *Direct Federation*, Cisco's guide asks for the IP address of a specific front-end or \
        Standard Edition server. A name may be that of a pool, which DNS resolves to a load balancer, and load \
        balancers are not supported as next hops.",
    remedy: "Write the IP address of the server as `next_hop`. Where the name is certain to be that of one server, keep \
        it and ignore the warning.",
    example: None,
};

/// IMP105.
pub const TCP_TOWARDS_MICROSOFT: Rule = Rule {
    code: "IMP105",
    name: "tcp-towards-microsoft",
    title: "TCP towards OCS, Lync or Skype for Business",
    severity: Severity::Warning,
    told: Told::Both,
    explanation: "The route leads to Microsoft servers without encryption: what users write passes the network in clear \
        text. Microsoft's servers take SIP over TCP only where that was enabled for them, and with Lync Cisco's guide \
        for partitioned intradomain federation supports TLS alone.",
    remedy: "Write `protocol = \"TLS\"` and exchange certificates with the Microsoft servers. Keep TCP, and ignore the \
        warning, where it is agreed with those who run the Microsoft servers.",
    example: None,
};

/// IMP106.
pub const CERTIFICATE_NOT_VERIFIED: Rule = Rule {
    code: "IMP106",
    name: "certificate-not-verified",
    title: "The publisher's certificate is not verified",
    severity: Severity::Warning,
    told: Told::Provider,
    explanation: "`insecure_skip_verify` is on: the provider accepts whatever certificate the other end shows. Anybody \
        in between can read the password of the AXL user and change what is written.",
    remedy: "Set `ca_certificate` to the PEM file of the publisher's certificate, or of the authority that signed it, \
        and remove `insecure_skip_verify`. Set `tls_server_name` where the certificate has another name than \
        `address`.",
    example: Some(
        "provider \"imp\" {\n  publishers = {\n    emea = { address = \"imp-pub.emea.example.com\", ca_certificate = \
         \"emea-tomcat.pem\" }\n  }\n}",
    ),
};
