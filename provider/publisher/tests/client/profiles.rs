//! Whether a schema profile fits, and what it may write.

use imp_publisher::domain::Pkid;
use imp_publisher::{Error, Freshness, Options, ProfileSource, Publisher};
use imp_publisher_simulator::Verb;
use imp_publisher_simulator::schema::{CatalogueChange, Column};

use crate::practice::{Practice, created_domain, domain, options, problems, scope};

async fn creating(publisher: &Publisher) -> Error {
    let pkid = Pkid::random();
    let created = publisher
        .create_domain(&pkid, &domain("remote.com"), &scope())
        .await;
    created.unwrap_err()
}

#[tokio::test]
async fn each_missing_table_and_column_is_named() {
    let practice = Practice::start().await;
    let mut profile = practice.profile();
    profile["static_route"]["table"] = "nosuchtable".into();
    profile["federated_domain"]["columns"]["description"] = "nosuchcolumn".into();
    profile["federated_domain"]["columns"]["domain_name"] = "norsuchone".into();
    profile["static_route"]["protocol"]["table"] = "typenosuch".into();
    let publisher = practice.publisher_with(options(&profile));
    let error = publisher.contact(&scope()).await.unwrap_err();
    let found = problems(&error).join("\n");
    for name in ["nosuchtable", "nosuchcolumn", "norsuchone", "typenosuch"] {
        assert!(found.contains(name), "{name} in {found}");
    }
    assert!(error.remedy().unwrap().contains("Nothing was changed"));
}

#[tokio::test]
async fn each_missing_enumeration_name_is_named() {
    let practice = Practice::start().await;
    let mut profile = practice.profile();
    profile["static_route"]["protocol"]["names"]["TLS"] = "Transport Layer Security".into();
    profile["static_route"]["route_type"]["names"]["domain"] = "Domäne".into();
    let publisher = practice.publisher_with(options(&profile));
    let error = publisher
        .routes(Freshness::Fresh, &scope())
        .await
        .unwrap_err();
    let found = problems(&error).join("\n");
    for name in ["Transport Layer Security", "Domäne"] {
        assert!(found.contains(name), "{name} in {found}");
    }
}

#[tokio::test]
async fn another_release_reads_and_does_not_write() {
    let practice = Practice::start().await;
    let mut profile = practice.profile();
    profile["release"] = "11.5.1.99999-1".into();
    let publisher = practice.publisher_with(options(&profile));
    publisher.domains(Freshness::Fresh, &scope()).await.unwrap();
    let error = creating(&publisher).await;
    assert!(problems(&error)[0].contains("11.5.1.99999-1"), "{error}");
    assert_eq!(practice.statements(Verb::Insert), Vec::<String>::new());
}

#[tokio::test]
async fn tables_that_have_changed_since_are_read_and_not_written() {
    let practice = Practice::start().await;
    let profile = practice.profile();
    let schema = practice.cluster().schema();
    let change = CatalogueChange::ChangeLength {
        table: schema.federated_domain.table,
        column: schema.federated_domain.description,
        length: 128,
    };
    practice.cluster().change_catalogue(&change).unwrap();
    let publisher = practice.publisher_with(options(&profile));
    publisher.domains(Freshness::Fresh, &scope()).await.unwrap();
    let error = creating(&publisher).await;
    let now = practice.cluster().catalogue_fingerprint();
    assert!(problems(&error)[0].contains(&now), "{error}");
}

#[tokio::test]
async fn a_column_that_an_insert_would_leave_empty_is_named() {
    let practice = Practice::start().await;
    let table = practice.cluster().schema().static_route.table;
    let change = CatalogueChange::AddColumn {
        table: table.clone(),
        column: Column::integer("tenant").required(),
    };
    practice.cluster().change_catalogue(&change).unwrap();
    let publisher = practice.publisher_with(Options {
        allow_unverified_profile: true,
        ..options(&practice.profile())
    });
    let error = creating(&publisher).await;
    let found = problems(&error);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains(&format!("{table}.tenant")), "{found:?}");
}

#[tokio::test]
async fn a_column_with_a_default_may_be_left_out() {
    let practice = Practice::start().await;
    let change = CatalogueChange::AddColumn {
        table: practice.cluster().schema().federated_domain.table,
        column: Column::integer("tenant").required().default_to("1"),
    };
    practice.cluster().change_catalogue(&change).unwrap();
    created_domain(&practice.publisher(), &domain("remote.com")).await;
}

#[tokio::test]
async fn a_profile_that_nobody_verified_reads_and_does_not_write() {
    let practice = Practice::start().await;
    let mut profile = practice.profile();
    profile["verification"] = serde_json::Value::Null;
    let publisher = practice.publisher_with(options(&profile));
    publisher.domains(Freshness::Fresh, &scope()).await.unwrap();
    let error = creating(&publisher).await;
    assert!(
        matches!(error, Error::ProfileUnverified { .. }),
        "{error:?}"
    );
    let allowed = practice.publisher_with(Options {
        allow_unverified_profile: true,
        ..options(&profile)
    });
    created_domain(&allowed, &domain("remote.com")).await;
}

#[tokio::test]
async fn the_built_in_profile_never_writes() {
    let practice = Practice::start().await;
    let publisher = practice.publisher_with(Options {
        profile: ProfileSource::BuiltIn,
        ..options(&practice.profile())
    });
    let error = creating(&publisher).await;
    assert!(
        matches!(
            error,
            Error::ProfileUnverified { .. } | Error::ProfileMismatch { .. }
        ),
        "{error:?}"
    );
    assert_eq!(practice.statements(Verb::Insert), Vec::<String>::new());
}

#[tokio::test]
async fn a_read_only_publisher_is_never_written_to() {
    let practice = Practice::start().await;
    let pkid = created_domain(&practice.publisher(), &domain("remote.com"))
        .await
        .pkid;
    practice.simulator.clear_journal();
    let publisher = practice.publisher_with(Options {
        read_only: true,
        ..options(&practice.profile())
    });
    let value = domain("remote.com");
    let mut new = value.clone();
    new.direct_federation = false;
    for error in [
        creating(&publisher).await,
        publisher
            .update_domain(&pkid, &value, &new, &scope())
            .await
            .unwrap_err(),
        publisher.delete_domain(&pkid, &scope()).await.unwrap_err(),
        publisher.delete_route(&pkid, &scope()).await.unwrap_err(),
    ] {
        assert!(matches!(error, Error::ReadOnly), "{error:?}");
    }
    assert_eq!(practice.requests(), []);
    publisher.domains(Freshness::Fresh, &scope()).await.unwrap();
}
