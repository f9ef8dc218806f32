//! Writes whose outcome not even reading can settle.

use imp_publisher::Error;
use imp_publisher::domain::Pkid;
use imp_publisher_simulator::{Fault, FaultKind, Subject, Verb};

use crate::practice::{Practice, created_route, route, scope};

const OFTEN: u32 = 1000;

#[tokio::test]
async fn a_creation_that_can_be_neither_confirmed_nor_denied_is_found_later() {
    let practice = Practice::start().await;
    let publisher = practice.publisher_over(imp_publisher::Connection {
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
    let Error::UnknownOutcome { cause } = &error else {
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
