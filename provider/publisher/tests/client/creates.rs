//! Creating rows, under both schemas.

use imp_publisher::domain::{IntegrationType, Pkid};
use imp_publisher::{Error, Freshness};
use imp_publisher_simulator::schema::SchemaDefinition;
use imp_publisher_simulator::{ClusterOptions, DomainRow, DuplicateAnswer, RouteRow};

use crate::practice::{
    NAME, Practice, created_domain, created_route, description, domain, route, scope,
};

fn both_schemas() -> [SchemaDefinition; 2] {
    [SchemaDefinition::a(), SchemaDefinition::b()]
}

/// Texts that a statement must quote or XML must escape.
const AWKWARD: [&str; 5] = [
    "O'Brien",
    "Smith & Sons <sip>",
    "ä ö ü ß 日本",
    "\"quoted\" ]]> &amp; 100 %",
    "'; DELETE FROM pefederateddomain; --",
];

#[tokio::test]
async fn domains_are_stored_as_they_were_meant() {
    for schema in both_schemas() {
        let practice = Practice::with(ClusterOptions::new(NAME).with_schema(schema)).await;
        let publisher = practice.publisher();
        for (number, text) in AWKWARD.iter().enumerate() {
            let mut value = domain(&format!("remote{number}.com"));
            value.description = Some(description(text));
            if number == 1 {
                value.integration_type = IntegrationType::Aol;
                value.direct_federation = false;
            }
            let stored = created_domain(&publisher, &value).await;
            assert_eq!(stored.value, value);
            let name = value.domain_name.to_string();
            let row = practice.cluster().domain(&name).unwrap().unwrap();
            assert_eq!(row.pkid, stored.pkid.to_string());
            assert_eq!(row.description.as_deref(), Some(*text));
            assert_eq!(row.integration_type, value.integration_type.as_str());
            assert_eq!(row.direct_federation, value.direct_federation);
        }
        assert_eq!(practice.cluster().domains().unwrap().len(), AWKWARD.len());
    }
}

#[tokio::test]
async fn routes_are_stored_as_they_were_meant() {
    for schema in both_schemas() {
        let practice = Practice::with(ClusterOptions::new(NAME).with_schema(schema)).await;
        let publisher = practice.publisher();
        for (number, text) in AWKWARD.iter().enumerate() {
            let mut value = route(".com.remote", &format!("10.20.0.{number}"));
            value.description = Some(description(text));
            value.protocol = ["TLS", "TCP", "UDP"][number % 3].parse().unwrap();
            value.next_hop_port = "5060".parse().unwrap();
            value.priority = "65535".parse().unwrap();
            value.in_service = number % 2 == 0;
            value.block_route = number % 2 == 1;
            let stored = created_route(&publisher, &value).await;
            assert_eq!(stored.value, value);
            let rows = practice.cluster().routes().unwrap();
            let row = rows.iter().find(|row| row.key() == value.key().to_string());
            let row = row.unwrap();
            assert_eq!(row.pkid, stored.pkid.to_string());
            assert_eq!(row.description.as_deref(), Some(*text));
            assert_eq!((row.priority, row.weight), (65535, 1));
            assert_eq!(
                (row.in_service, row.block_route),
                (value.in_service, value.block_route)
            );
        }
    }
}

#[tokio::test]
async fn a_key_that_is_taken_names_the_holder() {
    for answer in [DuplicateAnswer::UniqueIndex, DuplicateAnswer::RuleText] {
        let mut options = ClusterOptions::new(NAME);
        options.duplicates = answer;
        let practice = Practice::with(options).await;
        let cluster = practice.cluster();
        cluster.add_domain(&DomainRow::named("remote.com")).unwrap();
        cluster
            .add_route(&RouteRow::to(".com.remote", "10.20.0.15"))
            .unwrap();
        let publisher = practice.publisher();

        let held = publisher
            .create_domain(&Pkid::random(), &domain("remote.com"), &scope())
            .await;
        let Err(Error::Duplicate { pkid }) = &held else {
            panic!("{answer:?}: {held:?}");
        };
        let row = cluster.domain("remote.com").unwrap().unwrap();
        assert_eq!(pkid.to_string(), row.pkid);

        let value = route(".com.remote", "10.20.0.15");
        let held = publisher
            .create_route(&Pkid::random(), &value, &scope())
            .await;
        let Err(Error::Duplicate { pkid }) = &held else {
            panic!("{answer:?}: {held:?}");
        };
        assert_eq!(pkid.to_string(), cluster.routes().unwrap()[0].pkid);
        assert_eq!(cluster.routes().unwrap().len(), 1);
        assert_eq!(cluster.domains().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_second_creation_under_the_same_primary_key_is_the_same_row() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    let value = route(".com.remote", "10.20.0.15");
    let first = created_route(&publisher, &value).await;
    let again = publisher.create_route(&first.pkid, &value, &scope()).await;
    assert_eq!(again.unwrap(), first);
    assert_eq!(practice.cluster().routes().unwrap().len(), 1);
}

#[tokio::test]
async fn what_the_publisher_refuses_is_told_in_its_own_words() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    let own = domain("corp.example");
    let error = publisher
        .create_domain(&Pkid::random(), &own, &scope())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Rejected { .. }), "{error:?}");
    assert!(
        error
            .to_string()
            .contains("different than the proxy domain"),
        "{error}"
    );
    assert_eq!(practice.cluster().domains().unwrap(), []);
    let table = publisher.domains(Freshness::Fresh, &scope()).await.unwrap();
    assert_eq!(table.rows(), []);
}
