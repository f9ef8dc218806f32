//! What a user may write for the restart.

use tfplugin_framework::timeouts::GoDuration;
use tfplugin_framework::validators::{each, not_empty, parses_as, size_at_least};
use tfplugin_framework::{Attribute, Schema, Type};

use crate::nodes::addresses_attribute;

pub(super) fn schema() -> Schema {
    Schema::new(0)
        .describe(
            "Restarts *Cisco XCP Router* on the nodes of one cluster, as Cisco asks for after SIP federated domains \
             were added, changed or deleted. **This is an outage**: all XCP services of a node restart with it, and \
             its users lose presence and messages meanwhile. The nodes are restarted one after the other, the \
             publisher first: every node must be in the state *Normal* and show the domains that the publisher \
             has, and the services of one are up again before the next. The first failure ends it. An outage that \
             is longer than the *Critical Service Down Delay* (90 seconds by default) may start a failover, where \
             high availability is on. Static routes need no restart, and nothing else in this provider restarts \
             anything.",
        )
        .attribute(
            "publisher",
            Attribute::string().optional().describe(
                "The name of the publisher in the provider's `publishers`. May be left out where there is only one.",
            ),
        )
        .attribute(
            "confirm",
            Attribute::string().required().describe(
                "The name of the publisher once more, so that no cluster is restarted by mistake. It is `default` \
                 where the provider is configured with `address`.",
            ),
        )
        .attribute(
            "nodes",
            Attribute::set(Type::String)
                .optional()
                .validate(size_at_least(1))
                .validate(each(not_empty()))
                .describe(
                    "Only these nodes, such as those that a failed run has left out. All of the cluster where it is \
                     left out.",
                ),
        )
        .attribute("node_addresses", addresses_attribute())
        .attribute(
            "node_timeout",
            Attribute::string()
                .optional()
                .validate(parses_as::<GoDuration>())
                .describe(
                    "How long one node may take until its services are up again, and until replication has brought \
                     the domains to it; `15m` by default.",
                ),
        )
}
