//! The operations, as the publisher answers them.

use imp_publisher_simulator::schema::SchemaDefinition;
use imp_publisher_simulator::{
    AnswerClass, ChangeKind, ChangedObject, ClusterOptions, DomainRow, NodeRole, RouteRow,
    Simulator,
};

use crate::client::Soap;

async fn one(options: ClusterOptions) -> (Simulator, Soap) {
    let simulator = Simulator::builder().cluster(options).start().await.unwrap();
    let soap = Soap::new(&simulator, &simulator.clusters()[0]);
    (simulator, soap)
}

const INSERT: &str =
    "INSERT INTO pefederateddomain (pkid, domainname, tkfedprotocol, isdirectfederation) VALUES";

#[tokio::test]
async fn rows_are_written_and_read_back() {
    let (simulator, soap) = one(ClusterOptions::new("emea")).await;
    let came = soap
        .update(&format!("{INSERT} ('p-1', 'remote.com', 2, 't')"))
        .await;
    assert_eq!((came.status, came.one("rowsUpdated").as_str()), (200, "1"));

    let came = soap
        .query("SELECT pkid, domainname, description FROM pefederateddomain")
        .await;
    assert_eq!(came.one("domainname"), "remote.com");
    assert!(
        came.body.contains("<return><row><pkid>p-1</pkid>"),
        "{}",
        came.body
    );
    assert!(
        came.body.contains("<description/></row></return>"),
        "{}",
        came.body
    );
    assert!(
        came.body.contains(
            "<ns:executeSQLQueryResponse xmlns:ns=\"http://www.cisco.com/AXL/API/12.5\">"
        )
    );

    let came = soap
        .update("DELETE FROM pefederateddomain WHERE pkid = 'p-1'")
        .await;
    assert_eq!(came.one("rowsUpdated"), "1");
    let came = soap
        .update("DELETE FROM pefederateddomain WHERE pkid = 'p-1'")
        .await;
    assert_eq!(came.one("rowsUpdated"), "0");
    let came = soap.query("SELECT pkid FROM pefederateddomain").await;
    assert!(came.body.contains("<return/>"), "{}", came.body);
    assert_eq!(simulator.cluster("emea").domains().unwrap(), []);
}

#[tokio::test]
async fn the_journal_tells_what_was_asked_and_done() {
    let (simulator, soap) = one(ClusterOptions::new("emea")).await;
    let cluster = simulator.cluster("emea");
    cluster
        .add_route(&RouteRow::to(".com.remote", "10.0.0.1"))
        .unwrap();
    simulator.clear_journal();
    soap.update(&format!("{INSERT} ('p-1', 'remote.com', 2, 't')"))
        .await;
    soap.update("DELETE FROM pefederateddomain WHERE pkid = 'p-1'")
        .await;
    soap.update("nonsense").await;

    let journal = simulator.journal();
    assert_eq!(
        journal.iter().map(|entry| entry.number).collect::<Vec<_>>(),
        [1, 2, 3]
    );
    assert_eq!(journal[0].operation.as_deref(), Some("executeSQLUpdate"));
    assert_eq!(journal[0].user.as_deref(), Some("axl-terraform"));
    assert_eq!(journal[0].tables, ["pefederateddomain"]);
    assert_eq!((journal[0].status, journal[0].rows), (Some(200), Some(1)));
    let objects: Vec<_> = journal[0]
        .changes
        .iter()
        .map(|change| (&change.object, change.kind))
        .collect();
    assert_eq!(
        objects,
        [
            (&ChangedObject::Domain, ChangeKind::Added),
            (&ChangedObject::IncomingAcl, ChangeKind::Added),
            (&ChangedObject::BackendGateway, ChangeKind::Added),
        ]
    );
    assert_eq!(journal[2].answer, AnswerClass::Fault(-201));
    assert_eq!(journal[2].connection, journal[0].connection);
    let early = simulator
        .journal_book()
        .domains_removed_before_their_routes();
    assert_eq!(early[0].routes_left, [".com.remote"]);
}

#[tokio::test]
async fn faults_carry_code_text_and_operation() {
    let (_simulator, soap) = one(ClusterOptions::new("emea")).await;
    let came = soap.query("SELECT pkid FROM nope").await;
    assert_eq!(came.fault(), -206);
    assert_eq!(
        came.one("axlmessage"),
        "The specified table (nope) is not in the database."
    );
    assert_eq!(came.one("request"), "executeSQLQuery");
    assert_eq!(
        soap.query("DELETE FROM pefederateddomain").await.fault(),
        -1
    );
    assert_eq!(
        soap.update("SELECT pkid FROM pefederateddomain")
            .await
            .fault(),
        -1
    );
    assert_eq!(
        soap.query("SELECT pkid FROM a; SELECT pkid FROM b")
            .await
            .fault(),
        -201
    );
    assert_eq!(soap.call("addStaticRoute", "").await.fault(), -1);
}

#[tokio::test]
async fn versions_and_namespaces_are_checked() {
    let (_simulator, mut soap) = one(ClusterOptions::new("emea")).await;
    soap.version = "15.0";
    let came = soap.query("SELECT tabname FROM systables").await;
    assert_eq!(came.status, 599);
    assert!(
        came.body.contains(
            "Incorrect axl version. Supported axl versions are 10.0, 10.5, 11.0, 11.5, 12.0, 12.5"
        ),
        "{}",
        came.body
    );

    let body = |version: &str, sql: &str| {
        format!(
            "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><n:executeSQLQuery sequence=\"42\" \
             xmlns:n=\"http://www.cisco.com/AXL/API/{version}\">{sql}</n:executeSQLQuery></e:Body></e:Envelope>"
        )
    };
    let sql = "<sql>SELECT tabname FROM systables WHERE tabid = 1</sql>";
    let status =
        async |action: &str, body: String| soap.raw(action, body).await.unwrap().status().as_u16();
    assert_eq!(
        status("CUCM:DB ver=12.5 executeSQLQuery", body("12.5", sql)).await,
        200
    );
    assert_eq!(status("CUCM:DB ver=12.5", body("12.5", sql)).await, 200);
    assert_eq!(
        status("CUCM:DB ver=12.5 executeSQLQuery", body("12.0", sql)).await,
        500
    );
    assert_eq!(
        status("CUCM:DB ver=12.5 getCUPVersion", body("12.5", sql)).await,
        500
    );
    assert_eq!(
        status(
            "CUCM:DB ver=12.5 executeSQLQuery",
            body("12.5", "<n:sql>SELECT</n:sql>")
        )
        .await,
        500
    );
    assert_eq!(status("", body("10.0", sql)).await, 200);
    assert_eq!(status("", body("12.5", sql)).await, 500);
    let response = soap
        .raw("CUCM:DB ver=12.5", body("12.5", sql))
        .await
        .unwrap();
    assert!(response.text().await.unwrap().contains("sequence=\"42\""));
}

#[tokio::test]
async fn the_nodes_tell_their_roles() {
    let options = ClusterOptions::new("emea")
        .with_subscriber()
        .with_call_manager();
    let (simulator, publisher) = one(options).await;
    let cluster = simulator.cluster("emea");
    let subscriber = Soap::to(&simulator, &cluster.address_of(NodeRole::Subscriber));
    let call_manager = Soap::to(&simulator, &cluster.address_of(NodeRole::CallManager));

    assert_eq!(
        publisher.call("getCUPVersion", "").await.one("version"),
        "12.5.1.17900-64"
    );
    assert_eq!(publisher.call("getCCMVersion", "").await.fault(), -1);
    let nodes = subscriber
        .call("getClusterNodesAndCriticalServices", "<nodeName/><locale/>")
        .await;
    assert_eq!(
        nodes.all("name"),
        ["imp-pub.emea.example.com", "imp-sub1.emea.example.com"]
    );
    assert_eq!(nodes.all("isPublisher"), ["true", "false"]);
    let servers = publisher.call("getClusterInfo", "").await;
    assert_eq!(
        servers.all("servername"),
        [
            "imp-pub.emea.example.com",
            "imp-sub1.emea.example.com",
            "cucm-pub.emea.example.com"
        ]
    );
    let roles = "SELECT name FROM processnode WHERE tknodeusage = 0 AND tkprocessnoderole = 2";
    assert_eq!(
        subscriber.query(roles).await.one("name"),
        "imp-pub.emea.example.com"
    );
    let who = "SELECT dbinfo('dbhostname') AS host FROM systables WHERE tabid = 1";
    assert_eq!(
        subscriber.query(who).await.one("host"),
        "imp-sub1.emea.example.com"
    );

    assert_eq!(
        subscriber
            .update(&format!("{INSERT} (newid(), 'a.com', 2, 't')"))
            .await
            .fault(),
        -1
    );
    publisher
        .update(&format!("{INSERT} (newid(), 'a.com', 2, 't')"))
        .await;
    assert_eq!(
        subscriber
            .query("SELECT domainname FROM pefederateddomain")
            .await
            .one("domainname"),
        "a.com"
    );

    assert_eq!(call_manager.call("getCUPVersion", "").await.fault(), -1);
    assert_eq!(call_manager.call("getCCMVersion", "").await.status, 200);
    assert_eq!(
        call_manager
            .query("SELECT pkid FROM pefederateddomain")
            .await
            .fault(),
        -206
    );

    assert!(cluster.take_down("imp-pub.emea.example.com"));
    assert!(publisher.send("getCUPVersion", "").await.is_err());
    let nodes = subscriber
        .call("getClusterNodesAndCriticalServices", "")
        .await;
    assert_eq!(nodes.all("isReachable"), ["false", "true"]);
    cluster.bring_up("imp-pub.emea.example.com").unwrap();
    assert_eq!(publisher.call("getCUPVersion", "").await.status, 200);
}

#[tokio::test]
async fn a_large_answer_is_refused_with_a_suggestion_that_works() {
    let (simulator, soap) =
        one(ClusterOptions::new("emea").with_schema(SchemaDefinition::b())).await;
    let soap = Soap {
        version: "14.0",
        ..soap
    };
    let cluster = simulator.cluster("emea");
    let routes: Vec<RouteRow> = (0..10_000)
        .map(|number| RouteRow::to(&format!(".com.remote{number}"), "10.0.0.1"))
        .collect();
    cluster
        .load(&[DomainRow::named("remote.com")], &routes)
        .unwrap();
    assert_eq!(cluster.routes().unwrap().len(), 10_000);
    let came = soap.query("SELECT * FROM siproutestatic").await;
    assert_eq!(came.status, 200);

    cluster.set_answer_limit(100_000);
    let came = soap.query("SELECT * FROM siproutestatic").await;
    assert_eq!(came.fault(), -1);
    let text = came.one("axlmessage");
    let rest = text
        .strip_prefix("Query request too large. Total rows matched: 10001 rows. Suggestive Row Fetch: less than ")
        .unwrap();
    let rows: u32 = rest.strip_suffix(" rows").unwrap().parse().unwrap();
    let came = soap
        .query(&format!(
            "SELECT FIRST {} * FROM siproutestatic ORDER BY pkid",
            rows - 1
        ))
        .await;
    assert_eq!(came.all("row").len(), usize::try_from(rows - 1).unwrap());
}
