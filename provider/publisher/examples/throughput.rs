//! How fast routes are created: 500 of them, 50 in flight, 8 writes at once, on a practice publisher that
//! takes 50 ms for every request. `cargo run -p imp-publisher --example throughput` prints it.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement for people"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use imp_publisher::domain::{Pkid, StaticRoute};
use imp_publisher::{Connection, Options, Profile, ProfileSource, Publisher, Scope};
use imp_publisher_simulator::{ClusterOptions, DEFAULT_PASSWORD, DEFAULT_USER, Simulator, Verb};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

const ROUTES: u32 = 500;
const IN_FLIGHT: usize = 50;
const WRITES: u32 = 8;
const LATENCY: Duration = Duration::from_millis(50);

#[tokio::main]
async fn main() {
    let builder = Simulator::builder().cluster(ClusterOptions::new("emea"));
    let simulator = builder.start().await.unwrap();
    let cluster = simulator.cluster("emea");
    let publisher = publisher(&simulator);
    publisher.check_writable(&scope()).await.unwrap();
    cluster.set_latency(LATENCY);
    simulator.clear_journal();
    let places = Arc::new(Semaphore::new(IN_FLIGHT));
    let mut creations = JoinSet::new();
    let began = Instant::now();
    for number in 0..ROUTES {
        let (publisher, places) = (publisher.clone(), Arc::clone(&places));
        creations.spawn(async move {
            let _place = places.acquire().await.unwrap();
            let value = route(number);
            let key = value.key();
            let holders = publisher
                .find_route(None, Some(&key), &scope())
                .await
                .unwrap();
            assert!(holders.is_empty());
            publisher
                .create_route(&Pkid::random(), &value, &scope())
                .await
                .unwrap();
        });
    }
    while let Some(creation) = creations.join_next().await {
        creation.unwrap();
    }
    let took = began.elapsed();
    let journal = simulator.journal();
    let durations = journal
        .iter()
        .filter(|entry| entry.verb == Some(Verb::Insert))
        .map(|entry| Duration::from_micros(entry.duration_us));
    let mean = durations.sum::<Duration>() / ROUTES;
    let percent = |least: Duration| 100.0 * least.as_secs_f64() / took.as_secs_f64();
    println!(
        "{ROUTES} routes in {took:?}, {} requests, {} at once at most. {WRITES} writes at once of {LATENCY:?} \
         each: {:.0} %; of {mean:?} each, as they took: {:.0} %",
        journal.len(),
        cluster.take_most_requests_at_once(),
        percent(LATENCY * ROUTES / WRITES),
        percent(mean * ROUTES / WRITES),
    );
}

fn publisher(simulator: &Simulator) -> Publisher {
    let cluster = simulator.cluster("emea");
    let profile = Profile::from_json(&cluster.profile().to_string()).unwrap();
    let connection = Connection {
        address: cluster.address().parse().unwrap(),
        node: None,
        username: DEFAULT_USER.to_owned(),
        password: DEFAULT_PASSWORD.into(),
        axl_version: None,
        ca_certificates: Some(simulator.ca_pem().to_owned()),
        tls_server_name: None,
        insecure_skip_verify: false,
        proxy_url: None,
        request_timeout: Duration::from_secs(30),
        retry_timeout: Duration::from_secs(60),
        max_retries: 5,
        max_concurrent_reads: 4,
        max_concurrent_writes: usize::try_from(WRITES).unwrap(),
    };
    let options = Options {
        profile: ProfileSource::File(Box::new(profile)),
        allow_unverified_profile: false,
        read_only: false,
        change_log: None,
    };
    Publisher::new("emea", connection, options)
}

fn scope() -> Scope {
    Scope {
        deadline: tokio::time::Instant::now() + Duration::from_secs(300),
        cancellation: CancellationToken::new(),
    }
}

fn route(number: u32) -> StaticRoute {
    StaticRoute {
        destination_pattern: format!(".com.remote{number}").parse().unwrap(),
        description: None,
        next_hop: "10.20.0.15".parse().unwrap(),
        next_hop_port: "5061".parse().unwrap(),
        route_type: "domain".parse().unwrap(),
        protocol: "TLS".parse().unwrap(),
        priority: "1".parse().unwrap(),
        weight: "1".parse().unwrap(),
        allow_less_specific_route: true,
        in_service: true,
        block_route: false,
    }
}
