//! The first contact: who answers, and who is let in.

use std::time::Duration;

use imp_publisher::{Address, Connection, Error, Freshness};
use imp_publisher_simulator::schema::SchemaDefinition;
use imp_publisher_simulator::{ClusterOptions, Fault, FaultKind, NodeRole, User, UserRole};
use tokio::task::JoinSet;

use crate::practice::{NAME, Practice, domain, scope};

fn at(practice: &Practice, role: NodeRole) -> Connection {
    Connection {
        address: practice.cluster().address_of(role).parse().unwrap(),
        ..practice.connection()
    }
}

#[tokio::test]
async fn the_release_and_the_nodes_are_found() {
    let practice = Practice::with(ClusterOptions::new(NAME).with_subscriber()).await;
    let contact = practice.publisher().contact(&scope()).await.unwrap();
    assert_eq!(contact.release, practice.cluster().schema().release);
    let roles: Vec<bool> = contact.nodes.iter().map(|node| node.is_publisher).collect();
    assert_eq!(roles, [true, false]);
}

#[tokio::test]
async fn a_subscriber_is_refused_and_the_publisher_is_named() {
    let practice = Practice::with(ClusterOptions::new(NAME).with_subscriber()).await;
    let publisher = practice.publisher_over(at(&practice, NodeRole::Subscriber));
    let error = publisher.contact(&scope()).await.unwrap_err();
    let Error::Subscriber { publisher, .. } = &error else {
        panic!("{error:?}");
    };
    assert_eq!(publisher, "imp-pub.emea.example.com");
}

/// The table of nodes tells the roles where the operation that is made for it is not there.
#[tokio::test]
async fn roles_are_found_in_the_table_of_nodes_as_well() {
    let practice = Practice::with(ClusterOptions::new(NAME).with_subscriber()).await;
    let unknown = FaultKind::SoapFault {
        code: -1,
        message: "The operation is not known to this node.".to_owned(),
    };
    let operation = "getClusterNodesAndCriticalServices";
    let fault = Fault::before(unknown).on_operation(operation).times(2);
    practice.simulator.inject(fault);
    let contact = practice.publisher().contact(&scope()).await.unwrap();
    let roles: Vec<(&str, bool)> = contact
        .nodes
        .iter()
        .map(|node| (node.name.as_str(), node.is_publisher))
        .collect();
    let expected = [
        ("imp-pub.emea.example.com", true),
        ("imp-sub1.emea.example.com", false),
    ];
    assert_eq!(roles, expected);
    let publisher = practice.publisher_over(at(&practice, NodeRole::Subscriber));
    let error = publisher.contact(&scope()).await.unwrap_err();
    assert!(
        matches!(&error, Error::Subscriber { publisher, .. } if publisher == "imp-pub.emea.example.com"),
        "{error:?}"
    );
    assert_eq!(practice.simulator.unfired_faults(), []);
}

#[tokio::test]
async fn a_call_manager_is_told_from_an_im_and_presence_node() {
    let practice = Practice::with(ClusterOptions::new(NAME).with_call_manager()).await;
    let publisher = practice.publisher_over(at(&practice, NodeRole::CallManager));
    let error = publisher.contact(&scope()).await.unwrap_err();
    assert!(matches!(error, Error::OtherProduct { .. }), "{error:?}");
}

#[tokio::test]
async fn ten_calls_at_once_try_a_wrong_password_once() {
    let practice = Practice::start().await;
    let publisher = practice.publisher_over(Connection {
        password: "wrong".into(),
        ..practice.connection()
    });
    let mut calls = JoinSet::new();
    for number in 0..10 {
        let publisher = publisher.clone();
        calls.spawn(async move {
            match number % 3 {
                0 => publisher.contact(&scope()).await.map(|_| ()),
                1 => publisher
                    .routes(Freshness::Fresh, &scope())
                    .await
                    .map(|_| ()),
                _ => {
                    let pkid = imp_publisher::domain::Pkid::random();
                    let value = domain("remote.com");
                    publisher
                        .create_domain(&pkid, &value, &scope())
                        .await
                        .map(|_| ())
                }
            }
        });
    }
    while let Some(call) = calls.join_next().await {
        let error = call.unwrap().unwrap_err();
        assert!(matches!(error, Error::Authentication { .. }), "{error:?}");
    }
    assert_eq!(practice.requests().len(), 1);
}

#[tokio::test]
async fn a_user_without_any_role_is_told_which_one_is_missing() {
    let user = User::new("nobody", "secret-of-nobody", UserRole::None);
    let practice = Practice::with(ClusterOptions::new(NAME).with_user(user)).await;
    let publisher = practice.publisher_over(Connection {
        username: "nobody".to_owned(),
        password: "secret-of-nobody".into(),
        ..practice.connection()
    });
    let error = publisher.contact(&scope()).await.unwrap_err();
    assert!(matches!(error, Error::RoleMissing { .. }), "{error:?}");
    assert!(error.remedy().unwrap().contains("Standard AXL API Access"));
    publisher.contact(&scope()).await.unwrap_err();
    assert_eq!(practice.requests().len(), 1);
}

#[tokio::test]
async fn a_user_who_may_only_read_reads_on_after_a_refused_write() {
    let user = User::new("reader", "secret-of-reader", UserRole::ReadOnly);
    let practice = Practice::with(ClusterOptions::new(NAME).with_user(user)).await;
    let publisher = practice.publisher_over(Connection {
        username: "reader".to_owned(),
        password: "secret-of-reader".into(),
        ..practice.connection()
    });
    let pkid = imp_publisher::domain::Pkid::random();
    let refused = publisher
        .create_domain(&pkid, &domain("remote.com"), &scope())
        .await;
    let error = refused.unwrap_err();
    assert!(matches!(error, Error::RoleMissing { .. }), "{error:?}");
    publisher.domains(Freshness::Fresh, &scope()).await.unwrap();
}

#[tokio::test]
async fn the_newest_offered_version_is_spoken_from_then_on() {
    let mut options = ClusterOptions::new(NAME);
    options.axl_versions = vec!["14.0".to_owned(), "15.0".to_owned()];
    let practice = Practice::with(options).await;
    let publisher = practice.publisher();
    publisher.contact(&scope()).await.unwrap();
    publisher.routes(Freshness::Fresh, &scope()).await.unwrap();
    let versions: Vec<_> = practice
        .requests()
        .into_iter()
        .filter_map(|entry| entry.axl_version)
        .collect();
    assert_eq!(versions[0], "12.5");
    assert!(
        versions[1..].iter().all(|version| version == "15.0"),
        "{versions:?}"
    );
}

#[tokio::test]
async fn the_version_of_the_release_is_spoken_once_it_is_known() {
    let options = ClusterOptions::new(NAME).with_schema(SchemaDefinition::b());
    let practice = Practice::with(options).await;
    let publisher = practice.publisher();
    let contact = publisher.contact(&scope()).await.unwrap();
    assert!(contact.release.starts_with("14.0."));
    publisher.routes(Freshness::Fresh, &scope()).await.unwrap();
    assert_eq!(spoken(&practice), ["12.5", "14.0"]);
}

#[tokio::test]
async fn a_pinned_version_is_spoken_whatever_the_release() {
    let options = ClusterOptions::new(NAME).with_schema(SchemaDefinition::b());
    let practice = Practice::with(options).await;
    let publisher = practice.publisher_over(Connection {
        axl_version: Some("11.5".parse().unwrap()),
        ..practice.connection()
    });
    publisher.routes(Freshness::Fresh, &scope()).await.unwrap();
    assert_eq!(spoken(&practice), ["11.5"]);
}

/// The versions that were spoken one after the other.
fn spoken(practice: &Practice) -> Vec<String> {
    let requests = practice.requests().into_iter();
    let mut versions: Vec<String> = requests.filter_map(|entry| entry.axl_version).collect();
    versions.dedup();
    versions
}

#[tokio::test]
async fn a_pinned_version_that_is_not_spoken_is_an_error_with_the_offer() {
    let practice = Practice::start().await;
    let publisher = practice.publisher_over(Connection {
        axl_version: Some("15.0".parse().unwrap()),
        ..practice.connection()
    });
    let error = publisher.contact(&scope()).await.unwrap_err();
    let Error::VersionUnsupported { tried, offered, .. } = &error else {
        panic!("{error:?}");
    };
    assert_eq!(tried, "15.0");
    assert!(offered.contains("12.5"), "{offered}");
}

#[tokio::test]
async fn a_publisher_that_is_down_is_not_waited_for_by_each_of_a_thousand_rows() {
    let practice = Practice::start().await;
    let connection = practice.connection();
    practice.cluster().take_down("imp-pub.emea.example.com");
    let publisher = practice.publisher_over(connection);
    for _ in 0..1000 {
        let error = publisher
            .routes(Freshness::Snapshot, &scope())
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_publisher_that_goes_down_later_is_waited_for_once() {
    let practice = Practice::start().await;
    let publisher = practice.publisher_over(Connection {
        max_retries: 1,
        ..practice.connection()
    });
    publisher.contact(&scope()).await.unwrap();
    practice.cluster().take_down("imp-pub.emea.example.com");
    for _ in 0..200 {
        let error = publisher
            .routes(Freshness::Snapshot, &scope())
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn writes_to_a_publisher_that_goes_down_are_not_waited_for_one_by_one() {
    let practice = Practice::start().await;
    let publisher = practice.publisher_over(Connection {
        max_retries: 1,
        ..practice.connection()
    });
    publisher.check_writable(&scope()).await.unwrap();
    practice.cluster().take_down("imp-pub.emea.example.com");
    for _ in 0..200 {
        let pkid = imp_publisher::domain::Pkid::random();
        let value = domain("remote.com");
        let error = publisher
            .create_domain(&pkid, &value, &scope())
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
    }
    assert_eq!(practice.cluster().domains().unwrap(), []);
}

#[tokio::test]
async fn a_busy_publisher_is_asked_again_at_first_contact() {
    let practice = Practice::start().await;
    practice
        .simulator
        .inject(Fault::before(FaultKind::ServiceUnavailable { retry_after: None }).times(2));
    let publisher = practice.publisher();
    publisher.contact(&scope()).await.unwrap();
    assert_eq!(practice.simulator.unfired_faults(), []);
}

#[tokio::test]
async fn a_redirection_is_told_and_the_password_stays_here() {
    let practice = Practice::start().await;
    let elsewhere = Practice::start().await;
    let location = format!("https://{}/axl/", elsewhere.cluster().address());
    practice
        .simulator
        .inject(Fault::before(FaultKind::Redirect {
            location: location.clone(),
        }));
    let error = practice.publisher().contact(&scope()).await.unwrap_err();
    assert!(
        matches!(&error, Error::Redirected { status: 302, location: found, .. } if *found == location),
        "{error:?}"
    );
    assert_eq!(elsewhere.requests(), []);
}

#[tokio::test]
async fn one_session_serves_the_whole_run() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    for _ in 0..5 {
        publisher.routes(Freshness::Fresh, &scope()).await.unwrap();
    }
    assert_eq!(practice.cluster().sessions_opened(), 1);
}

#[tokio::test]
async fn a_short_operation_does_not_condemn_the_publisher_for_others() {
    let practice = Practice::start().await;
    practice.cluster().set_latency(Duration::from_millis(500));
    let publisher = practice.publisher();
    let short = imp_publisher::Scope {
        deadline: tokio::time::Instant::now() + Duration::from_millis(100),
        ..scope()
    };
    let error = publisher.contact(&short).await.unwrap_err();
    assert!(matches!(error, Error::OutOfTime { .. }), "{error:?}");
    practice.cluster().set_latency(Duration::ZERO);
    publisher.contact(&scope()).await.unwrap();
}

#[tokio::test]
async fn the_address_of_an_error_is_the_one_that_was_configured() {
    let practice = Practice::start().await;
    let address: Address = practice.cluster().address().parse().unwrap();
    practice.cluster().take_down("imp-pub.emea.example.com");
    let error = practice.publisher().contact(&scope()).await.unwrap_err();
    assert!(error.to_string().contains(&address.to_string()), "{error}");
}
