//! Which method and path does what.

use std::time::Duration;

use http::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Reply;
use crate::cluster::{ColumnValue, DomainEdit, RouteEdit, RowKey};
use crate::control_center::RestartOutcome;
use crate::database::{DomainRow, RouteRow, Settings};
use crate::faults::{Fault, FaultKind, Phase};
use crate::schema::CatalogueChange;
use crate::simulator::{Cluster, EditError, Shared};

pub(super) fn answer(shared: &Shared, method: &Method, path: &str, body: &[u8]) -> Reply {
    let segments: Vec<String> = path
        .split('/')
        .filter(|part| !part.is_empty())
        .map(decoded)
        .collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let result = match (method.as_str(), segments.as_slice()) {
        ("GET", []) => Ok(Reply::ok(summary(shared))),
        ("GET", ["journal"]) => Ok(Reply::ok(shared.journal.entries())),
        ("DELETE", ["journal"]) => {
            shared.journal.clear();
            Ok(Reply::done())
        }
        ("GET", ["faults"]) => Ok(Reply::ok(shared.faults.all())),
        ("GET", ["faults", "samples"]) => Ok(Reply::ok(samples())),
        ("GET", ["faults", "unfired"]) => Ok(Reply::ok(shared.faults.unfired())),
        ("POST", ["faults"]) => {
            read::<Fault>(body).map(|fault| Reply::ok(json!({ "id": shared.faults.inject(fault) })))
        }
        ("DELETE", ["faults"]) => {
            shared.faults.clear();
            Ok(Reply::done())
        }
        ("DELETE", ["faults", id]) => match id.parse() {
            Ok(id) if shared.faults.remove(id) => Ok(Reply::done()),
            _ => Err(no_such("fault")),
        },
        ("GET", ["clusters"]) => Ok(Reply::ok(
            shared.clusters.iter().map(description).collect::<Vec<_>>(),
        )),
        (_, ["clusters", name, rest @ ..]) => match shared
            .clusters
            .iter()
            .find(|cluster| cluster.name() == *name)
        {
            Some(cluster) => on_cluster(cluster, method.as_str(), rest, body),
            None => Err(no_such("cluster")),
        },
        _ => Err(no_such("path; GET / lists what there is")),
    };
    result.unwrap_or_else(|refusal| refusal)
}

fn on_cluster(cluster: &Cluster, method: &str, rest: &[&str], body: &[u8]) -> Result<Reply, Reply> {
    match (method, rest) {
        ("GET", []) => Ok(Reply::ok(description(cluster))),
        ("GET", ["profile"]) => Ok(Reply::ok(cluster.profile())),
        ("GET", ["companions"]) => reply(cluster.companions()),
        ("GET", ["settings"]) => reply(cluster.settings()),
        ("PUT", ["settings"]) => {
            let now = cluster.settings().map_err(|error| rejected(&error))?;
            done(cluster.set_settings(&with_defaults::<Settings>(now, body)?))
        }
        ("GET", ["domains"]) => reply(cluster.domains()),
        ("POST", ["domains"]) => {
            done(cluster.add_domain(&with_defaults(DomainRow::named(""), body)?))
        }
        ("PATCH", ["domains", name]) => done(cluster.edit_domain(name, &read::<DomainEdit>(body)?)),
        ("DELETE", ["domains", name]) => done(cluster.delete_domain(name)),
        ("DELETE", ["domains", name, "companions"]) => done(cluster.remove_companions(name)),
        ("PUT", ["domains", name, "column"]) => {
            surgery(cluster, &RowKey::Domain((*name).to_owned()), body)
        }
        ("GET", ["routes"]) => reply(cluster.all_routes()),
        ("POST", ["routes"]) => {
            done(cluster.add_route(&with_defaults(RouteRow::to("", ""), body)?))
        }
        ("PATCH", ["routes", key]) => done(cluster.edit_route(key, &read::<RouteEdit>(body)?)),
        ("DELETE", ["routes", key]) => done(cluster.delete_route(key)),
        ("PUT", ["routes", key, "column"]) => {
            surgery(cluster, &RowKey::Route((*key).to_owned()), body)
        }
        ("POST", ["learned-domains"]) => done(cluster.learn_domain(&read::<Named>(body)?.name)),
        ("POST", ["load"]) => {
            let load = read::<Load>(body)?;
            done(cluster.load(&load.domains, &load.routes))
        }
        ("POST", ["catalogue"]) => done(cluster.change_catalogue(&read::<CatalogueChange>(body)?)),
        ("PUT", ["latency"]) => {
            cluster.set_latency(Duration::from_millis(read::<Latency>(body)?.millis));
            Ok(Reply::done())
        }
        ("PUT", ["answer-limit"]) => {
            cluster.set_answer_limit(read::<AnswerLimit>(body)?.bytes);
            Ok(Reply::done())
        }
        ("PUT", ["restart-time"]) => {
            cluster.set_restart_time(Duration::from_millis(read::<Latency>(body)?.millis));
            Ok(Reply::done())
        }
        ("GET", ["nodes", node, "services"]) => Ok(Reply::ok(cluster.services(node))),
        ("PUT", ["nodes", node, "restart-outcome"]) => {
            known(cluster.set_restart_outcome(node, read::<RestartOutcome>(body)?))
        }
        ("PUT", ["nodes", node, "state"]) => {
            known(cluster.set_node_state(node, &read::<Words>(body)?.words))
        }
        ("POST", ["nodes", node, "replication", "hold"]) => match cluster.hold_replication(node) {
            Ok(there) => known(there),
            Err(error) => Err(rejected(&error)),
        },
        ("POST", ["nodes", node, "replication", "resume"]) => {
            known(cluster.resume_replication(node))
        }
        ("DELETE", ["sessions"]) => {
            cluster.end_sessions();
            Ok(Reply::done())
        }
        ("DELETE", ["locks", user]) => {
            cluster.unlock(user);
            Ok(Reply::done())
        }
        ("POST", ["nodes", node, "down"]) if cluster.take_down(node) => Ok(Reply::done()),
        ("POST", ["nodes", node, "up"]) => match cluster.bring_up(node) {
            Ok(()) => Ok(Reply::done()),
            Err(error) => Err(Reply::refused(409, &error.to_string())),
        },
        _ => Err(no_such("path; GET / lists what there is")),
    }
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct Words {
    words: String,
}

#[derive(Deserialize)]
struct Latency {
    millis: u64,
}

#[derive(Deserialize)]
struct AnswerLimit {
    bytes: usize,
}

#[derive(Deserialize)]
struct Load {
    #[serde(default)]
    domains: Vec<DomainRow>,
    #[serde(default)]
    routes: Vec<RouteRow>,
}

fn surgery(cluster: &Cluster, row: &RowKey, body: &[u8]) -> Result<Reply, Reply> {
    let change: ColumnValue = read(body)?;
    done(cluster.set_column(row, &change.column, change.value.as_deref()))
}

fn summary(shared: &Shared) -> Value {
    let clusters: Vec<Value> = shared.clusters.iter().map(description).collect();
    json!({
        "clusters": clusters,
        "paths": [
            "GET|DELETE /journal",
            "GET|POST|DELETE /faults, GET /faults/samples, GET /faults/unfired, DELETE /faults/{id}",
            "GET /clusters, GET /clusters/{c}, GET /clusters/{c}/profile, GET /clusters/{c}/companions",
            "GET|PUT /clusters/{c}/settings",
            "GET|POST /clusters/{c}/domains, PATCH|DELETE /clusters/{c}/domains/{name}",
            "PUT /clusters/{c}/domains/{name}/column, DELETE /clusters/{c}/domains/{name}/companions",
            "GET|POST /clusters/{c}/routes, PATCH|DELETE /clusters/{c}/routes/{pkid or key, slashes as %2F}",
            "PUT /clusters/{c}/routes/{pkid or key}/column",
            "POST /clusters/{c}/learned-domains, POST /clusters/{c}/load, POST /clusters/{c}/catalogue",
            "PUT /clusters/{c}/latency, PUT /clusters/{c}/answer-limit, PUT /clusters/{c}/restart-time",
            "GET /clusters/{c}/nodes/{node}/services, PUT /clusters/{c}/nodes/{node}/restart-outcome",
            "PUT /clusters/{c}/nodes/{node}/state, POST /clusters/{c}/nodes/{node}/replication/{hold|resume}",
            "DELETE /clusters/{c}/sessions, DELETE /clusters/{c}/locks/{user}",
            "POST /clusters/{c}/nodes/{node}/down, POST /clusters/{c}/nodes/{node}/up",
        ],
    })
}

/// A fault of each kind, as `POST /faults` takes it.
fn samples() -> Vec<Value> {
    FaultKind::samples()
        .into_iter()
        .map(|(name, kind)| json!({ "name": name, "fault": Fault::new(kind, Phase::BeforeEffect) }))
        .collect()
}

fn description(cluster: &Cluster) -> Value {
    let nodes: Vec<Value> = cluster
        .nodes()
        .into_iter()
        .map(|(name, role, address)| json!({ "name": name, "role": role, "address": address }))
        .collect();
    let schema = cluster.schema();
    json!({
        "name": cluster.name(),
        "address": cluster.address(),
        "nodes": nodes,
        "profile": schema.name,
        "profile_path": cluster.profile_path(),
        "release": schema.release,
        "catalogue_fingerprint": cluster.catalogue_fingerprint(),
        "open_sessions": cluster.open_sessions(),
        "sessions_opened": cluster.sessions_opened(),
    })
}

/// The body's fields over those of `defaults`.
fn with_defaults<T: serde::Serialize + DeserializeOwned>(
    defaults: T,
    body: &[u8],
) -> Result<T, Reply> {
    let mut document = serde_json::to_value(defaults).map_err(|error| unreadable(&error))?;
    let given: serde_json::Map<String, Value> = read(body)?;
    for (name, value) in given {
        match document.get_mut(&name) {
            Some(field) => *field = value,
            None => return Err(Reply::refused(400, &format!("there is no field {name}"))),
        }
    }
    serde_json::from_value(document).map_err(|error| unreadable(&error))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Reply> {
    serde_json::from_slice(body).map_err(|error| unreadable(&error))
}

fn unreadable(error: &serde_json::Error) -> Reply {
    Reply::refused(
        400,
        &format!("the request's JSON is not what is wanted here: {error}"),
    )
}

/// Whether there was such a node.
fn known(there: bool) -> Result<Reply, Reply> {
    if there {
        Ok(Reply::done())
    } else {
        Err(no_such("node"))
    }
}

fn no_such(what: &str) -> Reply {
    Reply::refused(404, &format!("there is no such {what}"))
}

fn done(result: Result<(), EditError>) -> Result<Reply, Reply> {
    result
        .map(|()| Reply::done())
        .map_err(|error| rejected(&error))
}

fn reply<T: serde::Serialize>(result: Result<T, EditError>) -> Result<Reply, Reply> {
    result.map(Reply::ok).map_err(|error| rejected(&error))
}

fn rejected(error: &EditError) -> Reply {
    let status = if error.code == 100 { 404 } else { 409 };
    Reply {
        status,
        document: json!({ "error": error.message, "code": error.code }),
    }
}

/// A path segment with its `%XX` read.
fn decoded(segment: &str) -> String {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let [first, tail @ ..] = rest {
        let escape = (*first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = escape {
            bytes.push(byte);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_in_paths_are_read_and_broken_ones_left_alone() {
        assert_eq!(
            decoded(".com.remote%2F10.0.0.1:5061%2FTLS"),
            ".com.remote/10.0.0.1:5061/TLS"
        );
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%zz%4"), "%zz%4");
    }
}
