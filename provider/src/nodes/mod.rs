//! The nodes of a cluster, looked at one by one: since when Cisco XCP Router runs, and whether replication is behind.
//!
//! What a node does not tell is unknown, and never taken for fine.

mod health;
mod routers;

use std::collections::BTreeMap;

use imp_publisher::{Address, Error, Node, Publisher, Scope};
use tfplugin_framework::validators::{each, parses_as};
use tfplugin_framework::{Attribute, Diagnostic, Diagnostics, Field, Path, Type};

pub(crate) use health::{Health, healths};
pub(crate) use routers::{Router, Routers};

/// The service that has to be restarted after a federated domain was written. Those that depend on it restart with it.
pub(crate) const ROUTER: &str = "Cisco XCP Router";

/// The attribute `node_addresses` of what asks the nodes of a cluster.
pub(crate) fn addresses_attribute() -> Attribute {
    Attribute::map(Type::String)
        .optional()
        .validate(each(parses_as::<Address>()))
        .describe(
            "Where nodes are reached, by the name that the publisher has for them, such as `{ imp-sub1 = \
             \"10.0.0.6\" }`, beside those of the provider. A node that neither names is asked under its own name, and \
             the publisher always at its own address.",
        )
}

/// Where nodes are reached, by name: what an attribute `node_addresses` says.
pub(crate) fn addresses(
    attribute: &Field<BTreeMap<String, Field<String>>>,
) -> Result<BTreeMap<&str, Address>, Diagnostics> {
    let mut addresses = BTreeMap::new();
    for (node, address) in attribute.known().into_iter().flatten() {
        let Some(text) = address.as_str() else {
            continue;
        };
        let address = text.parse().map_err(|error| {
            Diagnostic::error("Invalid value")
                .detail(format!("{error}"))
                .at(Path::root().attribute("node_addresses").key(node))
        })?;
        addresses.insert(node.as_str(), address);
    }
    Ok(addresses)
}

/// The nodes that the product is installed on, as they are now.
pub(crate) async fn installed(publisher: &Publisher, scope: &Scope) -> Result<Vec<Node>, Error> {
    let mut nodes = publisher.nodes(scope).await?;
    nodes.retain(|node| node.is_installed);
    Ok(nodes)
}
