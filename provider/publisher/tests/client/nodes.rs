//! The nodes of a cluster through their own services: state, replication, restarts.

use imp_publisher::{
    Address, Connection, Error, Node, NodeClient, Options, Restart, Service, ServiceState,
};
use imp_publisher_simulator::{
    ClusterOptions, DomainRow, Fault, FaultKind, NodeRole, RestartOutcome, User, UserRole,
};

use crate::practice::{NAME, Practice, options, scope};

const ROUTER: &str = "Cisco XCP Router";
const SUBSCRIBER: &str = "imp-sub1.emea.example.com";

async fn practice() -> Practice {
    Practice::with(ClusterOptions::new(NAME).with_subscriber()).await
}

fn address(practice: &Practice, role: NodeRole) -> Address {
    practice.cluster().address_of(role).parse().unwrap()
}

async fn subscriber_over(practice: &Practice, connection: Connection) -> NodeClient {
    let publisher = practice.publisher_over(connection);
    let nodes = publisher.nodes(&scope()).await.unwrap();
    let address = address(practice, NodeRole::Subscriber);
    publisher.node(&nodes[1], Some(address)).unwrap()
}

async fn subscriber(practice: &Practice) -> NodeClient {
    subscriber_over(practice, practice.connection()).await
}

async fn router(node: &NodeClient) -> Service {
    let services = node.services(&scope()).await.unwrap();
    let router = services.into_iter().find(|service| service.name == ROUTER);
    router.unwrap()
}

fn restarts(practice: &Practice, node: &str) -> u32 {
    let services = practice.cluster().services(node);
    let router = services.iter().find(|row| row.name == ROUTER).unwrap();
    router.restarts
}

#[tokio::test]
async fn the_nodes_are_read_afresh_each_time() {
    let practice = practice().await;
    let publisher = practice.publisher();
    let states =
        |nodes: Vec<Node>| -> Vec<String> { nodes.into_iter().map(|node| node.state).collect() };
    let before = publisher.nodes(&scope()).await.unwrap();
    assert!(before.iter().all(|node| node.is_installed));
    assert_eq!(states(before), ["Normal", "Normal"]);
    practice.cluster().set_node_state(SUBSCRIBER, "Taking Over");
    let after = publisher.nodes(&scope()).await.unwrap();
    assert_eq!(states(after), ["Normal", "Taking Over"]);
}

#[tokio::test]
async fn a_restart_is_made_on_the_node_that_is_meant() {
    let practice = practice().await;
    let node = subscriber(&practice).await;
    node.check_name(&scope()).await.unwrap();
    let before = router(&node).await;
    assert_eq!(before.state, ServiceState::Started);
    let restart = node.restart(ROUTER, &scope()).await.unwrap();
    assert!(matches!(restart, Restart::Confirmed), "{restart:?}");
    assert_ne!(router(&node).await.started, before.started);
    assert_eq!(restarts(&practice, SUBSCRIBER), 1);
    assert_eq!(restarts(&practice, "imp-pub.emea.example.com"), 0);
    // One logon for all services of a node, and one for the publisher.
    assert_eq!(practice.cluster().sessions_opened(), 2);
}

#[tokio::test]
async fn another_node_at_the_address_is_noticed() {
    let practice = practice().await;
    // With a check of certificates the name in them would give it away.
    let publisher = practice.publisher_over(Connection {
        ca_certificates: None,
        insecure_skip_verify: true,
        ..practice.connection()
    });
    let nodes = publisher.nodes(&scope()).await.unwrap();
    let wrong = address(&practice, NodeRole::Publisher);
    let node = publisher.node(&nodes[1], Some(wrong)).unwrap();
    let error = node.check_name(&scope()).await.unwrap_err();
    let Error::OtherNode {
        expected, found, ..
    } = &error
    else {
        panic!("{error:?}");
    };
    assert_eq!(expected, SUBSCRIBER);
    assert_eq!(found, "imp-pub.emea.example.com");
}

#[tokio::test]
async fn the_domains_that_replication_has_not_brought_yet_are_named() {
    let practice = practice().await;
    let cluster = practice.cluster();
    for name in ["changed.com", "gone.com", "same.com"] {
        cluster.add_domain(&DomainRow::named(name)).unwrap();
    }
    let node = subscriber(&practice).await;
    assert!(node.domains_behind(&scope()).await.unwrap().is_empty());
    assert!(cluster.hold_replication(SUBSCRIBER).unwrap());
    cluster.add_domain(&DomainRow::named("Added.com")).unwrap();
    cluster.delete_domain("gone.com").unwrap();
    let edit = serde_json::from_str(r#"{"description": "new"}"#).unwrap();
    cluster.edit_domain("changed.com", &edit).unwrap();
    let behind = node.domains_behind(&scope()).await.unwrap();
    let behind: Vec<String> = behind.iter().map(ToString::to_string).collect();
    assert_eq!(behind, ["Added.com", "changed.com", "gone.com"]);
    cluster.resume_replication(SUBSCRIBER);
    assert!(node.domains_behind(&scope()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_refused_restart_is_an_error_and_a_lost_answer_is_not() {
    let practice = practice().await;
    let node = subscriber(&practice).await;
    practice
        .cluster()
        .set_restart_outcome(SUBSCRIBER, RestartOutcome::Refused);
    let error = node.restart(ROUTER, &scope()).await.unwrap_err();
    assert!(
        error.to_string().contains("service control request failed"),
        "{error}"
    );
    practice
        .cluster()
        .set_restart_outcome(SUBSCRIBER, RestartOutcome::Up);
    let fault = FaultKind::SoapFault {
        code: 5007,
        message: "busy".to_owned(),
    };
    practice
        .simulator
        .inject(Fault::before(fault).on_operation("soapDoControlServices"));
    let error = node.restart(ROUTER, &scope()).await.unwrap_err();
    assert!(matches!(error, Error::Rejected { .. }), "{error:?}");
    assert_eq!(restarts(&practice, SUBSCRIBER), 0);

    for kind in [
        FaultKind::Reset,
        FaultKind::TruncatedXml,
        FaultKind::Html { status: 200 },
    ] {
        let fault = Fault::after(kind).on_operation("soapDoControlServices");
        practice.simulator.inject(fault);
        let restart = node.restart(ROUTER, &scope()).await.unwrap();
        assert!(matches!(restart, Restart::AnswerLost(_)), "{restart:?}");
    }
    // Each was asked for once.
    assert_eq!(restarts(&practice, SUBSCRIBER), 3);
    assert!(practice.simulator.unfired_faults().is_empty());
}

#[tokio::test]
async fn a_busy_node_is_asked_again() {
    let practice = practice().await;
    let node = subscriber(&practice).await;
    let busy = FaultKind::ServiceUnavailable { retry_after: None };
    practice
        .simulator
        .inject(Fault::before(busy).on_operation("soapDoControlServices"));
    let restart = node.restart(ROUTER, &scope()).await.unwrap();
    assert!(matches!(restart, Restart::Confirmed), "{restart:?}");
    assert_eq!(restarts(&practice, SUBSCRIBER), 1);
}

#[tokio::test]
async fn who_may_not_control_services_is_told_which_role_is_missing() {
    let reader = User::new("reader", "secret-of-reader", UserRole::ReadOnly);
    let options = ClusterOptions::new(NAME)
        .with_subscriber()
        .with_user(reader);
    let practice = Practice::with(options).await;
    let connection = Connection {
        username: "reader".to_owned(),
        password: "secret-of-reader".into(),
        ..practice.connection()
    };
    let node = subscriber_over(&practice, connection).await;
    let error = node.restart(ROUTER, &scope()).await.unwrap_err();
    assert!(
        matches!(error, Error::ServiceControlRefused { .. }),
        "{error:?}"
    );
    assert!(error.remedy().unwrap().contains("SERVICEABILITY"));
    // Reading goes on.
    node.services(&scope()).await.unwrap();
}

#[tokio::test]
async fn a_publisher_that_is_only_read_restarts_nothing() {
    let practice = practice().await;
    let publisher = practice.publisher_with(Options {
        read_only: true,
        ..options(&practice.profile())
    });
    let nodes = publisher.nodes(&scope()).await.unwrap();
    let node = publisher.node(&nodes[0], None).unwrap();
    let error = node.restart(ROUTER, &scope()).await.unwrap_err();
    assert!(matches!(error, Error::ReadOnly), "{error:?}");
    assert_eq!(restarts(&practice, "imp-pub.emea.example.com"), 0);
}

#[tokio::test]
async fn a_restart_is_in_the_change_log_before_it_is_asked_for() {
    let practice = practice().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("changes.jsonl");
    let logged = Options {
        change_log: Some(path.clone()),
        ..options(&practice.profile())
    };
    let publisher = practice.publisher_with(logged);
    let nodes = publisher.nodes(&scope()).await.unwrap();
    let node = publisher.node(&nodes[0], None).unwrap();
    node.restart(ROUTER, &scope()).await.unwrap();
    let lines = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        lines[0]["statement"],
        "restart of Cisco XCP Router on imp-pub.emea.example.com"
    );
    assert_eq!(lines[1]["outcome"]["restarted"], true);

    // A log that cannot be written stops the restart.
    let unwritable = Options {
        change_log: Some(folder.path().to_owned()),
        ..options(&practice.profile())
    };
    let publisher = practice.publisher_with(unwritable);
    let node = publisher.node(&nodes[0], None).unwrap();
    let error = node.restart(ROUTER, &scope()).await.unwrap_err();
    assert!(matches!(error, Error::ChangeLog { .. }), "{error:?}");
    assert_eq!(restarts(&practice, "imp-pub.emea.example.com"), 1);
}

#[tokio::test]
async fn a_certificate_is_checked_against_the_name_of_the_node() {
    let mut options = ClusterOptions::new(NAME).with_subscriber();
    options.nodes[1].certificate = imp_publisher_simulator::CertificateKind::WrongName;
    let practice = Practice::with(options).await;
    let node = subscriber(&practice).await;
    let error = node.services(&scope()).await.unwrap_err();
    assert!(matches!(error, Error::Certificate { .. }), "{error:?}");
}

#[tokio::test]
async fn errors_name_the_node_that_was_asked() {
    let practice = practice().await;
    let node = subscriber(&practice).await;
    let address = practice.cluster().address_of(NodeRole::Subscriber);
    practice.cluster().take_down(SUBSCRIBER);
    let error = node.services(&scope()).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with(&format!("The node {SUBSCRIBER} at {address} ")),
        "{text}"
    );
}
