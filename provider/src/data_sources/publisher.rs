//! `imp_publisher`: a publisher, its cluster, and the settings that federation depends on.

use imp_publisher::{FederationSettings, Node};
use tfplugin_framework::{
    Attribute, DataSource, Diagnostics, Field, ReadData, Schema, Type, model,
};

use super::filters::{cluster, one_publisher, scope};
use crate::diagnostics::explain;
use crate::fleet::FleetCell;

model! {
    /// A publisher and its cluster.
    pub(crate) struct PublisherDataModel {
        publisher: String,
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
                ])
                .computed()
                .describe("The nodes of the cluster."),
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
        read.state.nodes = Field::Known(contact.nodes.iter().map(NodeModel::from).collect());
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

impl From<&Node> for NodeModel {
    fn from(node: &Node) -> Self {
        Self {
            name: node.name.as_str().into(),
            is_publisher: node.is_publisher.into(),
            release: node.version.as_str().into(),
            reachable: node.is_reachable.into(),
            state: node.state.as_str().into(),
        }
    }
}
