//! Another administrator, and what happens by itself.

use imp_publisher_simulator::{
    AnswerClass, ClusterOptions, CompanionsMadeBy, DomainEdit, DomainRow, Origin, RouteEdit,
    RouteRow, RowKey, Settings, Simulator,
};

use imp_publisher_simulator::schema::{CatalogueChange, SchemaDefinition};

use crate::client::Soap;

async fn start(schema: SchemaDefinition) -> Simulator {
    let mut options = ClusterOptions::new("emea").with_schema(schema);
    options.learned_domains = vec!["learned.example".to_owned()];
    options.xmpp_domains = vec!["chat.example".to_owned()];
    Simulator::builder().cluster(options).start().await.unwrap()
}

#[tokio::test]
async fn edits_mean_the_same_under_both_schemas() {
    for schema in [SchemaDefinition::a(), SchemaDefinition::b()] {
        let simulator = start(schema).await;
        let cluster = simulator.cluster("emea");
        let found: Vec<_> = cluster.domains().unwrap();
        assert_eq!(
            found
                .iter()
                .map(|row| (row.integration_type.as_str(), row.learned))
                .collect::<Vec<_>>(),
            [("xmpp", false), ("ocs_lync", true)]
        );
        cluster.add_domain(&DomainRow::named("remote.com")).unwrap();
        let edit = DomainEdit {
            description: Some("by hand".to_owned()),
            ..DomainEdit::default()
        };
        cluster.edit_domain("remote.com", &edit).unwrap();
        assert_eq!(
            cluster
                .domain("remote.com")
                .unwrap()
                .unwrap()
                .description
                .as_deref(),
            Some("by hand")
        );

        let route = RouteRow::to(".com.remote", "10.0.0.1");
        cluster.add_route(&route).unwrap();
        let edit = RouteEdit {
            priority: Some(2),
            in_service: Some(false),
            ..RouteEdit::default()
        };
        cluster.edit_route(&route.key(), &edit).unwrap();
        let found = cluster.routes().unwrap();
        assert_eq!((found[0].priority, found[0].in_service), (2, false));
        let predefined = cluster.all_routes().unwrap();
        assert!(
            predefined
                .iter()
                .any(|route| route.destination_pattern == ".*" && route.block_route)
        );

        let error = cluster.add_route(&route).unwrap_err();
        assert_eq!(error.code, -239);
        assert_eq!(cluster.delete_route("nope").unwrap_err().code, 100);
        cluster.delete_route(&route.key()).unwrap();
        cluster.delete_domain("remote.com").unwrap();
        assert_eq!(cluster.routes().unwrap(), []);
        assert_eq!(cluster.companions().unwrap().incoming_acl.len(), 2);
    }
}

#[tokio::test]
async fn surgery_asks_no_rule() {
    let simulator = start(SchemaDefinition::a()).await;
    let cluster = simulator.cluster("emea");
    cluster.add_domain(&DomainRow::named("remote.com")).unwrap();
    let row = RowKey::Domain("remote.com".to_owned());
    cluster.set_column(&row, "pkid", Some("another")).unwrap();
    cluster
        .set_column(&row, "direct_federation", Some("f"))
        .unwrap();
    cluster
        .set_column(&row, "adminnotes", Some("raw name"))
        .unwrap();
    let domain = cluster.domain("remote.com").unwrap().unwrap();
    assert_eq!(
        (domain.pkid.as_str(), domain.direct_federation),
        ("another", false)
    );
    cluster
        .set_column(&row, "domain_name", Some("not valid!"))
        .unwrap();
    assert!(cluster.domain("not valid!").unwrap().is_some());
    assert_eq!(cluster.companions().unwrap().incoming_acl.len(), 3);
    cluster.remove_companions("remote.com").unwrap();
    assert_eq!(cluster.companions().unwrap().incoming_acl.len(), 2);
    let journal = simulator.journal();
    assert!(
        journal
            .iter()
            .all(|entry| entry.origin == Origin::Administrator)
    );
    cluster.learn_domain("traffic.example").unwrap();
    assert_eq!(simulator.journal().last().unwrap().origin, Origin::System);
    assert_eq!(
        simulator.journal().last().unwrap().answer,
        AnswerClass::Answered
    );
}

#[tokio::test]
async fn settings_are_kept_where_the_schema_says() {
    for (schema, sql) in [
        (
            SchemaDefinition::a(),
            "SELECT paramvalue AS x FROM processconfig WHERE paramname = 'SIPProxyDomain'",
        ),
        (
            SchemaDefinition::b(),
            "SELECT ownsipdomain AS x FROM sipproxyglobal",
        ),
    ] {
        let simulator = start(schema).await;
        let cluster = simulator.cluster("emea");
        let settings = Settings {
            proxy_domain: Some("own.example".to_owned()),
            email_address_for_federation: true,
            partitioned_federation: true,
            tls_peer_subjects: vec!["lync1.remote.com".to_owned(), "lync2.remote.com".to_owned()],
        };
        cluster.set_settings(&settings).unwrap();
        assert_eq!(cluster.settings().unwrap(), settings);
        let soap = Soap::new(&simulator, cluster);
        assert_eq!(soap.query(sql).await.one("x"), "own.example");
        let error = cluster
            .add_domain(&DomainRow::named("own.example"))
            .unwrap_err();
        assert_eq!(
            error.message,
            "A federated domain must be different than the proxy domain (own.example) ."
        );
    }
}

#[tokio::test]
async fn an_upgrade_changes_the_fingerprint() {
    let simulator = start(SchemaDefinition::a()).await;
    let cluster = simulator.cluster("emea");
    let written: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(cluster.profile_path()).unwrap()).unwrap();
    let before = cluster.catalogue_fingerprint();
    assert_eq!(
        written["verification"]["catalogue_fingerprint"],
        before.as_str()
    );
    cluster
        .change_catalogue(&CatalogueChange::ChangeLength {
            table: "sipproxystaticroute".to_owned(),
            column: "nexthop".to_owned(),
            length: 250,
        })
        .unwrap();
    assert_ne!(cluster.catalogue_fingerprint(), before);
    assert_eq!(
        cluster.profile()["verification"]["catalogue_fingerprint"],
        cluster.catalogue_fingerprint().as_str()
    );
    let soap = Soap::new(&simulator, cluster);
    let length = "SELECT c.collength FROM syscolumns c, systables t WHERE t.tabid = c.tabid AND t.tabname = \
                  'sipproxystaticroute' AND c.colname = 'nexthop'";
    assert_eq!(soap.query(length).await.one("collength"), "250");
    cluster
        .change_catalogue(&CatalogueChange::ChangeRelease {
            to: "14.0.1.1-1".to_owned(),
        })
        .unwrap();
    assert_eq!(
        soap.call("getCUPVersion", "").await.one("version"),
        "14.0.1.1-1"
    );
}

#[tokio::test]
async fn a_schema_that_nobody_knows_is_served() {
    let mut schema = SchemaDefinition::b();
    schema.name = "invented".to_owned();
    "pexyz".clone_into(&mut schema.federated_domain.table);
    schema.extra_columns.clear();
    schema.federated_domain.learned = None;
    let mut options = ClusterOptions::new("emea").with_schema(schema);
    options.companions = CompanionsMadeBy::AdminPageOnly;
    let simulator = Simulator::builder().cluster(options).start().await.unwrap();
    let cluster = simulator.cluster("emea");
    let soap = Soap {
        version: "14.0",
        ..Soap::new(&simulator, cluster)
    };
    let insert = "INSERT INTO pexyz (pkid, feddomain, tkfederationtype, directflag) VALUES (newid(), 'a.com', 10, 't')";
    assert_eq!(soap.update(insert).await.one("rowsUpdated"), "1");
    assert_eq!(
        cluster.domain("a.com").unwrap().unwrap().integration_type,
        "ocs_lync"
    );
    assert_eq!(cluster.companions().unwrap().incoming_acl, []);
    assert_eq!(cluster.profile()["federated_domain"]["table"], "pexyz");
}
