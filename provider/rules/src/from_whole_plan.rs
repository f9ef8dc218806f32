//! Rules that only a look at a whole plan decides.

use crate::{Rule, Severity, Told};

pub(crate) const RULES: &[Rule] = &[
    WINDOW_WITHOUT_ROUTE,
    NO_BACKUP,
    NO_PRIMARY,
    EQUAL_PRIORITIES,
    SHARED_NEXT_HOP,
    DOMAIN_MISSING_ON_CLUSTERS,
    BACKUP_MISSING_ON_CLUSTERS,
    PRIMARY_AND_BACKUP_TOGETHER,
    LAST_ROUTE_REMOVED,
    EVERY_CLUSTER_AT_ONCE,
    LITERAL_DOMAIN,
    RESTART_NEEDED,
];

/// IMP301.
pub const WINDOW_WITHOUT_ROUTE: Rule = Rule {
    code: "IMP301",
    name: "window-without-route",
    title: "A domain has no route while the plan is applied",
    severity: Severity::Warning,
    told: Told::Review,
    explanation: "Every static route of the domain is deleted or replaced by this plan. Between the deletion and the \
        creation messages to the domain find no route, and if the apply fails in between, it stays so.",
    remedy: "Change one route at a time, in applies of their own, so that another always leads to the domain. Where the \
        domain itself is replaced this cannot be avoided: apply in a maintenance window.",
    example: None,
};

/// IMP302.
pub const NO_BACKUP: Rule = Rule {
    code: "IMP302",
    name: "no-backup",
    title: "A domain has no backup route",
    severity: Severity::Warning,
    told: Told::Review,
    explanation: "The domain has one static route. When its next hop cannot be reached, nothing reaches the domain. For \
        high availability Cisco recommends additional routes with a lower priority, which is a greater number.",
    remedy: "Add a route to another front-end or Standard Edition server with `priority = 2`.",
    example: Some(
        "resource \"imp_static_route\" \"backup\" {\n  domain   = imp_sip_federation_domain.remote.domain_name\n  \
         next_hop = \"10.20.0.16\"\n  priority = 2\n}",
    ),
};

/// IMP303.
pub const NO_PRIMARY: Rule = Rule {
    code: "IMP303",
    name: "no-primary",
    title: "No route of a domain has the priority 1",
    severity: Severity::Warning,
    told: Told::Review,
    explanation: "Cisco's guides give the primary route the priority 1 and backup routes greater numbers. The lowest \
        number wins, so that one of the backup routes carries the traffic. Usually the primary route was \
        forgotten, or removed alone.",
    remedy: "Give the route that is to be used first `priority = 1`, which is also what it gets where `priority` is \
        left out.",
    example: None,
};

/// IMP304.
pub const EQUAL_PRIORITIES: Rule = Rule {
    code: "IMP304",
    name: "equal-priorities",
    title: "Routes of a domain have equal priorities",
    severity: Severity::Warning,
    told: Told::Review,
    explanation: "Routes with the same destination pattern and the same priority share the traffic by their weight. None \
        of them is the backup of another.",
    remedy: "Give each route a `priority` of its own: 1 for the primary, greater numbers for backups in the order in \
        which they are to be tried. Where sharing is meant, ignore the finding.",
    example: None,
};

/// IMP305.
pub const SHARED_NEXT_HOP: Rule = Rule {
    code: "IMP305",
    name: "shared-next-hop",
    title: "Primary and backup route lead to the same next hop",
    severity: Severity::Warning,
    told: Told::Review,
    explanation: "Two routes of a domain lead to the same server, though their ports or protocols differ. When that \
        server is down, both are.",
    remedy: "Let the backup route lead to another front-end or Standard Edition server.",
    example: None,
};

/// IMP306.
pub const DOMAIN_MISSING_ON_CLUSTERS: Rule = Rule {
    code: "IMP306",
    name: "domain-missing-on-clusters",
    title: "A domain is missing on some of the clusters",
    severity: Severity::Warning,
    told: Told::Review,
    explanation: "Federated domains and static routes are settings of one cluster, and intercluster peering does not copy \
        them: Cisco asks for them on every cluster. The plan has this domain on some publishers and not on \
        others, so that users of the others cannot reach it.",
    remedy: "Create the domain and its routes on every publisher, with `for_each` over their names. Where the domain is \
        meant for some clusters only, ignore the finding.",
    example: Some(
        "resource \"imp_sip_federation_domain\" \"remote\" {\n  for_each    = toset([\"emea\", \"apac\"])\n  publisher   \
         = each.key\n  domain_name = \"remote.com\"\n}",
    ),
};

/// IMP307.
pub const BACKUP_MISSING_ON_CLUSTERS: Rule = Rule {
    code: "IMP307",
    name: "backup-missing-on-clusters",
    title: "A backup route is missing on some of the clusters",
    severity: Severity::Warning,
    told: Told::Review,
    explanation: "The domain has backup routes on some publishers and none on others, so that the others lose it with \
        the next hop of their only route.",
    remedy: "Add a backup route on every publisher that has the domain.",
    example: None,
};

/// IMP308.
pub const PRIMARY_AND_BACKUP_TOGETHER: Rule = Rule {
    code: "IMP308",
    name: "primary-and-backup-together",
    title: "Primary and backup route are changed together",
    severity: Severity::Warning,
    told: Told::Review,
    explanation: "The plan changes where both the primary and a backup route of a domain lead. If the new values are \
        wrong, there is no route left that is known to work.",
    remedy: "Change one of them first, see that messages pass, and change the other in a further apply.",
    example: None,
};

/// IMP309.
pub const LAST_ROUTE_REMOVED: Rule = Rule {
    code: "IMP309",
    name: "last-route-removed",
    title: "The last route of a domain is removed while the domain stays",
    severity: Severity::Warning,
    told: Told::Review,
    explanation: "After this plan the domain is federated and has no static route, so that messages to it go nowhere. \
        That is right only as the first of two steps in which the domain is removed too.",
    remedy: "Remove the domain in the same plan (its routes are deleted first), or keep a route.",
    example: None,
};

/// IMP310.
pub const EVERY_CLUSTER_AT_ONCE: Rule = Rule {
    code: "IMP310",
    name: "every-cluster-at-once",
    title: "Every cluster is changed in one plan",
    severity: Severity::Warning,
    told: Told::Review,
    explanation: "The plan changes every publisher that it knows. A mistake in it reaches the users of all clusters at \
        the same time.",
    remedy: "Apply to one cluster first, with a `for_each` that has only its name or with a state of its own, and see \
        that messages pass before the others follow.",
    example: None,
};

/// IMP311.
pub const LITERAL_DOMAIN: Rule = Rule {
    code: "IMP311",
    name: "literal-domain",
    title: "A route names its domain by a literal",
    severity: Severity::Warning,
    told: Told::Review,
    explanation: "Routes have to be deleted before their domain and created after it, and Terraform knows that only from \
        a reference. Without one the provider orders the operations itself, by waiting; at a low `-parallelism` \
        that can end in an error and a second run.",
    remedy: "Refer to the domain's resource: `domain = imp_sip_federation_domain.NAME.domain_name`.",
    example: Some(
        "resource \"imp_static_route\" \"primary\" {\n  domain   = imp_sip_federation_domain.remote.domain_name\n  \
         next_hop = \"10.20.0.15\"\n\n  lifecycle {\n    replace_triggered_by = \
         [imp_sip_federation_domain.remote.pkid]\n  }\n}",
    ),
};

/// IMP312.
pub const RESTART_NEEDED: Rule = Rule {
    code: "IMP312",
    name: "restart-needed",
    title: "Cisco XCP Router has to be restarted",
    severity: Severity::Note,
    told: Told::Review,
    explanation: "The plan adds, changes or deletes a SIP federated domain. The change counts when *Cisco XCP Router* has \
        been restarted on every IM and Presence node of the cluster, which is an outage: all XCP services of a node \
        restart with it. Static routes need no restart.",
    remedy: "Apply in a maintenance window. Where the plan does not restart the router itself, restart it afterwards, in \
        *Cisco Unified Serviceability* or with the action `imp_restart_xcp_router`.",
    example: None,
};
