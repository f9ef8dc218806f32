//! Deleting rows.

use imp_publisher::domain::Pkid;
use imp_publisher::{Deletion, Freshness};
use imp_publisher_simulator::schema::SchemaDefinition;
use imp_publisher_simulator::{ClusterOptions, RowKey};

use crate::practice::{NAME, Practice, created_domain, created_route, domain, route, scope};

#[tokio::test]
async fn one_row_goes_and_the_others_stay() {
    for schema in [SchemaDefinition::a(), SchemaDefinition::b()] {
        let practice = Practice::with(ClusterOptions::new(NAME).with_schema(schema)).await;
        let publisher = practice.publisher();
        let gone = created_domain(&publisher, &domain("gone.com")).await;
        created_domain(&publisher, &domain("stays.com")).await;
        let route_gone = created_route(&publisher, &route(".com.gone", "10.20.0.15")).await;
        created_route(&publisher, &route(".com.gone", "10.20.0.16")).await;

        let deleted = publisher.delete_route(&route_gone.pkid, &scope()).await;
        assert_eq!(deleted.unwrap(), Deletion::Deleted);
        let deleted = publisher.delete_domain(&gone.pkid, &scope()).await;
        assert_eq!(deleted.unwrap(), Deletion::Deleted);
        assert_eq!(practice.cluster().domains().unwrap().len(), 1);
        assert_eq!(practice.cluster().routes().unwrap().len(), 1);
        let snapshot = publisher
            .routes(Freshness::Snapshot, &scope())
            .await
            .unwrap();
        assert!(snapshot.by_pkid(&route_gone.pkid).is_none());
    }
}

#[tokio::test]
async fn a_row_that_is_gone_already_is_absent() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    let deletion = publisher.delete_route(&Pkid::random(), &scope()).await;
    assert_eq!(deletion.unwrap(), Deletion::Absent);
}

#[tokio::test]
async fn a_row_that_is_not_understood_can_be_deleted() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    let strange = created_domain(&publisher, &domain("strange.com")).await;
    let row = RowKey::Domain("strange.com".to_owned());
    practice
        .cluster()
        .set_column(&row, "domain_name", Some("not a name"))
        .unwrap();
    let deletion = publisher.delete_domain(&strange.pkid, &scope()).await;
    assert_eq!(deletion.unwrap(), Deletion::Deleted);
    assert_eq!(practice.cluster().domains().unwrap(), []);
}
