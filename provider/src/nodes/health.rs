//! One node as a person wants to see it.

use std::collections::BTreeMap;

use imp_publisher::{Address, Error, Node, Publisher, Scope};
use tokio::task::JoinSet;

use super::routers::{Router, at_a_glance, look};

/// A node: what the publisher says of it, and what it says itself.
#[derive(Clone, Debug)]
pub(crate) struct Health {
    /// What the publisher says.
    pub(crate) node: Node,
    /// Whether the domains and routes in its own database are those of the publisher; `None` where it cannot be asked.
    pub(crate) rows_equal: Option<bool>,
    /// Its router.
    pub(crate) router: Router,
}

/// Looks at every node at once. They come in the order given.
pub(crate) async fn healths(
    publisher: &Publisher,
    nodes: &[Node],
    addresses: &BTreeMap<&str, Address>,
    scope: &Scope,
) -> Vec<Health> {
    let mut looks = JoinSet::new();
    for (index, node) in nodes.iter().enumerate() {
        let (publisher, node) = (publisher.clone(), node.clone());
        let (address, scope) = (addresses.get(node.name.as_str()).cloned(), scope.clone());
        looks.spawn(async move {
            let (router, rows_equal) = tokio::join!(
                look(&publisher, &node, address.clone(), &scope),
                rows_equal(&publisher, &node, address.clone(), &scope)
            );
            let health = Health {
                rows_equal: rows_equal.ok(),
                router,
                node,
            };
            (index, health)
        });
    }
    let mut found = looks.join_all().await;
    found.sort_by_key(|(index, _)| *index);
    found.into_iter().map(|(_, health)| health).collect()
}

async fn rows_equal(
    publisher: &Publisher,
    node: &Node,
    address: Option<Address>,
    scope: &Scope,
) -> Result<bool, Error> {
    let scope = at_a_glance(scope);
    let client = publisher.node_at_a_glance(node, address)?;
    client.check_name(&scope).await?;
    Ok(client.domains_behind(&scope).await?.is_empty()
        && client.routes_behind(&scope).await?.is_empty())
}
