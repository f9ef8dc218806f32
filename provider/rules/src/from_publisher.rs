//! Rules that need the publisher's word.

use crate::{Rule, Severity, Told};

pub(crate) const RULES: &[Rule] = &[
    EMAIL_ADDRESS_FOR_FEDERATION,
    EMAIL_ADDRESS_NOT_READABLE,
    OWN_PROXY_DOMAIN,
    DOMAIN_EXISTS,
    LEARNED_DOMAIN,
    XMPP_DOMAIN,
    PATTERN_LIMIT,
    ROUTE_EXISTS,
    PARTITIONED_FEDERATION_OFF,
    NO_TLS_PEER_SUBJECT,
    RESTART_PENDING,
];

/// IMP201.
pub const EMAIL_ADDRESS_FOR_FEDERATION: Rule = Rule {
    code: "IMP201",
    name: "email-address-for-federation",
    title: "Email Address for Federation is enabled",
    severity: Severity::Error,
    told: Told::Provider,
    explanation: "*Email Address for Federation* is on in this cluster. Cisco does not support it where \
        interdomain federation goes through the company's own Microsoft servers, nor beside partitioned intradomain \
        federation, and asks to confirm that it is not enabled anywhere in the deployment: on another cluster it counts \
        as well.\n\n\
        It is an error where a domain with the integration type `ocs_lync` and direct federation is created or \
        changed, a warning where such a domain stays as it is, and nothing where one is destroyed. Every publisher \
        that the run uses is asked.",
    remedy: "Turn it off in the administration of that cluster: *Presence > Settings > Standard Configuration*. Then plan again.",
    example: None,
};

/// IMP202.
pub const EMAIL_ADDRESS_NOT_READABLE: Rule = Rule {
    code: "IMP202",
    name: "email-address-not-readable",
    title: "Whether Email Address for Federation is enabled cannot be told",
    severity: Severity::Warning,
    told: Told::Provider,
    explanation: "*Email Address for Federation* must be off where federation goes through the company's own Microsoft \
        servers. The schema profile does not say where this release keeps that setting, or what is kept there is \
        not understood, so that the provider cannot look. It says so once in each run.",
    remedy: "Look by hand, on each cluster: *Presence > Settings > Standard Configuration*. Name the place in the profile's `settings`, as \
        `email_address_for_federation`, and the provider looks from then on.",
    example: None,
};

/// IMP203.
pub const OWN_PROXY_DOMAIN: Rule = Rule {
    code: "IMP203",
    name: "own-proxy-domain",
    title: "The domain is the cluster's own proxy domain",
    severity: Severity::Error,
    told: Told::Provider,
    explanation: "A federated domain is a remote one. The publisher refuses its own SIP proxy domain: *A federated domain \
        must be different than the proxy domain*.",
    remedy: "Write the remote domain as `domain_name`. The proxy domain is shown by the data source `imp_publisher`, \
        and in the administration under *System > Service Parameters > Cisco SIP Proxy*.",
    example: None,
};

/// IMP204.
pub const DOMAIN_EXISTS: Rule = Rule {
    code: "IMP204",
    name: "domain-exists",
    title: "The SIP federated domain exists already",
    severity: Severity::Warning,
    told: Told::Provider,
    explanation: "The publisher already has a SIP federated domain with this name. At plan this is a warning, since the \
        plan may remove or rename the resource that has it: Terraform tells a provider one object at a time. An \
        apply that finds the domain still there fails, and changes nothing.",
    remedy: "To manage the existing domain, import it.",
    example: Some(
        "import {\n  to = imp_sip_federation_domain.remote\n  id = \"emea/remote.com\"\n}",
    ),
};

/// IMP205.
pub const LEARNED_DOMAIN: Rule = Rule {
    code: "IMP205",
    name: "learned-domain",
    title: "The domain was learned by SIP Open Federation",
    severity: Severity::Error,
    told: Told::Provider,
    explanation: "With SIP Open Federation (12.5(1)SU3 and later) the publisher adds domains that it meets in traffic to \
        its list of SIP federated domains, and may change or remove them at any time. Such a row cannot be managed \
        here, and while it is there no other domain can have its name.",
    remedy: "Delete the learned domain under *Presence > Inter-Domain Federation > SIP Federation*, and apply before it \
        is learned again. Where the domain is fine as it was learned, remove the resource.",
    example: None,
};

/// IMP206.
pub const XMPP_DOMAIN: Rule = Rule {
    code: "IMP206",
    name: "xmpp-domain",
    title: "The domain is federated over XMPP",
    severity: Severity::Error,
    told: Told::Provider,
    explanation: "A domain is federated either over SIP or over XMPP, not over both, and the publisher has a row for this \
        domain as an XMPP one. It is managed by other pages of the administration, and cannot be imported here.",
    remedy: "Remove the domain from XMPP federation first, under *Presence > Inter-Domain Federation > XMPP Federation*, \
        or remove the resource.",
    example: None,
};

/// IMP207.
pub const PATTERN_LIMIT: Rule = Rule {
    code: "IMP207",
    name: "pattern-limit",
    title: "The destination pattern has as many static routes as it may have",
    severity: Severity::Warning,
    told: Told::Provider,
    explanation: "Up to 100 static routes may have the same destination pattern, and this one has them. At plan this is a \
        warning, since the plan may remove some of them. An apply that finds no place free fails with the \
        publisher's words: *A maximum of 100 static routes with the same destination pattern may be assigned*.",
    remedy: "Remove routes that are not needed any more, or give some of them a longer pattern, such as that of a host.",
    example: None,
};

/// IMP208.
pub const ROUTE_EXISTS: Rule = Rule {
    code: "IMP208",
    name: "route-exists",
    title: "The static route exists already",
    severity: Severity::Warning,
    told: Told::Provider,
    explanation: "The publisher already has a static route with this destination pattern, next hop, port and protocol, \
        which together are unique. At plan this is a warning, since the plan may remove or change the resource that \
        has it: Terraform tells a provider one object at a time. An apply that finds the route still there fails, \
        and changes nothing.",
    remedy: "To manage the existing route, import it.",
    example: Some(
        "import {\n  to = imp_static_route.primary\n  id = \"emea/.com.remote/10.20.0.15:5061/TLS\"\n}",
    ),
};

/// IMP209.
pub const PARTITIONED_FEDERATION_OFF: Rule = Rule {
    code: "IMP209",
    name: "partitioned-federation-off",
    title: "Partitioned Intradomain Federation is off",
    severity: Severity::Warning,
    told: Told::Provider,
    explanation: "A domain with direct federation is reached through the company's own Microsoft servers. This is meant \
        for deployments in which these servers and IM and Presence share their domains, with *Partitioned \
        Intradomain Federation* enabled, and in this cluster it is off.",
    remedy: "Enable *Partitioned Intradomain Federation with LCS/OCS/Lync* under *Presence > Settings > Standard \
        Configuration*, or write `direct_federation = false` where the domain is reached without the company's own \
        Microsoft servers.",
    example: None,
};

/// IMP210.
pub const NO_TLS_PEER_SUBJECT: Rule = Rule {
    code: "IMP210",
    name: "no-tls-peer-subject",
    title: "The TLS next hop is not a TLS peer subject",
    severity: Severity::Warning,
    told: Told::Provider,
    explanation: "IM and Presence talks TLS only to peers whose certificates bear a subject that it knows, and the \
        publisher has no TLS peer subject that matches this next hop. A next hop that is an IP address cannot be \
        compared with the names in certificates; then it is only noticed that there is no TLS peer subject at all.",
    remedy: "Add the subject common name of the server's certificate under *System > Security > TLS Peer Subjects*, and \
        select it in the *TLS Context Configuration*. The provider does not manage TLS peer subjects.",
    example: None,
};

/// IMP211.
pub const RESTART_PENDING: Rule = Rule {
    code: "IMP211",
    name: "restart-pending",
    title: "Cisco XCP Router must be restarted",
    severity: Severity::Warning,
    told: Told::Provider,
    explanation: "After a SIP federated domain is added, changed or deleted, *Cisco XCP Router* has to be restarted on \
        every IM and Presence node of the cluster. Until then the change does not count. The provider never \
        restarts anything unasked, since all XCP services of a node restart with the router, which is an \
        outage.\n\n\
        The warning is given once for each publisher by the apply that writes, and by each plan after it until every \
        node is seen to have started its router later than the last write of a domain. Each node is asked under its \
        own name, or where the provider's `node_addresses` says, and one that cannot be asked counts as not restarted. A deleted domain leaves nothing in the state, \
        so that its apply alone warns. Changes to `force_destroy` and `timeouts` write nothing, and need no restart; \
        neither do static routes.",
    remedy: "In a maintenance window, restart the router on all nodes: by *Cisco Unified Serviceability > Tools > Control \
        Center - Network Services*, or by the action `imp_restart_xcp_router` (Terraform 1.14 and later).",
    example: Some(
        "action \"imp_restart_xcp_router\" \"emea\" {\n  config {\n    publisher = \"emea\"\n    confirm   = \
         \"emea\"\n  }\n}\n\n# terraform apply -invoke=action.imp_restart_xcp_router.emea",
    ),
};
