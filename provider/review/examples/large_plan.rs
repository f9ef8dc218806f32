//! How long the review of a large plan takes, and how much memory.
//!
//! ```console
//! $ cargo run --profile measure --package imp-review --example large_plan -- make 10000 /tmp/large.json
//! $ cargo run --profile measure --package imp-review --example large_plan -- review /tmp/large.json
//! ```
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement that is started by hand"
)]

use std::fs;
use std::time::Instant;

use imp_review::{Options, Plan, Review, report};
use serde_json::{Value, json};

const CLUSTERS: [&str; 5] = ["amer", "apac", "emea", "gov", "lab"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["make", resources, file] => {
            fs::write(file, plan(resources.parse().unwrap()).to_string()).unwrap();
        }
        ["review", file] => review(file),
        _ => println!("make RESOURCES FILE, or review FILE"),
    }
}

fn review(file: &str) {
    let begin = Instant::now();
    let bytes = fs::read(file).unwrap();
    let plan = Plan::read(&bytes).unwrap();
    let read = begin.elapsed();
    let review = Review::of(&plan, &Options::default());
    let reviewed = begin.elapsed();
    let text = report::text(&review, false);
    let markdown = report::markdown(&review);
    let sarif = report::sarif(&review, "main.tf").to_string();
    let whole = begin.elapsed();
    println!(
        "{} MiB of plan JSON, {} domains, {} routes, {} findings",
        bytes.len() / (1024 * 1024),
        plan.domains.len(),
        plan.routes.len(),
        review.findings.len()
    );
    println!(
        "text {} KiB, Markdown {} KiB, SARIF {} KiB",
        text.len() / 1024,
        markdown.len() / 1024,
        sarif.len() / 1024
    );
    println!("read after {read:?}, reviewed after {reviewed:?}, reported after {whole:?}");
    println!("{}", peak_memory());
}

/// What Linux says of this process.
fn peak_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM"));
    peak.unwrap_or("VmHWM: not known on this system").to_owned()
}

/// A plan with so many resources: a domain with two routes on each cluster, a third of the routes changed.
fn plan(resources: usize) -> Value {
    let mut changes = Vec::new();
    let mut planned = Vec::new();
    let mut prior = Vec::new();
    let mut add = |address: String, kind: &str, name: &str, before: Value, after: Value| {
        let action = if before == after { "no-op" } else { "update" };
        let resource = |values: &Value| {
            json!({
                "address": address, "mode": "managed", "type": kind, "name": name,
                "provider_name": "registry.terraform.io/imp-federation/imp", "schema_version": 0,
                "values": values, "sensitive_values": {},
            })
        };
        planned.push(resource(&after));
        prior.push(resource(&before));
        changes.push(json!({
            "address": address, "mode": "managed", "type": kind, "name": name,
            "provider_name": "registry.terraform.io/imp-federation/imp",
            "change": {
                "actions": [action], "before": before, "after": after, "after_unknown": {},
                "before_sensitive": {}, "after_sensitive": {},
            },
        }));
    };
    for number in 0..resources / 3 {
        let cluster = CLUSTERS[number % CLUSTERS.len()];
        let label = number / CLUSTERS.len();
        let domain = format!("partner{label}.example");
        let key = format!("{cluster}/{domain}");
        let values = json!({
            "id": key, "publisher": cluster, "domain_name": domain, "description": "A partner",
            "integration_type": "ocs_lync", "direct_federation": true, "force_destroy": false,
            "pkid": format!("00000000-0000-4000-8000-{number:012}"), "timeouts": null,
        });
        let address = format!("imp_sip_federation_domain.remote[\"{key}\"]");
        add(
            address,
            "imp_sip_federation_domain",
            "remote",
            values.clone(),
            values,
        );
        for (name, priority) in [("primary", 1), ("backup", 2)] {
            let route = |hop: String| {
                json!({
                    "id": format!("{cluster}/.example.partner{label}/{hop}:5061/TLS"), "publisher": cluster,
                    "domain": domain, "destination_pattern": format!(".example.partner{label}"),
                    "next_hop": hop, "next_hop_port": 5061, "protocol": "TLS", "route_type": "domain",
                    "priority": priority, "weight": 1, "allow_less_specific_route": true,
                    "in_service": true, "block_route": false, "description": null,
                    "pkid": format!("00000000-0000-4000-900{priority}-{number:012}"), "timeouts": null,
                })
            };
            let hop = |server: usize| format!("10.20.{priority}.{server}");
            let after = if number % 3 == 0 { 16 } else { 15 };
            let address = format!("imp_static_route.{name}[\"{key}\"]");
            add(
                address,
                "imp_static_route",
                name,
                route(hop(15)),
                route(hop(after)),
            );
        }
    }
    let expressions =
        json!({ "publisher": { "references": ["each.value.publisher", "each.value"] } });
    let block = |kind: &str, name: &str| {
        json!({
            "address": format!("{kind}.{name}"), "mode": "managed", "type": kind, "name": name,
            "provider_config_key": "imp", "expressions": expressions, "schema_version": 0,
            "for_each_expression": { "references": ["local.all"] },
        })
    };
    json!({
        "format_version": "1.2",
        "terraform_version": "1.15.5",
        "planned_values": { "root_module": { "resources": planned } },
        "resource_changes": changes,
        "prior_state": {
            "format_version": "1.0", "values": { "root_module": { "resources": prior } },
        },
        "configuration": {
            "provider_config": { "imp": { "name": "imp" } },
            "root_module": { "resources": [
                block("imp_sip_federation_domain", "remote"),
                block("imp_static_route", "primary"),
                block("imp_static_route", "backup"),
            ] },
        },
    })
}
