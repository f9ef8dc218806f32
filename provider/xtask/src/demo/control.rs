//! The control side of the practice publishers: JSON over HTTP on this machine.

use anyhow::{Context as _, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::LIMIT;
use super::table::table;

/// Where the control side answers.
pub(super) struct Control {
    authority: String,
}

/// The rows of one publisher.
#[derive(Debug)]
pub(super) struct Rows {
    domains: Vec<Domain>,
    routes: Vec<Route>,
}

#[derive(Debug, Deserialize)]
struct Domain {
    #[serde(rename = "domain_name")]
    name: String,
    description: Option<String>,
    integration_type: String,
    direct_federation: bool,
}

#[derive(Debug, Deserialize)]
struct Route {
    destination_pattern: String,
    next_hop: String,
    next_hop_port: u16,
    protocol: String,
    #[serde(rename = "route_type")]
    kind: String,
    priority: u16,
    weight: u16,
    in_service: bool,
    #[serde(rename = "block_route")]
    blocked: bool,
}

/// One request that a publisher has answered.
#[derive(Debug, Deserialize)]
pub(super) struct JournalEntry {
    /// Counts the requests of all clusters.
    pub(super) number: u64,
    /// The cluster.
    pub(super) cluster: String,
    /// What the request changed.
    pub(super) changes: Vec<Change>,
}

/// A row that came, changed or went.
#[derive(Debug, Deserialize)]
pub(super) struct Change {
    /// `domain`, `route`, or something that comes with them. Tables without a name of their own are objects.
    pub(super) object: serde_json::Value,
    /// `added`, `changed` or `removed`.
    pub(super) kind: String,
    /// The row's natural key.
    pub(super) key: String,
}

impl Control {
    /// The control side at this URL.
    pub(super) fn at(url: &str) -> anyhow::Result<Self> {
        let authority = url
            .strip_prefix("http://")
            .with_context(|| format!("the control side is not at an http URL: {url}"))?;
        Ok(Self {
            authority: authority.trim_end_matches('/').to_owned(),
        })
    }

    /// The rows of a cluster, without the route that every publisher has from the beginning.
    pub(super) async fn rows(&self, cluster: &str) -> anyhow::Result<Rows> {
        let mut routes: Vec<Route> = self.get(&format!("/clusters/{cluster}/routes")).await?;
        routes.retain(|route| route.destination_pattern != ".*");
        let domains = self.get(&format!("/clusters/{cluster}/domains")).await?;
        Ok(Rows { domains, routes })
    }

    /// Every request since the start.
    pub(super) async fn journal(&self) -> anyhow::Result<Vec<JournalEntry>> {
        self.get("/journal").await
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<T> {
        let answer = tokio::time::timeout(LIMIT, self.exchange(path))
            .await
            .context("the practice publisher's control side does not answer")?
            .with_context(|| format!("cannot ask http://{}{path}", self.authority))?;
        let (head, body) = answer
            .split_once("\r\n\r\n")
            .context("the practice publisher's control side does not speak HTTP")?;
        if head.split(' ').nth(1) != Some("200") {
            bail!("http://{}{path} answered {head}\n{body}", self.authority);
        }
        serde_json::from_str(body)
            .with_context(|| format!("http://{}{path} answered something else", self.authority))
    }

    async fn exchange(&self, path: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(&self.authority).await?;
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.authority
        );
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    }
}

impl Rows {
    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.domains.is_empty() && self.routes.is_empty()
    }

    /// The natural keys of the domains.
    pub(super) fn domain_keys(&self) -> Vec<String> {
        self.domains
            .iter()
            .map(|domain| domain.name.clone())
            .collect()
    }

    /// The natural keys of the routes.
    pub(super) fn route_keys(&self) -> Vec<String> {
        self.routes
            .iter()
            .map(|route| {
                format!(
                    "{}/{}:{}/{}",
                    route.destination_pattern, route.next_hop, route.next_hop_port, route.protocol
                )
            })
            .collect()
    }

    /// The domains, for people.
    pub(super) fn domain_table(&self) -> Vec<String> {
        let rows = self.domains.iter().map(|domain| {
            vec![
                domain.name.clone(),
                domain.integration_type.clone(),
                yes_or_no(domain.direct_federation),
                domain.description.clone().unwrap_or_default(),
            ]
        });
        table(
            &[
                "federated domain",
                "integration",
                "direct federation",
                "description",
            ],
            rows,
        )
    }

    /// The routes, for people.
    pub(super) fn route_table(&self) -> Vec<String> {
        let rows = self.routes.iter().map(|route| {
            vec![
                route.destination_pattern.clone(),
                format!("{}:{}", route.next_hop, route.next_hop_port),
                route.protocol.clone(),
                route.kind.clone(),
                route.priority.to_string(),
                route.weight.to_string(),
                yes_or_no(route.in_service),
                yes_or_no(route.blocked),
            ]
        });
        table(
            &[
                "static route",
                "next hop",
                "protocol",
                "type",
                "priority",
                "weight",
                "in service",
                "blocked",
            ],
            rows,
        )
    }
}

fn yes_or_no(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}

#[cfg(test)]
impl Rows {
    /// A domain and a route over TLS.
    pub(super) fn one(domain: &str, pattern: &str, next_hop: &str) -> Self {
        Self {
            domains: vec![Domain {
                name: domain.to_owned(),
                description: None,
                integration_type: "ocs_lync".to_owned(),
                direct_federation: true,
            }],
            routes: vec![Route {
                destination_pattern: pattern.to_owned(),
                next_hop: next_hop.to_owned(),
                next_hop_port: 5061,
                protocol: "TLS".to_owned(),
                kind: "domain".to_owned(),
                priority: 1,
                weight: 1,
                in_service: true,
                blocked: false,
            }],
        }
    }
}
