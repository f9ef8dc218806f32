//! What is tried again, what never is, and how long anybody waits.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{ONE_ROW, axl, known};
use crate::axl::Axl;
use crate::patience::LONG_WAIT;
use crate::scripted::log::Listener;
use crate::scripted::{Reply, Server, connection, scope};
use crate::{Connection, Error};

#[tokio::test]
async fn a_busy_publisher_is_asked_again_and_a_write_takes_effect_once() {
    let (server, axl) = known(|number| match number {
        1 | 2 => Reply::page(503, "Service Unavailable"),
        _ => Reply::found("<rowsUpdated>1</rowsUpdated>"),
    })
    .await;
    assert_eq!(axl.update("UPDATE", &scope()).await.unwrap().rows, 1);
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn retries_end_with_the_number_allowed() {
    let server = Server::start(|_, _| Reply::page(503, "Service Unavailable")).await;
    let patient = Axl::new(Connection {
        max_retries: 1,
        ..connection(server.port)
    });
    let error = patient.query("SELECT", &scope()).await.unwrap_err();
    assert!(matches!(error, Error::Busy { .. }), "{error:?}");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_publisher_that_wants_to_be_left_alone_for_too_long_is() {
    let server =
        Server::start(|_, _| Reply::Answer(503, "Retry-After: 3600\r\n", Vec::new())).await;
    let error = axl(&server).query("SELECT", &scope()).await.unwrap_err();
    assert!(matches!(error, Error::Busy { .. }), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn what_one_request_is_told_to_wait_holds_back_all_the_others() {
    let server = Server::start(|number, _| match number {
        0 => Reply::found(ONE_ROW),
        _ => Reply::Answer(503, "Retry-After: 3600\r\n", Vec::new()),
    })
    .await;
    let axl = axl(&server);
    axl.query("SELECT", &scope()).await.unwrap();
    axl.query("SELECT", &scope()).await.unwrap_err();
    // Reads and writes, each with an hour to wait that it does not have: not one is sent.
    let error = axl.query("SELECT", &scope()).await.unwrap_err();
    assert!(matches!(error, Error::Busy { .. }), "{error:?}");
    let unwritten = axl.update("UPDATE", &scope()).await.unwrap_err();
    assert!(matches!(unwritten.error, Error::Busy { .. }));
    assert!(!unwritten.sent);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn an_interruption_ends_the_wait_of_those_who_are_held_back() {
    let (told, mut busy) = tokio::sync::mpsc::unbounded_channel();
    let server = Server::start(move |_, _| {
        told.send(()).unwrap();
        Reply::Answer(503, "Retry-After: 30\r\n", Vec::new())
    })
    .await;
    let axl = axl(&server);
    let interrupted = scope();
    let asking = {
        let (axl, scope) = (axl.clone(), interrupted.clone());
        tokio::spawn(async move { axl.query("SELECT", &scope).await })
    };
    busy.recv().await.unwrap();
    let held_back = {
        let (axl, scope) = (axl.clone(), interrupted.clone());
        tokio::spawn(async move { axl.update("UPDATE", &scope).await })
    };
    interrupted.cancellation.cancel();
    assert!(matches!(
        asking.await.unwrap().unwrap_err(),
        Error::Cancelled
    ));
    let unwritten = held_back.await.unwrap().unwrap_err();
    assert!(matches!(unwritten.error, Error::Cancelled));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_interruption_ends_the_pause_before_a_retry() {
    let interrupted = crate::Scope {
        cancellation: CancellationToken::new(),
        ..scope()
    };
    let cancellation = interrupted.cancellation.clone();
    let server = Server::start(move |_, _| {
        cancellation.cancel();
        Reply::Answer(503, "Retry-After: 30\r\n", Vec::new())
    })
    .await;
    let error = axl(&server)
        .update("UPDATE", &interrupted)
        .await
        .unwrap_err()
        .error;
    assert!(matches!(error, Error::Cancelled), "{error:?}");
}

#[tokio::test]
async fn an_interruption_ends_a_read_that_is_under_way() {
    let interrupted = scope();
    let cancellation = interrupted.cancellation.clone();
    let server = Server::start(move |_, _| {
        cancellation.cancel();
        Reply::Silence
    })
    .await;
    let error = axl(&server)
        .query("SELECT", &interrupted)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Cancelled), "{error:?}");
}

#[tokio::test]
async fn an_interruption_ends_the_wait_for_the_first_answer() {
    let server = Server::start(|_, _| Reply::Silence).await;
    let axl = axl(&server);
    let first = scope();
    let waiting = scope();
    let asking = {
        let (axl, first) = (axl.clone(), first.clone());
        tokio::spawn(async move { axl.query("SELECT", &first).await })
    };
    waiting.cancellation.cancel();
    let error = axl.update("UPDATE", &waiting).await.unwrap_err().error;
    assert!(matches!(error, Error::Cancelled), "{error:?}");
    first.cancellation.cancel();
    asking.await.unwrap().unwrap_err();
}

#[tokio::test]
async fn a_host_that_was_never_reached_fails_at_once() {
    let port = Server::start(|_, _| Reply::Close).await.port;
    let error = Axl::new(connection(port))
        .query("SELECT", &scope())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
    assert!(error.is_connection_problem());
}

#[tokio::test]
async fn a_read_whose_answer_is_lost_is_repeated() {
    for lost in [
        Reply::Close,
        Reply::Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n<a".to_vec()),
        Reply::page(502, "Bad Gateway"),
        Reply::page(200, "Starting"),
    ] {
        let (server, axl) = known(move |number| match number {
            1 => lost.clone(),
            _ => Reply::found(ONE_ROW),
        })
        .await;
        axl.query("SELECT", &scope()).await.unwrap();
        assert_eq!(server.requests().len(), 3);
    }
}

#[tokio::test]
async fn a_write_whose_answer_is_lost_is_never_repeated() {
    for lost in [
        Reply::Close,
        Reply::Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n<a".to_vec()),
        Reply::page(502, "Bad Gateway"),
        Reply::page(500, "Internal Server Error"),
        Reply::page(200, "Welcome"),
        Reply::found(""),
        Reply::found("<rowsUpdated>many</rowsUpdated>"),
    ] {
        let (server, axl) = known(move |_| lost.clone()).await;
        let error = axl.update("INSERT", &scope()).await.unwrap_err().error;
        assert!(matches!(error, Error::UnknownOutcome { .. }), "{error:?}");
        assert!(error.may_have_taken_effect());
        assert!(!error.to_string().ends_with(".."), "{error}");
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_write_that_gets_no_answer_in_time_is_never_repeated() {
    let server = Server::start(|number, _| match number {
        0 => Reply::found(ONE_ROW),
        _ => Reply::Silence,
    })
    .await;
    let axl = Axl::new(Connection {
        request_timeout: Duration::from_secs(1),
        ..connection(server.port)
    });
    axl.query("SELECT", &scope()).await.unwrap();
    let error = axl.update("INSERT", &scope()).await.unwrap_err().error;
    assert!(matches!(error, Error::UnknownOutcome { .. }), "{error:?}");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn who_waits_long_for_an_answer_is_told_so() {
    let log = Listener::new();
    let (server, axl) = known(|_| Reply::Silence).await;
    let scope = scope();
    let query = axl.query("SELECT", &scope);
    let watch = async {
        while server.requests().len() < 2 {
            tokio::task::yield_now().await;
        }
        tokio::time::pause();
        tokio::time::sleep(LONG_WAIT * 2).await;
    };
    tokio::select! {
        answer = query => panic!("{answer:?}"),
        () = watch => {}
    }
    let words = ["has not answered yet", "executeSQLQuery", "127.0.0.1"];
    assert_eq!(log.lines_with(&words), 1);
}

#[tokio::test]
async fn each_pause_before_a_retry_is_told_with_its_reason() {
    let log = Listener::new();
    let (_server, axl) = known(|number| match number {
        1 => Reply::page(503, "Service Unavailable"),
        _ => Reply::found("<rowsUpdated>1</rowsUpdated>"),
    })
    .await;
    axl.update("UPDATE", &scope()).await.unwrap();
    let words = ["trying again", "executeSQLUpdate", "HTTP 503", "retry=1"];
    assert_eq!(log.lines_with(&words), 1);
}
