//! `imp_publisher`: a publisher, its cluster, and the settings that federation depends on.

use std::collections::BTreeMap;
use std::time::SystemTime;

use imp_publisher::{Address, FederationSettings};
use tfplugin_framework::{
    Attribute, DataSource, Diagnostics, Field, ReadData, Schema, Type, model,
};

use super::filters::{cluster, one_publisher, scope};
use crate::diagnostics::explain;
use crate::fleet::FleetCell;
use crate::nodes::{Health, addresses, addresses_attribute, healths};

model! {
    /// A publisher and its cluster.
    pub(crate) struct PublisherDataModel {
        publisher: String,
        node_addresses: BTreeMap<String, Field<String>>,
        release: String,
        writable: bool,
        nodes: Vec<NodeModel>,
        proxy_domain: String,
        email_address_for_federation: bool,
        partitioned_federation: bool,
        tls_peer_subjects: Vec<String>,
    }

    /// One node of the cluster.
    pub(crate) struct NodeModel {
        name: String,
        is_publisher: bool,
        release: String,
        reachable: bool,
        state: String,
        rows_equal: bool,
        router_started: String,
        restart_pending: bool,
    }
}

/// The data source `imp_publisher`.
#[derive(Debug)]
pub(crate) struct PublisherData {
    pub(crate) fleet: FleetCell,
}

impl DataSource for PublisherData {
    type Model = PublisherDataModel;

    fn type_name(&self) -> &'static str {
        "imp_publisher"
    }

    fn schema(&self) -> Schema {
        let text = || Attribute::string().computed();
        let switch = || Attribute::bool().computed();
        Schema::new(0)
            .describe("A publisher: its release, the nodes of its cluster, and the settings that federation depends on.")
            .attribute("publisher", one_publisher())
            .attribute("node_addresses", addresses_attribute())
            .attribute("release", text().describe("Such as `12.5.1.17900-64`."))
            .attribute(
                "writable",
                switch().describe(
                    "Whether the provider may write there: the schema profile is verified for this release, \
                     and `read_only` is off.",
                ),
            )
            .attribute(
                "nodes",
                Attribute::nested_list([
                    ("name", text().describe("The name of the node.")),
                    (
                        "is_publisher",
                        switch().describe("Whether it is the database publisher."),
                    ),
                    ("release", text().describe("The release that it runs.")),
                    (
                        "reachable",
                        switch().describe("Whether the publisher reaches it."),
                    ),
                    (
                        "state",
                        text().describe("Its state, in the publisher's own words."),
                    ),
                    (
                        "rows_equal",
                        switch().describe(
                            "Whether the domains and routes in the node's own database are those of the publisher. \
                             Null where the node could not be asked.",
                        ),
                    ),
                    (
                        "router_started",
                        text().describe(
                            "When *Cisco XCP Router* was started last, in the node's own words and time. Null where \
                             it is not running, or the node could not be asked.",
                        ),
                    ),
                    (
                        "restart_pending",
                        switch().describe(
                            "Whether *Cisco XCP Router* runs since before the last write of a federated domain that \
                             this run knows of. Null where that cannot be told: the node could not be asked, or no \
                             domain that this provider has written was read before; let the data source depend on the \
                             domains.",
                        ),
                    ),
                ])
                .computed()
                .describe(
                    "The nodes of the cluster. Each is asked itself, and what one does not tell is null, never \
                     `true` or `false`.",
                ),
            )
            .attributes(settings())
    }

    async fn read(&self, read: &mut ReadData<PublisherDataModel>) -> Result<(), Diagnostics> {
        let cluster = cluster(&self.fleet, &read.config.publisher)?;
        let scope = scope(&read.context);
        let contact = cluster
            .publisher
            .contact(&scope)
            .await
            .map_err(|error| explain(&error, "Unable to read the publisher"))?;
        let settings = cluster
            .publisher
            .federation_settings(&scope)
            .await
            .map_err(|error| explain(&error, "Unable to read the publisher's settings"))?;
        let FederationSettings {
            proxy_domain,
            email_address_for_federation,
            partitioned_federation,
            tls_peer_subjects,
        } = settings;
        read.state.proxy_domain = proxy_domain.into();
        read.state.email_address_for_federation = email_address_for_federation.into();
        read.state.partitioned_federation = partitioned_federation.into();
        read.state.tls_peer_subjects = tls_peer_subjects.into();
        read.state.publisher.set(cluster.name());
        read.state.release.set(contact.release.as_str());
        read.state
            .writable
            .set(cluster.publisher.check_writable(&scope).await.is_ok());
        let own = addresses(&read.config.node_addresses)?;
        let configured = cluster.node_addresses.iter();
        let mut addresses: BTreeMap<&str, Address> = configured
            .map(|(node, address)| (node.as_str(), address.clone()))
            .collect();
        addresses.extend(own);
        let nodes = cluster
            .publisher
            .nodes(&scope)
            .await
            .map_err(|error| explain(&error, "Unable to read the nodes of the cluster"))?;
        let healths = healths(&cluster.publisher, &nodes, &addresses, &scope).await;
        let written = cluster.last_write.get();
        let nodes = healths.iter().map(|health| NodeModel::new(health, written));
        read.state.nodes = Field::Known(nodes.collect());
        Ok(())
    }
}

/// The settings that federation depends on.
fn settings() -> [(&'static str, Attribute); 4] {
    let unknown = "Null where the schema profile does not say where this is kept.";
    let described = |attribute: Attribute, text: &str| {
        attribute.computed().describe(format!("{text} {unknown}"))
    };
    [
        (
            "proxy_domain",
            described(
                Attribute::string(),
                "The cluster's own SIP proxy domain, which no federated domain may have.",
            ),
        ),
        (
            "email_address_for_federation",
            described(
                Attribute::bool(),
                "Whether *Email Address for Federation* is on. Cisco does not support it beside federation \
                 through Microsoft servers: it must be `false` on every cluster.",
            ),
        ),
        (
            "partitioned_federation",
            described(
                Attribute::bool(),
                "Whether *Partitioned Intradomain Federation* is on.",
            ),
        ),
        (
            "tls_peer_subjects",
            described(
                Attribute::list(Type::String),
                "The subjects of the TLS peers, sorted. The certificate of a TLS next hop must be among them.",
            ),
        ),
    ]
}

impl NodeModel {
    fn new(health: &Health, written: Option<SystemTime>) -> Self {
        let Health {
            node,
            rows_equal,
            router,
        } = health;
        let restarted = written.and_then(|written| router.started_after(written));
        Self {
            name: node.name.as_str().into(),
            is_publisher: node.is_publisher.into(),
            release: node.version.as_str().into(),
            reachable: node.is_reachable.into(),
            state: node.state.as_str().into(),
            rows_equal: (*rows_equal).into(),
            router_started: router.started.clone().into(),
            restart_pending: restarted.map(|restarted| !restarted).into(),
        }
    }
}
