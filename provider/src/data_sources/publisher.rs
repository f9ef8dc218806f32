//! `imp_publisher`: a publisher, its cluster, and the settings that federation depends on.

use imp_publisher::Node;
use tfplugin_framework::{Attribute, DataSource, Diagnostics, Field, ReadData, Schema, model};

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
            .describe("A publisher: its release and the nodes of its cluster.")
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
    }

    async fn read(&self, read: &mut ReadData<PublisherDataModel>) -> Result<(), Diagnostics> {
        let cluster = cluster(&self.fleet, &read.config.publisher)?;
        let scope = scope(&read.context);
        let contact = cluster
            .publisher
            .contact(&scope)
            .await
            .map_err(|error| explain(&error, "Unable to read the publisher"))?;
        read.state.publisher.set(cluster.name());
        read.state.release.set(contact.release.as_str());
        read.state
            .writable
            .set(cluster.publisher.check_writable(&scope).await.is_ok());
        read.state.nodes = Field::Known(contact.nodes.iter().map(NodeModel::from).collect());
        Ok(())
    }
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
