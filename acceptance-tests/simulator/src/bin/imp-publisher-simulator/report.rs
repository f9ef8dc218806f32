//! What the program prints once every port answers.

use std::fmt::Write as _;

use imp_publisher_simulator::Simulator;
use serde_json::{Value, json};

use crate::variables::Variables;

/// For people.
pub(crate) fn as_text(simulator: &Simulator, variables: &Variables) -> String {
    let mut text = String::new();
    for cluster in simulator.clusters() {
        let schema = cluster.schema();
        let _ = writeln!(
            text,
            "cluster {} ({}, release {})",
            cluster.name(),
            schema.name,
            schema.release
        );
        for (name, role, address) in cluster.nodes() {
            let role = serde_json::to_value(role).unwrap_or_default();
            let role = role.as_str().unwrap_or_default().replace('_', " ");
            let _ = writeln!(text, "  {role:<13} https://{address}/axl/  {name}");
        }
        let _ = writeln!(text, "  profile       {}", cluster.profile_path().display());
    }
    let _ = writeln!(
        text,
        "control       http://{}/\nauthority     {}\n\nFor the terminal in which you run Terraform:\n",
        simulator.control_address(),
        simulator.ca_path().display(),
    );
    for (name, value) in variables {
        let _ = writeln!(text, "export {name}={value}");
    }
    text
}

/// For programs: one line.
pub(crate) fn as_json(simulator: &Simulator, user: &str, password: &str) -> String {
    let clusters: Vec<Value> = simulator
        .clusters()
        .iter()
        .map(|cluster| {
            let nodes: Vec<Value> = cluster
                .nodes()
                .into_iter()
                .map(|(name, role, address)| json!({ "name": name, "role": role, "address": address }))
                .collect();
            json!({
                "name": cluster.name(),
                "address": cluster.address(),
                "nodes": nodes,
                "profile_path": cluster.profile_path(),
            })
        })
        .collect();
    let report = json!({
        "clusters": clusters,
        "control": format!("http://{}", simulator.control_address()),
        "ca_path": simulator.ca_path(),
        "username": user,
        "password": password,
    });
    format!("{report}\n")
}
