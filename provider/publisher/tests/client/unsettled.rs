//! Writes whose outcome not even reading can settle.

use std::time::Duration;

use imp_publisher::domain::Pkid;
use imp_publisher::{Connection, Error};
use imp_publisher_simulator::{Fault, FaultKind, RouteRow, Subject, Verb};

use crate::practice::{Practice, created_route, route, scope};

const OFTEN: u32 = 1000;

/// Later than anybody waits.
const LATE: FaultKind = FaultKind::LateEffect { millis: 3_600_000 };

#[tokio::test]
async fn a_creation_that_can_be_neither_confirmed_nor_denied_is_found_later() {
    let practice = Practice::start().await;
    let publisher = practice.publisher_over(Connection {
        max_retries: 1,
        ..practice.connection()
    });
    publisher.check_writable(&scope()).await.unwrap();
    let simulator = &practice.simulator;
    simulator.inject(Fault::after(FaultKind::Reset).on_statement(Verb::Insert, Subject::Route));
    simulator.inject(
        Fault::before(FaultKind::Close)
            .on_statement(Verb::Select, Subject::Route)
            .times(OFTEN),
    );
    let value = route(".com.remote", "10.20.0.15");
    let pkid = Pkid::random();
    let error = publisher
        .create_route(&pkid, &value, &scope())
        .await
        .unwrap_err();
    let Error::UnknownOutcome { cause, .. } = &error else {
        panic!("{error:?}");
    };
    assert!(
        cause.contains("reading the row afterwards failed"),
        "{cause}"
    );
    assert_eq!(practice.cluster().routes().unwrap().len(), 1);

    simulator.clear_faults();
    let stored = practice
        .publisher()
        .create_route(&pkid, &value, &scope())
        .await
        .unwrap();
    assert_eq!(stored.value, value);
    assert_eq!(practice.cluster().routes().unwrap().len(), 1);
}

#[tokio::test]
async fn a_refused_logon_in_the_middle_is_not_repeated_for_the_sake_of_reading() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    let row = created_route(&publisher, &route(".com.remote", "10.20.0.15")).await;
    practice
        .simulator
        .inject(Fault::after(FaultKind::Unauthorized).on_statement(Verb::Delete, Subject::Route));
    let before = practice.requests().len();
    let error = publisher
        .delete_route(&row.pkid, &scope())
        .await
        .unwrap_err();
    assert!(error.may_have_taken_effect(), "{error:?}");
    assert!(error.to_string().contains("HTTP 401"), "{error}");
    assert_eq!(practice.requests().len(), before + 1);
}

#[tokio::test]
async fn a_deletion_that_is_never_carried_out_is_told_so() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    let row = created_route(&publisher, &route(".com.remote", "10.20.0.15")).await;
    practice.simulator.inject(
        Fault::before(FaultKind::WrongRowsUpdated { rows: 1 })
            .on_statement(Verb::Delete, Subject::Route)
            .times(OFTEN),
    );
    let error = publisher
        .delete_route(&row.pkid, &scope())
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::NotCarriedOut { attempts: 3, .. }),
        "{error:?}"
    );
    assert_eq!(practice.cluster().routes().unwrap().len(), 1);
}

/// No reading settles what the publisher is still at.
#[tokio::test]
async fn a_creation_that_takes_effect_after_every_reading_is_never_denied() {
    let practice = Practice::start().await;
    let publisher = practice.publisher_over(Connection {
        request_timeout: Duration::from_secs(1),
        ..practice.connection()
    });
    publisher.check_writable(&scope()).await.unwrap();
    practice.simulator.inject(
        Fault::before(LATE)
            .on_statement(Verb::Insert, Subject::Route)
            .times(OFTEN),
    );
    let value = route(".com.remote", "10.20.0.15");
    let pkid = Pkid::random();
    let error = publisher
        .create_route(&pkid, &value, &scope())
        .await
        .unwrap_err();
    assert!(error.may_have_taken_effect(), "{error:?}");
    assert_eq!(practice.cluster().routes().unwrap(), []);
    drop(publisher);
    let rows = rows_when_idle(&practice).await;
    let pkids: Vec<&str> = rows.iter().map(|row| row.pkid.as_str()).collect();
    assert_eq!(pkids, [pkid.as_str()]);
}

/// An attempt that is refused says nothing of the one before it, which the publisher may still be at.
#[tokio::test]
async fn a_refusal_does_not_hide_that_an_earlier_attempt_may_still_take_effect() {
    let practice = Practice::start().await;
    let publisher = practice.publisher_over(Connection {
        request_timeout: Duration::from_secs(1),
        max_retries: 1,
        ..practice.connection()
    });
    publisher.check_writable(&scope()).await.unwrap();
    let inserts = |kind| Fault::before(kind).on_statement(Verb::Insert, Subject::Route);
    let simulator = &practice.simulator;
    simulator.inject(inserts(LATE));
    let busy = FaultKind::ServiceUnavailable { retry_after: None };
    simulator.inject(inserts(busy).times(OFTEN));
    let value = route(".com.remote", "10.20.0.15");
    let error = publisher
        .create_route(&Pkid::random(), &value, &scope())
        .await
        .unwrap_err();
    assert!(error.may_have_taken_effect(), "{error:?}");
    assert!(error.to_string().contains("HTTP 503"), "{error}");
    drop(publisher);
    assert_eq!(rows_when_idle(&practice).await.len(), 1);
}

/// The rows, when what is late has come.
async fn rows_when_idle(practice: &Practice) -> Vec<RouteRow> {
    practice.simulator.hurry_late_effects();
    while !practice.cluster().is_idle() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    practice.cluster().routes().unwrap()
}
