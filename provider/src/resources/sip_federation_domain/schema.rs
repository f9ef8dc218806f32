//! What a user may write for a SIP federated domain.

use imp_publisher::domain::{Description, DomainName, IntegrationType};
use tfplugin_framework::validators::{one_of, parses_as};
use tfplugin_framework::{Attribute, Schema};

use crate::resources::time_limits;

/// The integration types that can be configured. `xmpp` is managed by other pages of the publisher.
const INTEGRATION_TYPES: &[&str] = &[
    IntegrationType::OcsLync.as_str(),
    IntegrationType::Aol.as_str(),
];

pub(super) fn schema() -> Schema {
    Schema::new(0)
        .describe(
            "A SIP federated domain: *Presence > Inter-Domain Federation > SIP Federation*. The defaults are \
             those of a remote domain that is reached through the company's own Microsoft servers.\n\n\
             After a domain is added, changed or removed, Cisco XCP Router must be restarted on all nodes of \
             the cluster. No apply of a domain does so: see [Restarting Cisco XCP \
             Router](../guides/restarting-cisco-xcp-router.md).",
        )
        .attribute(
            "id",
            Attribute::string()
                .computed()
                .describe("`publisher/domain_name`, as an import takes it."),
        )
        .attribute(
            "publisher",
            Attribute::string().optional().computed().describe(
                "The name of the publisher in the provider's `publishers`. May be left out where there is \
                 only one. A change replaces the domain, unless the publisher was only renamed.",
            ),
        )
        .attribute(
            "domain_name",
            Attribute::string()
                .required()
                .equal_when(str::eq_ignore_ascii_case)
                .requires_replace()
                .validate(parses_as::<DomainName>())
                .describe(
                    "The remote domain, such as `remote.com`. *Domain Name* in the administration page. A \
                     change replaces the domain.",
                ),
        )
        .attribute(
            "description",
            Attribute::string()
                .optional()
                .validate(parses_as::<Description>())
                .describe(
                    "Shown to users in their privacy preferences, at most 255 characters. *Description* in \
                     the administration page.",
                ),
        )
        .attribute(
            "integration_type",
            Attribute::string()
                .optional()
                .computed()
                .default_value(IntegrationType::OcsLync.as_str())
                .requires_replace()
                .validate(one_of(INTEGRATION_TYPES))
                .describe(
                    "`ocs_lync` (the default) for *Inter-domain to OCS/Lync* and its later names, or `aol` \
                     for *Inter-domain to AOL*. *Integration Type* in the administration page. A change \
                     replaces the domain.",
                ),
        )
        .attribute(
            "direct_federation",
            Attribute::bool().optional().computed().describe(
                "Whether the domain is reached through the company's own Microsoft servers: `true` by \
                 default, `false` for `aol`. *Direct Federation* in the administration page. A change \
                 replaces the domain.",
            ),
        )
        .attribute(
            "force_destroy",
            Attribute::bool()
                .optional()
                .computed()
                .default_value(false)
                .describe(
                    "Whether destroying the domain deletes the static routes that are left of it first, \
                     `false` by default. It counts once it has been applied. The plan lists the routes, which \
                     takes Terraform 1.3 or later, or OpenTofu.",
                ),
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
