//! Readings that are shared, and what they know.

use std::time::Duration;

use imp_publisher::{Freshness, Publisher};
use imp_publisher_simulator::{Fault, FaultKind, RouteRow, Subject, Verb};
use tokio::task::JoinSet;

use crate::practice::{Practice, created_route, description, route, scope};

/// How many whole readings of the routes were asked for.
fn readings(practice: &Practice) -> usize {
    let table = practice.cluster().schema().static_route.table;
    practice
        .statements(Verb::Select)
        .iter()
        .filter(|sql| sql.contains(&format!("FROM {table} ORDER BY")))
        .count()
}

/// Delays the answer of the next reading, which has been made by then.
fn delay_the_next_reading(practice: &Practice) {
    let slow = FaultKind::Latency { millis: 400 };
    practice
        .simulator
        .inject(Fault::after(slow).on_statement(Verb::Select, Subject::Route));
}

async fn reading_is_under_way(practice: &Practice) {
    while !practice.simulator.unfired_faults().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // The fault counts as fired before the statement is carried out.
    tokio::time::sleep(Duration::from_millis(100)).await;
}

fn read_in_background(
    publisher: &Publisher,
    freshness: Freshness,
) -> tokio::task::JoinHandle<Vec<String>> {
    let publisher = publisher.clone();
    tokio::spawn(async move {
        let table = publisher.routes(freshness, &scope()).await.unwrap();
        let keys = table.rows().iter().map(|row| row.value.key().to_string());
        keys.collect()
    })
}

#[tokio::test]
async fn readings_of_the_same_moment_are_one_request() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    let mut reads = JoinSet::new();
    for _ in 0..50 {
        let publisher = publisher.clone();
        reads.spawn(async move {
            publisher
                .routes(Freshness::Snapshot, &scope())
                .await
                .map(|_| ())
        });
    }
    while let Some(read) = reads.join_next().await {
        read.unwrap().unwrap();
    }
    publisher
        .routes(Freshness::Snapshot, &scope())
        .await
        .unwrap();
    assert_eq!(readings(&practice), 1);
}

#[tokio::test]
async fn own_writes_are_in_the_snapshot_without_a_further_reading() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    publisher
        .routes(Freshness::Snapshot, &scope())
        .await
        .unwrap();
    let prior = route(".com.remote", "10.20.0.15");
    let created = created_route(&publisher, &prior).await;
    let snapshot = publisher
        .routes(Freshness::Snapshot, &scope())
        .await
        .unwrap();
    assert_eq!(snapshot.by_key(&prior.key()), Some(&created));
    let mut new = prior.clone();
    new.description = Some(description("new"));
    publisher
        .update_route(&created.pkid, &prior, &new, &scope())
        .await
        .unwrap();
    let snapshot = publisher
        .routes(Freshness::Snapshot, &scope())
        .await
        .unwrap();
    assert_eq!(snapshot.by_pkid(&created.pkid).unwrap().value, new);
    publisher
        .delete_route(&created.pkid, &scope())
        .await
        .unwrap();
    let snapshot = publisher
        .routes(Freshness::Snapshot, &scope())
        .await
        .unwrap();
    assert!(snapshot.by_pkid(&created.pkid).is_none());
    assert_eq!(readings(&practice), 1);
}

#[tokio::test]
async fn own_writes_are_not_lost_to_a_reading_that_began_before_them() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    let goes = created_route(&publisher, &route(".com.goes", "10.20.0.15")).await;
    delay_the_next_reading(&practice);
    let reading = read_in_background(&publisher, Freshness::Fresh);
    reading_is_under_way(&practice).await;
    let comes = created_route(&publisher, &route(".com.comes", "10.20.0.15")).await;
    publisher.delete_route(&goes.pkid, &scope()).await.unwrap();
    reading.await.unwrap();
    let snapshot = publisher
        .routes(Freshness::Snapshot, &scope())
        .await
        .unwrap();
    assert!(snapshot.by_pkid(&comes.pkid).is_some());
    assert!(snapshot.by_pkid(&goes.pkid).is_none());
}

#[tokio::test]
async fn a_fresh_reading_begins_after_it_was_asked_for() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    publisher.contact(&scope()).await.unwrap();
    delay_the_next_reading(&practice);
    let early = read_in_background(&publisher, Freshness::Snapshot);
    reading_is_under_way(&practice).await;
    let row = RouteRow::to(".com.later", "10.20.0.15");
    practice.cluster().add_route(&row).unwrap();
    let shares = read_in_background(&publisher, Freshness::Snapshot);
    let fresh = read_in_background(&publisher, Freshness::Fresh);
    assert!(!early.await.unwrap().contains(&row.key()));
    assert!(fresh.await.unwrap().contains(&row.key()));
    shares.await.unwrap();
    assert_eq!(readings(&practice), 2);
}

#[tokio::test]
async fn rows_that_are_not_understood_do_not_block_the_others() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    let fine = created_route(&publisher, &route(".com.fine", "10.20.0.15")).await;
    let strange = created_route(&publisher, &route(".com.strange", "10.20.0.15")).await;
    let row = imp_publisher_simulator::RowKey::Route(strange.pkid.to_string());
    practice
        .cluster()
        .set_column(&row, "priority", Some("-1"))
        .unwrap();
    let table = publisher.routes(Freshness::Fresh, &scope()).await.unwrap();
    assert!(table.by_pkid(&fine.pkid).is_some());
    assert!(table.problem_of(&strange.pkid).unwrap().contains("-1"));
    let error = publisher
        .find_route(Some(&strange.pkid), None, &scope())
        .await
        .unwrap_err();
    assert!(
        matches!(error, imp_publisher::Error::UnreadableRow { .. }),
        "{error:?}"
    );
}
