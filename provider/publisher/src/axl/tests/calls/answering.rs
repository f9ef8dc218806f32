//! Faults, answers that are none, and the order of writes.

use std::time::Duration;

use proptest::prelude::*;

use super::{axl, known};
use crate::axl::Axl;
use crate::scripted::{Reply, Server, connection, scope};
use crate::{Connection, Error};

#[tokio::test]
async fn faults_are_told_in_the_publishers_own_words_and_not_repeated() {
    for status in [200, 500] {
        let (server, axl) = known(move |_| {
            let Reply::Answer(_, headers, body) =
                Reply::fault(-239, "duplicate value in a UNIQUE INDEX column")
            else {
                unreachable!()
            };
            Reply::Answer(status, headers, body)
        })
        .await;
        let error = axl.update("INSERT", &scope()).await.unwrap_err().error;
        assert!(
            error.is_duplicate() && !error.may_have_taken_effect(),
            "{error:?}"
        );
        assert!(error.to_string().contains("duplicate value"), "{error}");
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn the_words_of_a_fault_are_bounded() {
    let (_server, axl) = known(|_| Reply::fault(-1, &"very long ".repeat(100_000))).await;
    let error = axl.query("SELECT", &scope()).await.unwrap_err();
    assert!(error.to_string().len() < 3000);
}

#[tokio::test]
async fn what_is_no_answer_of_axl_is_told_without_secrets() {
    let server = Server::start(|_, _| {
        Reply::page(
            200,
            &format!("You sent correct horse. {}", "x".repeat(1000)),
        )
    })
    .await;
    let error = axl(&server).query("SELECT", &scope()).await.unwrap_err();
    let Error::Undecodable {
        status,
        content_type,
        excerpt,
        ..
    } = error
    else {
        panic!("{error:?}");
    };
    assert_eq!((status, content_type.as_str()), (200, "text/html"));
    assert_eq!(excerpt.chars().count(), 200);
    assert!(
        excerpt.starts_with("<html><body>You sent (secret)."),
        "{excerpt}"
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_redirect_is_told_and_not_followed() {
    let server =
        Server::start(|_, _| Reply::Answer(302, "Location: /cucm-uds/\r\n", Vec::new())).await;
    let error = axl(&server).query("SELECT", &scope()).await.unwrap_err();
    assert!(
        matches!(&error, Error::Redirected { status: 302, location, .. } if location == "/cucm-uds/"),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_operation_whose_time_has_ended_sends_nothing() {
    let (server, axl) = known(|_| Reply::found("<rowsUpdated>1</rowsUpdated>")).await;
    let late = crate::Scope {
        deadline: tokio::time::Instant::now(),
        ..scope()
    };
    let error = axl.update("INSERT", &late).await.unwrap_err().error;
    assert!(matches!(error, Error::OutOfTime { .. }), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_interrupted_operation_sends_nothing() {
    let (server, axl) = known(|_| Reply::found("<rowsUpdated>1</rowsUpdated>")).await;
    let interrupted = scope();
    interrupted.cancellation.cancel();
    let error = axl.update("INSERT", &interrupted).await.unwrap_err().error;
    assert!(matches!(error, Error::Cancelled), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn writes_go_one_at_a_time_over_one_connection() {
    let server = Server::start(|_, _| Reply::found("<rowsUpdated>1</rowsUpdated>")).await;
    let axl = axl(&server);
    let mut writing = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let axl = axl.clone();
        writing.spawn(async move { axl.update("UPDATE", &scope()).await.unwrap() });
    }
    writing.join_all().await;
    assert_eq!(server.requests().len(), 8);
    // A second write under way would have needed a second connection.
    assert_eq!(server.connections(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_comes_is_a_typed_error(
        status in 200_u16..=599,
        bytes in proptest::collection::vec(any::<u8>(), 0..600),
        raw in any::<bool>(),
    ) {
        let reply = if raw { Reply::Raw(bytes) } else { Reply::Answer(status, "", bytes) };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let server = Server::start(move |_, _| reply.clone()).await;
            let axl = Axl::new(Connection {
                max_retries: 0,
                request_timeout: Duration::from_secs(5),
                ..connection(server.port)
            });
            let error = axl.update("INSERT", &scope()).await.unwrap_err().error;
            assert!(!error.to_string().contains("horse"));
            axl.query("SELECT", &scope()).await.unwrap_err();
        });
    }
}
