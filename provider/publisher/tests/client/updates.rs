//! Changing rows that may have been changed by others.

use imp_publisher::Error;
use imp_publisher_simulator::schema::SchemaDefinition;
use imp_publisher_simulator::{ClusterOptions, DomainEdit, RouteEdit, RowKey, Verb};

use crate::practice::{
    NAME, Practice, created_domain, created_route, description, domain, route, scope,
};

#[tokio::test]
async fn descriptions_come_and_go() {
    for schema in [SchemaDefinition::a(), SchemaDefinition::b()] {
        let practice = Practice::with(ClusterOptions::new(NAME).with_schema(schema)).await;
        let publisher = practice.publisher();
        let mut prior = route(".com.remote", "10.20.0.15");
        let pkid = created_route(&publisher, &prior).await.pkid;
        for text in [Some("O'Brien & <Söhne>"), Some("plain"), None, Some("back")] {
            let mut new = prior.clone();
            new.description = text.map(description);
            let stored = publisher.update_route(&pkid, &prior, &new, &scope()).await;
            assert_eq!(stored.unwrap().value, new);
            let rows = practice.cluster().routes().unwrap();
            assert_eq!(rows[0].description.as_deref(), text);
            prior = new;
        }
    }
}

#[tokio::test]
async fn an_empty_description_is_guarded_as_well_as_a_missing_one() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    let prior = domain("remote.com");
    let pkid = created_domain(&publisher, &prior).await.pkid;
    for stored in [None, Some("")] {
        let key = RowKey::Domain("remote.com".to_owned());
        let cluster = practice.cluster();
        cluster.set_column(&key, "description", stored).unwrap();
        let mut new = prior.clone();
        new.description = Some(description("Partner"));
        publisher
            .update_domain(&pkid, &prior, &new, &scope())
            .await
            .unwrap();
        publisher
            .update_domain(&pkid, &new, &prior, &scope())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn every_column_of_a_route_can_be_changed_and_only_those_are_written() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    let prior = route(".com.remote", "10.20.0.15");
    let pkid = created_route(&publisher, &prior).await.pkid;
    let mut new = route(".com.remote.*", "hop.example.com");
    new.next_hop_port = "0".parse().unwrap();
    new.protocol = "UDP".parse().unwrap();
    new.priority = "7".parse().unwrap();
    new.weight = "9".parse().unwrap();
    new.allow_less_specific_route = false;
    new.in_service = false;
    new.block_route = true;
    new.description = Some(description("all of it"));
    let stored = publisher.update_route(&pkid, &prior, &new, &scope()).await;
    assert_eq!(stored.unwrap().value, new);

    let mut last = new.clone();
    last.priority = "8".parse().unwrap();
    publisher
        .update_route(&pkid, &new, &last, &scope())
        .await
        .unwrap();
    let statements = practice.statements(Verb::Update);
    let (set, guard) = statements.last().unwrap().split_once(" WHERE ").unwrap();
    assert_eq!(set.matches(" = ").count(), 1, "{set}");
    assert_eq!(guard.matches(" = ").count(), 12, "{guard}");
}

#[tokio::test]
async fn what_somebody_else_changed_is_shown_and_not_overwritten() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    let prior = route(".com.remote", "10.20.0.15");
    let pkid = created_route(&publisher, &prior).await.pkid;
    let edit = RouteEdit {
        priority: Some(5),
        description: Some("mine".to_owned()),
        ..RouteEdit::default()
    };
    practice.cluster().edit_route(pkid.as_str(), &edit).unwrap();
    let mut new = prior.clone();
    new.weight = "2".parse().unwrap();
    let error = publisher
        .update_route(&pkid, &prior, &new, &scope())
        .await
        .unwrap_err();
    let Error::RowChanged { differences } = &error else {
        panic!("{error:?}");
    };
    assert_eq!(differences.len(), 2, "{differences:?}");
    let shown = error.to_string();
    assert!(shown.contains("expected 1, found 5"), "{shown}");
    assert!(shown.contains("expected nothing, found 'mine'"), "{shown}");
    assert_eq!(practice.statements(Verb::Update), Vec::<String>::new());
}

#[tokio::test]
async fn a_row_that_is_already_as_planned_is_a_success_without_a_write() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    let prior = domain("remote.com");
    let pkid = created_domain(&publisher, &prior).await.pkid;
    let edit = DomainEdit {
        description: Some("as planned".to_owned()),
        ..DomainEdit::default()
    };
    practice.cluster().edit_domain("remote.com", &edit).unwrap();
    let mut new = prior.clone();
    new.description = Some(description("as planned"));
    let stored = publisher.update_domain(&pkid, &prior, &new, &scope()).await;
    assert_eq!(stored.unwrap().value, new);
    assert_eq!(practice.statements(Verb::Update), Vec::<String>::new());
}

#[tokio::test]
async fn a_row_that_is_gone_is_told_to_be_gone() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    let prior = route(".com.remote", "10.20.0.15");
    let pkid = created_route(&publisher, &prior).await.pkid;
    practice.cluster().delete_route(pkid.as_str()).unwrap();
    let mut new = prior.clone();
    new.weight = "2".parse().unwrap();
    let error = publisher
        .update_route(&pkid, &prior, &new, &scope())
        .await
        .unwrap_err();
    assert!(
        matches!(&error, Error::RowVanished { pkid: gone } if *gone == pkid),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_key_that_another_route_holds_names_the_holder() {
    let practice = Practice::start().await;
    let publisher = practice.publisher();
    let prior = route(".com.remote", "10.20.0.15");
    let pkid = created_route(&publisher, &prior).await.pkid;
    let other = created_route(&publisher, &route(".com.remote", "10.20.0.16")).await;
    let error = publisher
        .update_route(&pkid, &prior, &other.value, &scope())
        .await
        .unwrap_err();
    assert!(
        matches!(&error, Error::Duplicate { pkid } if *pkid == other.pkid),
        "{error:?}"
    );
}
