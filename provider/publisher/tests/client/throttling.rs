//! A publisher that cannot take as much as it is given.

use std::time::Duration;

use imp_publisher::domain::Pkid;
use imp_publisher::{Connection, Publisher};
use imp_publisher_simulator::{ClusterOptions, Fault, FaultKind, Subject, Verb};
use tokio::task::JoinSet;

use crate::practice::{NAME, Practice, created_route, route, scope};

const ROUTES: usize = 60;
const WRITES: usize = 8;

async fn publisher(practice: &Practice) -> Publisher {
    let publisher = practice.publisher_over(Connection {
        max_concurrent_writes: WRITES,
        ..practice.connection()
    });
    publisher.check_writable(&scope()).await.unwrap();
    publisher
}

/// Creates many routes of a domain at once, all of which must succeed.
async fn create_many(publisher: &Publisher, domain: &str) {
    let mut creations = JoinSet::new();
    for host in 1..=ROUTES {
        let publisher = publisher.clone();
        let value = route(domain, &format!("10.20.0.{host}"));
        creations.spawn(async move {
            let (pkid, scope) = (Pkid::random(), scope());
            publisher.create_route(&pkid, &value, &scope).await.unwrap();
        });
    }
    while let Some(creation) = creations.join_next().await {
        creation.unwrap();
    }
}

#[tokio::test]
async fn a_publisher_that_refuses_most_gets_less_at_once_and_does_all_of_it() {
    let practice = Practice::with(ClusterOptions {
        requests_at_once: Some(2),
        latency: Duration::from_millis(20),
        ..ClusterOptions::new(NAME)
    })
    .await;
    create_many(&publisher(&practice).await, ".com.remote").await;
    assert_eq!(practice.cluster().routes().unwrap().len(), ROUTES);
    let requests = practice.requests();
    let refused = requests.iter().filter(|entry| entry.status == Some(503));
    let refused = refused.count();
    assert!(
        refused > 0 && refused < ROUTES,
        "{refused} of {} requests were refused",
        requests.len()
    );
}

#[tokio::test]
async fn a_publisher_that_recovers_gets_as_much_at_once_as_before() {
    let practice = Practice::with(ClusterOptions {
        latency: Duration::from_millis(50),
        ..ClusterOptions::new(NAME)
    })
    .await;
    let publisher = publisher(&practice).await;
    let busy = FaultKind::ServiceUnavailable { retry_after: None };
    let fault = Fault::before(busy).on_statement(Verb::Insert, Subject::Route);
    practice.simulator.inject(fault.times(3));
    created_route(&publisher, &route(".com.remote", "10.20.1.1")).await;
    assert_eq!(practice.simulator.unfired_faults(), []);
    practice.cluster().take_most_requests_at_once();
    // From one place to eight it takes 28 successes.
    create_many(&publisher, ".com.remote").await;
    let most = practice.cluster().take_most_requests_at_once();
    assert!(most >= WRITES, "{most} at once at most");
}
