//! An interruption ends waiting at once, and a write that is on its way not at all.

use std::time::Duration;

use imp_publisher::domain::Pkid;
use imp_publisher::{Error, Freshness, Scope};
use imp_publisher_simulator::{Fault, FaultKind, Subject, Verb};
use tokio_util::sync::CancellationToken;

use crate::practice::{Practice, created_route, domain, route, scope};

/// Waits until the simulator has used every fault.
async fn all_fired(practice: &Practice) {
    while !practice.simulator.unfired_faults().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn interruptible() -> (Scope, CancellationToken) {
    let scope = scope();
    let cancellation = scope.cancellation.clone();
    (scope, cancellation)
}

#[tokio::test]
async fn a_reading_ends_at_once_and_so_does_the_wait_for_it() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    publisher.contact(&scope()).await.unwrap();
    practice
        .simulator
        .inject(Fault::before(FaultKind::Hang).on_statement(Verb::Select, Subject::Route));
    let (reading, interruption) = interruptible();
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..5 {
        let (publisher, reading) = (publisher.clone(), reading.clone());
        calls.spawn(async move { publisher.routes(Freshness::Snapshot, &reading).await });
    }
    all_fired(&practice).await;
    interruption.cancel();
    while let Some(call) = calls.join_next().await {
        let error = call.unwrap().unwrap_err();
        assert!(matches!(error, Error::Cancelled), "{error:?}");
    }
    // The interruption of some says nothing about the publisher.
    publisher
        .routes(Freshness::Snapshot, &scope())
        .await
        .unwrap();
}

#[tokio::test]
async fn those_who_wait_for_the_first_contact_of_others_are_released() {
    let practice = Practice::start().await;
    practice.simulator.inject(Fault::before(FaultKind::Hang));
    let publisher = practice.publisher();
    let (first, end_first) = interruptible();
    let making = {
        let publisher = publisher.clone();
        tokio::spawn(async move { publisher.contact(&first).await })
    };
    all_fired(&practice).await;
    let (second, end_second) = interruptible();
    end_second.cancel();
    let error = publisher.contact(&second).await.unwrap_err();
    assert!(matches!(error, Error::Cancelled), "{error:?}");
    end_first.cancel();
    assert!(matches!(making.await.unwrap(), Err(Error::Cancelled)));
    publisher.contact(&scope()).await.unwrap();
}

#[tokio::test]
async fn look_ups_that_shared_a_request_go_on_without_the_one_who_was_interrupted() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    let row = created_route(&publisher, &route(".com.remote", "10.20.0.15")).await;
    practice
        .simulator
        .inject(Fault::before(FaultKind::Hang).on_statement(Verb::Select, Subject::Route));
    let (first, interruption) = interruptible();
    let mut interrupted = tokio::task::JoinSet::new();
    {
        let (publisher, pkid) = (publisher.clone(), row.pkid.clone());
        interrupted.spawn(async move { publisher.find_route(Some(&pkid), None, &first).await });
    }
    let other = {
        let (publisher, pkid) = (publisher.clone(), row.pkid.clone());
        tokio::spawn(async move { publisher.find_route(Some(&pkid), None, &scope()).await })
    };
    all_fired(&practice).await;
    interruption.cancel();
    let error = interrupted.join_next().await.unwrap().unwrap().unwrap_err();
    assert!(matches!(error, Error::Cancelled), "{error:?}");
    assert_eq!(other.await.unwrap().unwrap(), [row]);
}

#[tokio::test]
async fn the_pause_of_a_busy_publisher_ends_at_once() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    publisher.check_writable(&scope()).await.unwrap();
    let busy = FaultKind::ServiceUnavailable {
        retry_after: Some("50".to_owned()),
    };
    practice
        .simulator
        .inject(Fault::before(busy).on_operation("executeSQLUpdate"));
    let (writing, interruption) = interruptible();
    let call = {
        let publisher = publisher.clone();
        tokio::spawn(async move {
            let value = domain("remote.com");
            publisher
                .create_domain(&Pkid::random(), &value, &writing)
                .await
        })
    };
    all_fired(&practice).await;
    interruption.cancel();
    let error = call.await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Cancelled), "{error:?}");
    assert_eq!(practice.cluster().domains().unwrap(), []);
}

#[tokio::test]
async fn a_write_that_is_on_its_way_is_followed_to_its_end() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    publisher.check_writable(&scope()).await.unwrap();
    let slow = FaultKind::Latency { millis: 300 };
    practice
        .simulator
        .inject(Fault::after(slow).on_operation("executeSQLUpdate"));
    let (writing, interruption) = interruptible();
    let call = {
        let publisher = publisher.clone();
        tokio::spawn(async move {
            let value = domain("remote.com");
            publisher
                .create_domain(&Pkid::random(), &value, &writing)
                .await
        })
    };
    all_fired(&practice).await;
    interruption.cancel();
    let stored = call.await.unwrap().unwrap();
    let row = practice.cluster().domain("remote.com").unwrap().unwrap();
    assert_eq!(row.pkid, stored.pkid.to_string());
}
