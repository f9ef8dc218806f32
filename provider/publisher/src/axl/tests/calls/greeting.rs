//! The first answer: logging on, certificates and versions.

use super::{ONE_ROW, axl, known};
use crate::axl::Axl;
use crate::scripted::certificates::Authority;
use crate::scripted::{Reply, Server, connection, scope};
use crate::{Connection, Error};

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
