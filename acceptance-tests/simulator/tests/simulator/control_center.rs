//! The Control Center Services API.

use std::time::Duration;

use imp_publisher_simulator::{
    ChangedObject, ClusterOptions, DomainRow, Fault, FaultKind, NodeRole, RestartOutcome,
    Simulator, User, UserRole,
};

use crate::client::{Came, Soap};

async fn call(soap: &Soap, operation: &str, content: &str) -> Came {
    let body = format!(
        "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:s=\"http://schemas.cisco.com/ast/soap\"><e:Body><s:{operation}>{content}</s:{operation}></e:Body>\
         </e:Envelope>"
    );
    let response = soap
        .http
        .post(format!(
            "https://{}/controlcenterservice2/services/ControlCenterServices",
            soap.address
        ))
        .basic_auth(&soap.user, Some(&soap.password))
        .header("content-type", "text/xml; charset=utf-8")
        .header("soapaction", format!("\"{operation}\""))
        .body(body)
        .send()
        .await
        .unwrap();
    Came {
        status: response.status().as_u16(),
        body: response.text().await.unwrap(),
    }
}

const RESTART: &str = "<s:ControlServiceRequest><s:NodeName/><s:ControlType>Restart</s:ControlType><s:ServiceList>\
                       <s:item>Cisco XCP Router</s:item></s:ServiceList></s:ControlServiceRequest>";

const STATUS: &str = "<s:ServiceStatus>Cisco XCP Router</s:ServiceStatus>";

#[tokio::test]
async fn a_restart_of_the_router_is_seen_on_its_own_node() {
    let options = ClusterOptions::new("emea").with_subscriber();
    let simulator = Simulator::builder().cluster(options).start().await.unwrap();
    let cluster = simulator.cluster("emea");
    let publisher = Soap::new(&simulator, cluster);
    let subscriber = Soap::to(&simulator, &cluster.address_of(NodeRole::Subscriber));
    let all = call(&publisher, "soapGetServiceStatus", "<s:ServiceStatus/>").await;
    assert_eq!(all.all("ServiceName").len(), 15);
    let before = call(&publisher, "soapGetServiceStatus", STATUS).await;
    assert_eq!(before.one("ServiceStatus"), "Started");
    let elsewhere = call(&subscriber, "soapGetServiceStatus", STATUS)
        .await
        .one("StartTime");

    simulator.inject(
        Fault::before(FaultKind::Html { status: 200 }).on_operation("soapDoControlServices"),
    );
    assert!(
        call(&publisher, "soapDoControlServices", RESTART)
            .await
            .body
            .contains("<html")
    );
    cluster.set_restart_time(Duration::from_secs(3600));
    let restarted = call(&publisher, "soapDoControlServices", RESTART).await;
    assert_eq!(restarted.one("ServiceStatus"), "Starting");
    cluster.set_restart_time(Duration::ZERO);
    let restarted = call(&publisher, "soapDoControlServices", RESTART).await;
    assert_eq!(restarted.one("ServiceStatus"), "Started");
    assert_ne!(restarted.one("StartTime"), before.one("StartTime"));
    assert_eq!(
        call(&subscriber, "soapGetServiceStatus", STATUS)
            .await
            .one("StartTime"),
        elsewhere
    );

    let services = cluster.services("imp-pub.emea.example.com");
    let restarts = |name: &str| {
        services
            .iter()
            .find(|row| row.name == name)
            .unwrap()
            .restarts
    };
    assert_eq!(
        (
            restarts("Cisco XCP Connection Manager"),
            restarts("Cisco SIP Proxy")
        ),
        (2, 0)
    );
    let journal = simulator.journal();
    assert_eq!(
        journal.last().unwrap().operation.as_deref(),
        Some("soapGetServiceStatus")
    );
    let changes = &journal[journal.len() - 2].changes;
    assert!(
        changes
            .iter()
            .any(|change| change.object == ChangedObject::Service
                && change.key == "Cisco XCP Router")
    );
}

#[tokio::test]
async fn a_reader_restarts_nothing() {
    let options =
        ClusterOptions::new("emea").with_user(User::new("reader", "r", UserRole::ReadOnly));
    let simulator = Simulator::builder().cluster(options).start().await.unwrap();
    let soap = Soap {
        user: "reader".to_owned(),
        password: "r".to_owned(),
        ..Soap::new(&simulator, simulator.cluster("emea"))
    };
    assert_eq!(
        call(&soap, "soapGetServiceStatus", STATUS).await.status,
        200
    );
    assert_eq!(
        call(&soap, "soapDoControlServices", RESTART).await.status,
        403
    );
    let stop = RESTART.replace("Restart", "Stop");
    let writer = Soap::new(&simulator, simulator.cluster("emea"));
    assert_eq!(
        call(&writer, "soapDoControlServices", &stop).await.fault(),
        -1
    );
    assert_eq!(call(&writer, "soapNoSuchThing", "").await.fault(), -1);
    let services = simulator
        .cluster("emea")
        .services("imp-pub.emea.example.com");
    assert!(services.iter().all(|row| row.restarts == 0));
}

#[tokio::test]
async fn a_node_can_refuse_a_restart_and_report_another_state() {
    let options = ClusterOptions::new("emea").with_subscriber();
    let simulator = Simulator::builder().cluster(options).start().await.unwrap();
    let cluster = simulator.cluster("emea");
    let subscriber = "imp-sub1.emea.example.com";
    assert!(cluster.set_restart_outcome(subscriber, RestartOutcome::Refused));
    let soap = Soap::to(&simulator, &cluster.address_of(NodeRole::Subscriber));
    let refused = call(&soap, "soapDoControlServices", RESTART).await;
    assert_eq!(refused.one("ReturnCode"), "1");
    assert_eq!(refused.one("ServiceStatus"), "Started");
    assert!(
        cluster
            .services(subscriber)
            .iter()
            .all(|row| row.restarts == 0)
    );
    let down = RestartOutcome::Down(vec!["Cisco XCP Router".to_owned()]);
    assert!(cluster.set_restart_outcome(subscriber, down));
    let stopped = call(&soap, "soapDoControlServices", RESTART).await;
    assert_eq!(stopped.one("ReturnCode"), "0");
    assert_eq!(stopped.one("ServiceStatus"), "Stopped");

    assert!(cluster.set_node_state(subscriber, "Running in Backup Mode"));
    assert!(!cluster.set_node_state("nobody", "Normal"));
    let publisher = Soap::new(&simulator, cluster);
    let nodes = publisher
        .call("getClusterNodesAndCriticalServices", "<nodeName/>")
        .await;
    assert_eq!(
        nodes.all("nodeStateString"),
        ["Normal", "Running in Backup Mode"]
    );
}

#[tokio::test]
async fn a_node_whose_replication_is_held_up_reads_what_was_there_before() {
    let options = ClusterOptions::new("emea").with_subscriber();
    let simulator = Simulator::builder().cluster(options).start().await.unwrap();
    let cluster = simulator.cluster("emea");
    let subscriber = "imp-sub1.emea.example.com";
    cluster.add_domain(&DomainRow::named("early.com")).unwrap();
    assert!(cluster.hold_replication(subscriber).unwrap());
    cluster.add_domain(&DomainRow::named("late.com")).unwrap();
    let table = cluster.schema().federated_domain.table;
    let query = format!("SELECT COUNT(*) AS number FROM {table}");
    let publisher = Soap::new(&simulator, cluster);
    let own = Soap::to(&simulator, &cluster.address_of(NodeRole::Subscriber));
    assert_eq!(publisher.query(&query).await.one("number"), "2");
    assert_eq!(own.query(&query).await.one("number"), "1");
    assert!(cluster.resume_replication(subscriber));
    assert_eq!(own.query(&query).await.one("number"), "2");
}
