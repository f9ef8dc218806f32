//! Whole calls, against a scripted server.

use std::time::Duration;

use proptest::prelude::*;
use tokio_util::sync::CancellationToken;

use super::super::Axl;
use crate::scripted::certificates::Authority;
use crate::scripted::{Reply, Server, connection, scope};
use crate::{Connection, Error};

const ONE_ROW: &str = "<row><pkid>1</pkid></row>";

fn axl(server: &Server) -> Axl {
    Axl::new(connection(server.port))
}

/// A server whose first request is answered with a row, so that the client knows it speaks AXL.
async fn known(then: impl Fn(usize) -> Reply + Send + Sync + 'static) -> (Server, Axl) {
    let server = Server::start(move |number, _| match number {
        0 => Reply::found(ONE_ROW),
        number => then(number),
    })
    .await;
    let axl = axl(&server);
    axl.query("SELECT", &scope()).await.unwrap();
    (server, axl)
}

#[tokio::test]
async fn a_statement_is_sent_and_its_rows_come_back() {
    let server = Server::start(|_, _| Reply::found("<row><a>x&amp;y</a></row>")).await;
    let rows = axl(&server).query("SELECT 'a<b'", &scope()).await.unwrap();
    assert_eq!(rows[0].get("a"), Some("x&y"));
    let request = &server.requests()[0];
    assert!(
        request
            .body
            .contains("<sql>SELECT &apos;a&lt;b&apos;</sql>")
    );
    assert_eq!(
        request.header("SOAPAction"),
        Some("\"CUCM:DB ver=12.5 executeSQLQuery\"")
    );
}

#[tokio::test]
async fn ten_requests_at_once_send_a_wrong_password_once() {
    let server =
        Server::start(|_, _| Reply::page(401, "This request requires authentication")).await;
    let axl = axl(&server);
    let mut asking = tokio::task::JoinSet::new();
    for number in 0..10 {
        let axl = axl.clone();
        asking.spawn(async move {
            if number % 2 == 0 {
                axl.query("SELECT", &scope()).await.unwrap_err()
            } else {
                axl.update("DELETE", &scope()).await.unwrap_err().error
            }
        });
    }
    for error in asking.join_all().await {
        assert!(matches!(error, Error::Authentication { .. }), "{error:?}");
    }
    axl.cup_version(&scope()).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_user_without_the_role_is_told_so_and_not_asked_again() {
    let server = Server::start(|_, _| Reply::page(403, "Forbidden")).await;
    let axl = axl(&server);
    for _ in 0..2 {
        let error = axl.query("SELECT", &scope()).await.unwrap_err();
        assert!(matches!(error, Error::RoleMissing { .. }), "{error:?}");
        assert!(error.remedy().unwrap().contains("Standard AXL API Access"));
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_user_who_may_only_read_goes_on_reading_after_a_refused_write() {
    let (_server, axl) = known(|number| match number {
        1 => Reply::page(403, "Forbidden"),
        _ => Reply::found(ONE_ROW),
    })
    .await;
    let error = axl.update("DELETE", &scope()).await.unwrap_err().error;
    assert!(matches!(error, Error::RoleMissing { .. }), "{error:?}");
    axl.query("SELECT", &scope()).await.unwrap();
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_not_tried_again() {
    let (server, _) = known(|_| Reply::found("")).await;
    let careful = Axl::new(Connection {
        insecure_skip_verify: false,
        ca_certificates: Some(Authority::new("Company CA").pem()),
        ..connection(server.port)
    });
    for _ in 0..2 {
        let error = careful.query("SELECT", &scope()).await.unwrap_err();
        assert!(matches!(error, Error::Certificate { .. }), "{error:?}");
    }
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn another_version_is_taken_from_the_offer_and_kept() {
    let server = Server::start(|_, request| {
        if request.head.contains("ver=14.0") {
            Reply::found(ONE_ROW)
        } else {
            let page = "Incorrect axl version. Supported axl versions are 11.5, 14.0 and 12.0.";
            Reply::page(599, page)
        }
    })
    .await;
    let axl = axl(&server);
    axl.query("SELECT", &scope()).await.unwrap();
    axl.query("SELECT", &scope()).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(
        requests[1]
            .body
            .contains("http://www.cisco.com/AXL/API/14.0")
    );
}

#[tokio::test]
async fn a_pinned_version_is_kept_and_the_offer_is_told() {
    let server =
        Server::start(|_, _| Reply::page(599, "Supported axl versions are 11.5, 12.5")).await;
    let pinned = Axl::new(Connection {
        axl_version: Some("14.0".parse().unwrap()),
        ..connection(server.port)
    });
    let error = pinned.query("SELECT", &scope()).await.unwrap_err();
    assert!(
        error.to_string().contains("14.0; it speaks 11.5, 12.5"),
        "{error}"
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_publisher_that_refuses_every_version_is_not_asked_for_ever() {
    let server = Server::start(|number, _| {
        Reply::page(
            599,
            &format!("Supported axl versions are {}.0", 20 + number),
        )
    })
    .await;
    let error = axl(&server).query("SELECT", &scope()).await.unwrap_err();
    assert!(
        matches!(error, Error::VersionUnsupported { .. }),
        "{error:?}"
    );
    assert!(server.requests().len() < 6);
}

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
