//! What a cluster is made of and how it behaves.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::schema::SchemaDefinition;

/// The name of the user that every cluster has.
pub const DEFAULT_USER: &str = "axl-terraform";

/// That user's password.
pub const DEFAULT_PASSWORD: &str = "practice-makes-perfect";

/// A cluster to simulate. [`ClusterOptions::new`] has one publisher and the first built-in schema.
#[derive(Debug, Clone)]
pub struct ClusterOptions {
    /// The cluster's name in this process.
    pub name: String,
    /// What its tables are called.
    pub schema: SchemaDefinition,
    /// Its nodes.
    pub nodes: Vec<NodeOptions>,
    /// The file its rows are kept in; in memory where absent.
    pub data_file: Option<PathBuf>,
    /// Who may log on.
    pub users: Vec<User>,
    /// The address that its nodes listen on, 127.0.0.1 unless told otherwise.
    pub listen: IpAddr,
    /// The cluster's own SIP proxy domain.
    pub proxy_domain: String,
    /// Domains that open federation has learned.
    pub learned_domains: Vec<String>,
    /// Domains that are federated over XMPP.
    pub xmpp_domains: Vec<String>,
    /// Who makes the rows that come with a domain.
    pub companions: CompanionsMadeBy,
    /// How a second row with a natural key is refused.
    pub duplicates: DuplicateAnswer,
    /// How many routes may share one pattern.
    pub routes_per_pattern: u32,
    /// The AXL versions that it speaks, oldest first.
    pub axl_versions: Vec<String>,
    /// The largest answer to a query, in bytes.
    pub answer_limit: usize,
    /// How many failed logons in a row lock an account.
    pub logons_before_lock: u32,
    /// How long a session lives after its last request.
    pub session_lifetime: Duration,
    /// Above this number of requests at once a node answers 503. Unbounded where absent.
    pub requests_at_once: Option<usize>,
    /// How long each request takes besides its work.
    pub latency: Duration,
}

impl ClusterOptions {
    /// A cluster with one publisher on a free port, its rows in memory.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            nodes: vec![NodeOptions::new(
                &format!("imp-pub.{name}.example.com"),
                NodeRole::Publisher,
            )],
            data_file: None,
            users: vec![User::new(
                DEFAULT_USER,
                DEFAULT_PASSWORD,
                UserRole::ReadWrite,
            )],
            listen: IpAddr::V4(Ipv4Addr::LOCALHOST),
            proxy_domain: "corp.example".to_owned(),
            learned_domains: Vec::new(),
            xmpp_domains: Vec::new(),
            companions: CompanionsMadeBy::Database,
            duplicates: DuplicateAnswer::UniqueIndex,
            routes_per_pattern: 100,
            answer_limit: 8 * 1024 * 1024,
            logons_before_lock: 3,
            session_lifetime: Duration::from_secs(30 * 60),
            requests_at_once: None,
            latency: Duration::ZERO,
            axl_versions: Vec::new(),
            schema: SchemaDefinition::a(),
        }
        .with_schema(SchemaDefinition::a())
    }

    /// The same cluster with another schema, and the AXL versions that its release speaks.
    pub fn with_schema(mut self, schema: SchemaDefinition) -> Self {
        self.axl_versions = axl_versions_of(&schema.release);
        self.schema = schema;
        self
    }

    /// The same cluster with a further subscriber on a free port.
    pub fn with_subscriber(self) -> Self {
        let number = self
            .nodes
            .iter()
            .filter(|node| node.role == NodeRole::Subscriber)
            .count()
            + 1;
        let name = format!("imp-sub{number}.{}.example.com", self.name);
        self.with_node(NodeOptions::new(&name, NodeRole::Subscriber))
    }

    /// The same cluster with a call manager node on a free port, which is no IM and Presence node.
    pub fn with_call_manager(self) -> Self {
        let name = format!("cucm-pub.{}.example.com", self.name);
        self.with_node(NodeOptions::new(&name, NodeRole::CallManager))
    }

    /// The same cluster with a further node.
    pub fn with_node(mut self, node: NodeOptions) -> Self {
        self.nodes.push(node);
        self
    }

    /// The same cluster with a further user.
    pub fn with_user(mut self, user: User) -> Self {
        self.users.push(user);
        self
    }
}

/// A node to simulate.
#[derive(Debug, Clone)]
pub struct NodeOptions {
    /// Its name in `processnode`.
    pub name: String,
    /// What it is.
    pub role: NodeRole,
    /// Its port; 0 takes a free one.
    pub port: u16,
    /// The certificate it shows.
    pub certificate: CertificateKind,
    /// The name under which clients reach it, where that is not the address that it listens on.
    pub host: Option<String>,
}

impl NodeOptions {
    /// A node on a free port with a good certificate.
    pub fn new(name: &str, role: NodeRole) -> Self {
        Self {
            name: name.to_owned(),
            role,
            port: 0,
            certificate: CertificateKind::Good,
            host: None,
        }
    }
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeRole {
    /// The IM and Presence database publisher.
    Publisher,
    /// An IM and Presence subscriber, which reads and refuses to write.
    Subscriber,
    /// A call manager node, which has none of federation's tables.
    CallManager,
}

/// The certificate that a node shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateKind {
    /// Issued by the simulator's own authority for the node's name, its host, `localhost`, 127.0.0.1 and ::1.
    Good,
    /// Issued by that authority for another name.
    WrongName,
    /// Issued by that authority, and expired.
    Expired,
    /// Issued by an authority that nobody knows.
    ForeignAuthority,
    /// Signed by itself.
    SelfSigned,
}

/// Somebody who may log on.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The name.
    pub name: String,
    /// The password.
    pub password: String,
    /// What the user may do.
    pub role: UserRole,
}

impl User {
    /// A user.
    pub fn new(name: &str, password: &str, role: UserRole) -> Self {
        Self {
            name: name.to_owned(),
            password: password.to_owned(),
            role,
        }
    }
}

impl std::fmt::Debug for User {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("User")
            .field("name", &self.name)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// What a user may do over AXL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserRole {
    /// *Standard AXL API Access*.
    ReadWrite,
    /// *Standard AXL Read Only API Access*.
    ReadOnly,
    /// No AXL role.
    None,
}

/// Who makes the access control entry and the gateway that come with a domain. Which it is on a real publisher is not
/// known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompanionsMadeBy {
    /// The database, so that a SQL statement has them made as well.
    Database,
    /// The administration page alone, so that a SQL statement does not.
    AdminPageOnly,
}

/// How a second row with the natural key of a domain or a route is refused. Which it is on a real publisher is not
/// known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DuplicateAnswer {
    /// By the unique index: error -239.
    UniqueIndex,
    /// By a rule with the product's own text: error -746.
    RuleText,
}

/// The AXL versions up to that of a release such as `12.5.1.17900-64`, oldest first.
fn axl_versions_of(release: &str) -> Vec<String> {
    const VERSIONS: [(u32, u32); 9] = [
        (10, 0),
        (10, 5),
        (11, 0),
        (11, 5),
        (12, 0),
        (12, 5),
        (14, 0),
        (15, 0),
        (15, 5),
    ];
    let mut numbers = release.split('.').map(|number| number.parse().unwrap_or(0));
    let own = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    VERSIONS
        .iter()
        .filter(|version| **version <= own)
        .map(|(major, minor)| format!("{major}.{minor}"))
        .collect()
}
