//! How many requests a large walk takes, counted in the publisher's journal.

use acceptance_tests::Practice;
use imp_publisher_simulator::{ClusterOptions, RouteRow};
use mock_core::{Configuration, Workspace, config};
use serde_json::{Value, json};

use crate::process::Process;

fn practice() -> Practice {
    Practice::with([ClusterOptions::new("emea")])
}

/// So many routes, each to a host of its own.
fn routes(number: usize) -> Configuration {
    (0..number).fold(Configuration::new(), |configuration, route| {
        let route_config = config! {
            destination_pattern = format!(".com.remote{}", route / 50),
            next_hop = next_hop(route),
        };
        configuration.resource(&format!("imp_static_route.r{route}"), route_config)
    })
}

fn next_hop(route: usize) -> String {
    format!("10.20.{}.{}", route / 250, route % 250 + 1)
}

/// A workspace that has so many routes in its state, and their rows on the publisher.
async fn seeded(practice: &Practice, number: usize) -> Workspace {
    let process = Process::start(practice, practice.emea()).await;
    let mut workspace = Workspace::new(process.core.clone());
    workspace.run(&routes(1)).await.unwrap();
    process.end().await;
    let first = workspace.state.resources["imp_static_route.r0"].clone();
    let mut rows = Vec::new();
    for route in 1..number {
        let row = RouteRow {
            pkid: format!("00000000-0000-4000-8000-{route:012x}"),
            ..RouteRow::to(&format!(".com.remote{}", route / 50), &next_hop(route))
        };
        let mut stored = first.clone();
        let mut attributes: Value = serde_json::from_str(&stored.attributes).unwrap();
        for (name, value) in [
            ("destination_pattern", json!(row.destination_pattern)),
            ("domain", json!(format!("remote{}.com", route / 50))),
            ("next_hop", json!(row.next_hop)),
            ("id", json!(format!("default/{}", row.key()))),
            ("pkid", json!(row.pkid)),
        ] {
            assert!(attributes.get(name).is_some(), "{name} is an attribute");
            attributes[name] = value;
        }
        stored.attributes = attributes.to_string();
        let mut identity: Value = serde_json::from_str(stored.identity.as_ref().unwrap()).unwrap();
        identity["destination_pattern"] = json!(row.destination_pattern);
        identity["next_hop"] = json!(row.next_hop);
        stored.identity = Some(identity.to_string());
        let address = format!("imp_static_route.r{route}");
        workspace.state.resources.insert(address, stored);
        rows.push(row);
    }
    practice.emea().load(&[], &rows).unwrap();
    workspace
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refresh_of_10_000_routes_takes_at_most_8_requests() {
    let practice = practice();
    let mut workspace = seeded(&practice, 10_000).await;
    let process = Process::start(&practice, practice.emea()).await;
    workspace.use_core(process.core.clone());
    practice.simulator().clear_journal();
    workspace.refresh().await.unwrap();
    process.end().await;
    assert_eq!(workspace.state.resources.len(), 10_000);
    let requests = practice.requests();
    println!("10000 routes: {} requests", requests.len());
    let sql: Vec<_> = requests.iter().map(|entry| &entry.sql).collect();
    assert!(requests.len() <= 8, "{sql:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn creating_1000_routes_takes_at_most_13_requests_for_ten() {
    let practice = practice();
    let process = Process::start(&practice, practice.emea()).await;
    let mut workspace = Workspace::new(process.core.clone());
    let plan = workspace.plan(&routes(1000)).await.unwrap();
    practice.simulator().clear_journal();
    workspace.apply(&plan).await.unwrap();
    process.end().await;
    assert_eq!(practice.emea().routes().unwrap().len(), 1000);
    let requests = practice.requests().len();
    println!("1000 creates: {requests} requests");
    assert!(requests <= 1300, "{requests}");
}
