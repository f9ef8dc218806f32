//! The first contact: is this the publisher of an IM and Presence cluster, and does the profile fit?

use std::sync::Arc;

use tokio::sync::Mutex;
use tokio::time::Instant;

use super::{Role, Shared};
use crate::axl::{Axl, ClusterNode, FAILURE_STANDS, Row};
use crate::profile::{Catalogue, Column};
use crate::sql::quoted_list;
use crate::{Error, Scope};

/// What the first contact found.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The release, such as `12.5.1.17900-64`.
    pub release: String,
    /// The nodes of the cluster.
    pub nodes: Vec<Node>,
    pub(super) catalogue: Catalogue,
}

/// One node of the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// Whether it is the database publisher.
    pub is_publisher: bool,
    /// Its release.
    pub version: String,
    /// Whether the publisher reaches it.
    pub is_reachable: bool,
    /// Whether the product is installed on it; a node may be listed before it is.
    pub is_installed: bool,
    /// Its state in words.
    pub state: String,
}

/// The contact, made once; a failure stands for a while.
#[derive(Debug, Default)]
pub(super) struct ContactCell(Mutex<State>);

impl ContactCell {
    /// Whether it was made. One that is under way was not.
    pub(super) fn is_made(&self) -> bool {
        let state = self.0.try_lock();
        state.is_ok_and(|state| matches!(*state, State::Made(_)))
    }
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Untried,
    Made(Arc<Contact>),
    Failed(Instant, Error),
}

impl Shared {
    pub(super) async fn contact(&self, scope: &Scope) -> Result<Arc<Contact>, Error> {
        let mut state = within(scope, self.contact.0.lock()).await?;
        match &*state {
            State::Made(contact) => return Ok(Arc::clone(contact)),
            State::Failed(when, error) if when.elapsed() < FAILURE_STANDS => {
                return Err(error.clone());
            }
            State::Untried | State::Failed(..) => {}
        }
        let made = self.make_contact(scope).await;
        match &made {
            Ok(contact) => *state = State::Made(Arc::clone(contact)),
            Err(error) if error.is_own_limit() => {}
            Err(error) => *state = State::Failed(Instant::now(), error.clone()),
        }
        made
    }

    async fn make_contact(&self, scope: &Scope) -> Result<Arc<Contact>, Error> {
        let release = self
            .axl
            .cup_version(scope)
            .await
            .map_err(|error| other_product(&self.axl, error))?;
        self.axl.speak_version_of(&release);
        let nodes = cluster_nodes(&self.axl, scope).await?;
        if self.role == Role::Publisher {
            check_role(&self.axl, &nodes, scope).await?;
        }
        let catalogue = self.read_catalogue(scope).await?;
        let problems = catalogue.missing(&self.profile);
        if !problems.is_empty() {
            return Err(self.mismatch(problems));
        }
        Ok(Arc::new(Contact {
            release,
            nodes: nodes.into_iter().map(Node::from).collect(),
            catalogue,
        }))
    }

    pub(super) fn mismatch(&self, problems: Vec<String>) -> Error {
        Error::ProfileMismatch {
            profile: self.profile.name.clone(),
            problems,
        }
    }

    /// The name of the node that answers; empty where the database does not tell.
    pub(super) async fn ask_own_name(&self, scope: &Scope) -> Result<String, Error> {
        ask_own_name(&self.axl, scope).await
    }

    async fn read_catalogue(&self, scope: &Scope) -> Result<Catalogue, Error> {
        let tables = Catalogue::tables(&self.profile);
        let sql = format!(
            "SELECT t.tabname, c.colname, c.coltype, c.collength FROM systables t, syscolumns c WHERE t.tabid = \
             c.tabid AND t.tabname IN ({})",
            quoted_list(tables.iter().map(|table| table.as_str()))
        );
        let mut catalogue = Catalogue::default();
        for row in self.axl.query(&sql, scope).await? {
            let text = |column| row.get(column).unwrap_or_default().trim();
            let number = |column| text(column).parse().unwrap_or_default();
            let description = Column {
                column_type: number("coltype"),
                length: number("collength"),
            };
            catalogue.add(text("tabname"), text("colname"), description);
        }
        Ok(catalogue)
    }
}

/// Makes sure that the node is the publisher of an IM and Presence cluster.
pub(crate) async fn check_is_publisher(axl: &Axl, scope: &Scope) -> Result<(), Error> {
    let nodes = cluster_nodes(axl, scope).await?;
    check_role(axl, &nodes, scope).await
}

/// The nodes of the cluster. Where the operation for it is not known, or tells no publisher, the table of nodes is asked.
async fn cluster_nodes(axl: &Axl, scope: &Scope) -> Result<Vec<ClusterNode>, Error> {
    let told = match axl.cluster_nodes(scope).await {
        Ok(nodes) if nodes.iter().any(|node| node.is_publisher) => return Ok(nodes),
        told @ (Ok(_) | Err(Error::Rejected { .. })) => told,
        Err(error) => return Err(error),
    };
    let listed = match axl.query(LISTED_NODES, scope).await {
        Ok(rows) => rows,
        Err(Error::Rejected { .. }) => Vec::new(),
        Err(error) => return Err(error),
    };
    let listed: Vec<ClusterNode> = listed.iter().filter_map(listed_node).collect();
    match told {
        Ok(mut nodes) if !nodes.is_empty() => {
            for node in &mut nodes {
                node.is_publisher = listed
                    .iter()
                    .any(|listed| listed.is_publisher && same_host(&listed.name, &node.name));
            }
            Ok(nodes)
        }
        Err(error) if listed.is_empty() => Err(other_product(axl, error)),
        _ => Ok(listed),
    }
}

/// The IM and Presence nodes among those of `processnode`.
const LISTED_NODES: &str =
    "SELECT name, tknodeusage FROM processnode WHERE tkprocessnoderole = 2 ORDER BY tknodeusage";

/// A node as `processnode` lists it, which does not tell its state.
fn listed_node(row: &Row) -> Option<ClusterNode> {
    let name = row.get("name")?.trim();
    (!name.is_empty()).then(|| ClusterNode {
        name: name.to_owned(),
        is_publisher: row.get("tknodeusage").map(str::trim) == Some("0"),
        is_reachable: true,
        is_installed: true,
        ..ClusterNode::default()
    })
}

/// A fault here means that the node does not know the operation.
fn other_product(axl: &Axl, error: Error) -> Error {
    match error {
        Error::Rejected { fault } => Error::OtherProduct {
            address: axl.address().to_string(),
            reason: format!("it answers {fault}"),
        },
        error => error,
    }
}

/// Refuses a subscriber: it would take reads and refuse writes.
async fn check_role(axl: &Axl, nodes: &[ClusterNode], scope: &Scope) -> Result<(), Error> {
    let Some(publisher) = nodes.iter().find(|node| node.is_publisher) else {
        return Ok(());
    };
    if nodes.len() == 1 {
        return Ok(());
    }
    let address = axl.address().host();
    let own = match nodes.iter().find(|node| same_host(&node.name, address)) {
        Some(node) => node.name.clone(),
        None => ask_own_name(axl, scope).await?,
    };
    if own.is_empty() || same_host(&publisher.name, &own) {
        return Ok(());
    }
    Err(Error::Subscriber {
        address: axl.address().to_string(),
        publisher: publisher.name.clone(),
    })
}

async fn ask_own_name(axl: &Axl, scope: &Scope) -> Result<String, Error> {
    const SQL: &str = "SELECT dbinfo('dbhostname') AS hostname FROM systables WHERE tabid = 1";
    match axl.query(SQL, scope).await {
        Ok(rows) => Ok(rows
            .first()
            .and_then(|row| row.single())
            .unwrap_or_default()
            .trim()
            .to_owned()),
        Err(Error::Rejected { .. }) => Ok(String::new()),
        Err(error) => Err(error),
    }
}

/// Waits for something within the limits of an operation.
pub(super) async fn within<F: Future>(scope: &Scope, future: F) -> Result<F::Output, Error> {
    let began = Instant::now();
    tokio::select! {
        biased;
        () = scope.cancellation.cancelled() => Err(Error::Cancelled),
        output = future => Ok(output),
        () = tokio::time::sleep_until(scope.deadline) => {
            Err(Error::OutOfTime { waited: began.elapsed() })
        }
    }
}

impl From<ClusterNode> for Node {
    fn from(node: ClusterNode) -> Self {
        let ClusterNode {
            name,
            is_publisher,
            version,
            is_reachable,
            is_installed,
            state,
        } = node;
        Self {
            name,
            is_publisher,
            version,
            is_reachable,
            is_installed,
            state,
        }
    }
}

/// Whether two host names mean the same node, though one of them may lack the domain.
pub(super) fn same_host(left: &str, right: &str) -> bool {
    let (left, right) = (left.to_ascii_lowercase(), right.to_ascii_lowercase());
    let is_address = |text: &str| text.parse::<std::net::IpAddr>().is_ok();
    if left == right || is_address(&left) || is_address(&right) {
        return left == right;
    }
    let short = |text: &str| text.split('.').next().map(ToOwned::to_owned);
    (!left.contains('.') || !right.contains('.')) && short(&left) == short(&right)
}
