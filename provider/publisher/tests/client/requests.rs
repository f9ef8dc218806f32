//! How many requests a run takes, counted by the publisher.

use std::sync::Arc;

use imp_publisher::Freshness;
use imp_publisher::domain::Pkid;
use imp_publisher_simulator::{ClusterOptions, DomainRow, RouteRow};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::practice::{NAME, Practice, route, scope};

#[tokio::test]
async fn a_refresh_of_ten_thousand_routes_takes_eight_requests_at_most() {
    let practice = Practice::with(ClusterOptions::new(NAME).with_subscriber()).await;
    let routes: Vec<RouteRow> = (0..10_000)
        .map(|number| RouteRow::to(&format!(".com.remote{number}"), "10.20.0.15"))
        .collect();
    practice.cluster().load(&[], &routes).unwrap();
    let publisher = practice.publisher();
    let table = publisher
        .routes(Freshness::Snapshot, &scope())
        .await
        .unwrap();
    assert!(table.rows().len() >= 10_000);
    for row in table.rows() {
        let again = publisher
            .routes(Freshness::Snapshot, &scope())
            .await
            .unwrap();
        assert!(again.by_pkid(&row.pkid).is_some());
    }
    let requests = practice.requests();
    assert!(requests.len() <= 8, "{}: {requests:#?}", requests.len());
}

#[tokio::test]
async fn a_refresh_of_both_kinds_takes_eight_requests_at_most() {
    let practice = Practice::start().await;
    practice
        .cluster()
        .add_domain(&DomainRow::named("remote.com"))
        .unwrap();
    practice
        .cluster()
        .add_route(&RouteRow::to(".com.remote", "10.20.0.15"))
        .unwrap();
    let publisher = practice.publisher();
    publisher
        .domains(Freshness::Snapshot, &scope())
        .await
        .unwrap();
    publisher
        .routes(Freshness::Snapshot, &scope())
        .await
        .unwrap();
    let requests = practice.requests().len();
    assert!(requests <= 8, "{requests}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_created_route_takes_little_more_than_one_request() {
    const ROUTES: usize = 500;
    let practice = Practice::start().await;
    practice
        .cluster()
        .set_latency(std::time::Duration::from_millis(5));
    let publisher = practice.publisher();
    let places = Arc::new(Semaphore::new(10));
    let mut creations = JoinSet::new();
    for number in 0..ROUTES {
        let (publisher, places) = (publisher.clone(), Arc::clone(&places));
        creations.spawn(async move {
            let _place = places.acquire().await.unwrap();
            let value = route(&format!(".com.remote{number}"), "10.20.0.15");
            let holders = publisher
                .find_route(None, Some(&value.key()), &scope())
                .await;
            assert_eq!(holders.unwrap(), []);
            publisher
                .create_route(&Pkid::random(), &value, &scope())
                .await
                .unwrap();
        });
    }
    while let Some(creation) = creations.join_next().await {
        creation.unwrap();
    }
    assert_eq!(practice.cluster().routes().unwrap().len(), ROUTES);
    let requests = practice.requests().len();
    println!("{requests} requests for {ROUTES} routes");
    assert!(
        requests * 10 <= ROUTES * 13,
        "{requests} requests for {ROUTES} routes"
    );
}
