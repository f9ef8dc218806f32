//! Finding the tables of known and unknown schemas: by their columns, and by watching a person.

use std::fmt::Write as _;

use imp_publisher::discovery::{Draft, Object, Recorder, Step};
use imp_publisher::{Connection, Error, Profile};
use imp_publisher_simulator::schema::SchemaDefinition;
use imp_publisher_simulator::{
    Cluster, ClusterOptions, CompanionsMadeBy, DomainEdit, DomainRow, NodeRole, RouteEdit,
    RouteRow, Verb,
};
use serde_json::Value;

use crate::practice::{NAME, Practice, scope};

/// A schema that nobody has seen, in which only the type tables are named as Cisco names them.
fn invented() -> SchemaDefinition {
    let mut schema = SchemaDefinition::a();
    schema.extra_columns.clear();
    "invented".clone_into(&mut schema.name);
    "13.7.1.10000-1".clone_into(&mut schema.release);
    let domain = &mut schema.federated_domain;
    domain.learned = None;
    "quuxlist".clone_into(&mut domain.table);
    "rowkey".clone_into(&mut domain.pkid);
    "fqname".clone_into(&mut domain.domain_name);
    "blurb".clone_into(&mut domain.description);
    "tkquuxkind".clone_into(&mut domain.integration_type);
    "viamicrosoft".clone_into(&mut domain.direct_federation);
    "typequuxkind".clone_into(&mut domain.integration_types.table);
    let route = &mut schema.static_route;
    for (name, invented) in [
        (&mut route.table, "zorklist"),
        (&mut route.pkid, "rowkey"),
        (&mut route.destination_pattern, "towards"),
        (&mut route.description, "blurb"),
        (&mut route.next_hop, "via"),
        (&mut route.next_hop_port, "doornumber"),
        (&mut route.route_type, "tkzorkkind"),
        (&mut route.protocol, "tkwire"),
        (&mut route.priority, "turn"),
        (&mut route.weight, "share"),
        (&mut route.allow_less_specific_route, "wide"),
        (&mut route.in_service, "alive"),
        (&mut route.block_route, "shut"),
        (&mut route.route_types.table, "typezorkkind"),
        (&mut route.protocols.table, "typewire"),
        (&mut schema.incoming_acl.table, "doormen"),
        (&mut schema.incoming_acl.domain_column, "lets"),
        (&mut schema.backend_gateway.table, "outerposts"),
        (&mut schema.backend_gateway.domain_column, "reaches"),
        (&mut schema.settings.proxy_domain.table, "home"),
        (&mut schema.settings.proxy_domain.column, "hearth"),
        (
            &mut schema.settings.email_address_for_federation.table,
            "habits",
        ),
        (
            &mut schema.settings.email_address_for_federation.column,
            "letters",
        ),
        (&mut schema.settings.partitioned_federation.table, "habits"),
        (&mut schema.settings.partitioned_federation.column, "walls"),
        (&mut schema.settings.tls_peer_subjects.table, "friends"),
        (&mut schema.settings.tls_peer_subjects.column, "face"),
    ] {
        invented.clone_into(name);
    }
    schema.settings.proxy_domain.condition.clear();
    schema
        .settings
        .email_address_for_federation
        .condition
        .clear();
    schema
}

async fn practice(schema: SchemaDefinition) -> Practice {
    Practice::with(ClusterOptions::new(NAME).with_schema(schema)).await
}

/// Makes a change as a person does.
fn carry_out(cluster: &Cluster, step: Step) {
    const DOMAIN: &str = "imp-discovery.example";
    const ROUTE: &str = ".example.imp-discovery/192.0.2.117:5067/TLS";
    let edit = RouteEdit::default();
    match step {
        Step::AddDomain => cluster.add_domain(&DomainRow {
            description: Some("imp discovery of a domain".to_owned()),
            ..DomainRow::named(DOMAIN)
        }),
        Step::ClearDirectFederation => cluster.edit_domain(
            DOMAIN,
            &DomainEdit {
                direct_federation: Some(false),
                ..DomainEdit::default()
            },
        ),
        Step::AddRoute => cluster.add_route(&RouteRow {
            description: Some("imp discovery of a route".to_owned()),
            next_hop_port: 5067,
            priority: 7317,
            weight: 4119,
            ..RouteRow::to(".example.imp-discovery", "192.0.2.117")
        }),
        Step::ClearLessSpecificRoute => cluster.edit_route(
            ROUTE,
            &RouteEdit {
                allow_less_specific_route: Some(false),
                ..edit
            },
        ),
        Step::ClearInService => cluster.edit_route(
            ROUTE,
            &RouteEdit {
                in_service: Some(false),
                ..edit
            },
        ),
        Step::CheckBlockRoute => cluster.edit_route(
            ROUTE,
            &RouteEdit {
                block_route: Some(true),
                ..edit
            },
        ),
        Step::DeleteRoute => cluster.delete_route(ROUTE),
        Step::DeleteDomain => cluster.delete_domain(DOMAIN),
    }
    .unwrap();
}

async fn record(practice: &Practice) -> (Recorder, Draft) {
    let discovery = practice.publisher().discovery();
    let survey = discovery.survey(&scope()).await.unwrap();
    let mut recorder = discovery.record(survey, &scope()).await.unwrap();
    for step in Step::ALL {
        carry_out(practice.cluster(), step);
        let observation = recorder.observe(step, &scope()).await.unwrap();
        assert!(!observation.tables.is_empty(), "{step:?}");
        assert!(!observation.learned.is_empty(), "{step:?}");
    }
    let draft = recorder.draft();
    (recorder, draft)
}

/// That a draft names what the simulator's own profile names.
fn assert_same(draft: &Value, profile: &Value, with_learned: bool) {
    for object in ["federated_domain", "static_route"] {
        let (mut draft, mut profile) = (draft[object].clone(), profile[object].clone());
        if !with_learned {
            draft.as_object_mut().unwrap().remove("learned");
            profile.as_object_mut().unwrap().remove("learned");
        }
        assert_eq!(draft, profile);
    }
    assert_eq!(draft["companions"], profile["companions"]);
    assert_eq!(draft["release"], profile["release"]);
}

#[tokio::test]
async fn a_survey_of_the_first_schema_drafts_its_profile() {
    let practice = practice(SchemaDefinition::a()).await;
    let discovery = practice.publisher().discovery();
    let survey = discovery.survey(&scope()).await.unwrap();
    let draft = survey.draft();
    assert_same(&draft.profile, &practice.profile(), true);
    assert!(
        !Profile::from_json(&draft.profile.to_string())
            .unwrap()
            .is_verified()
    );
    for object in Object::ALL {
        let candidates = survey.candidates(object);
        assert!(candidates.len() > 1, "{candidates:?}");
        assert!(
            candidates[0].score > 2 * candidates[1].score,
            "{candidates:?}"
        );
    }
}

#[tokio::test]
async fn a_survey_of_the_second_schema_finds_both_tables_and_nearly_every_column() {
    let practice = practice(SchemaDefinition::b()).await;
    let survey = practice
        .publisher()
        .discovery()
        .survey(&scope())
        .await
        .unwrap();
    let tables = Object::ALL.map(|object| survey.candidates(object)[0].table.clone());
    assert_eq!(tables, ["pesipfederation", "siproutestatic"]);
    assert_same(&survey.draft().profile, &practice.profile(), false);
}

#[tokio::test]
async fn the_places_of_settings_are_told_by_their_names() {
    for schema in [SchemaDefinition::a(), SchemaDefinition::b()] {
        let practice = practice(schema).await;
        let survey = practice.publisher().discovery().survey(&scope()).await;
        let draft = survey.unwrap().draft();
        assert_eq!(draft.profile["settings"], practice.profile()["settings"]);
        let told = "told by their names alone";
        assert!(draft.open.iter().any(|line| line.contains(told)));
    }
    let practice = practice(invented()).await;
    let survey = practice.publisher().discovery().survey(&scope()).await;
    let draft = survey.unwrap().draft();
    assert_eq!(draft.profile["settings"], Value::Null);
    for setting in ["proxy_domain", "tls_peer_subjects"] {
        let missing = format!("No place was found for the setting {setting}.");
        assert!(draft.open.iter().any(|line| line.contains(&missing)));
    }
}

#[tokio::test]
async fn a_subscriber_is_not_discovered() {
    let options = ClusterOptions::new(NAME).with_subscriber();
    let practice = Practice::with(options).await;
    let address = practice.cluster().address_of(NodeRole::Subscriber);
    let publisher = practice.publisher_over(Connection {
        address: address.parse().unwrap(),
        ..practice.connection()
    });
    let error = publisher.discovery().survey(&scope()).await.unwrap_err();
    let Error::Subscriber { publisher, .. } = &error else {
        panic!("{error:?}");
    };
    assert_eq!(publisher, "imp-pub.emea.example.com");
    assert!(error.remedy().unwrap().contains("to the publisher"));
}

#[tokio::test]
async fn a_survey_of_an_unknown_schema_finds_both_tables_by_their_type_tables() {
    let practice = practice(invented()).await;
    let survey = practice
        .publisher()
        .discovery()
        .survey(&scope())
        .await
        .unwrap();
    let tables = Object::ALL.map(|object| survey.candidates(object)[0].table.clone());
    assert_eq!(tables, ["quuxlist", "zorklist"]);
    let draft = survey.draft();
    assert_eq!(
        draft.profile["static_route"]["protocol"]["table"],
        "typewire"
    );
    assert_eq!(draft.profile["static_route"]["columns"]["priority"], "?");
    assert!(
        draft.open.iter().any(|line| line.contains("priority")),
        "{:?}",
        draft.open
    );
    // It is no profile as long as a name is missing.
    assert!(draft.fingerprint.is_none());
    assert!(Profile::from_json(&draft.profile.to_string()).is_err());
}

#[tokio::test]
async fn a_recording_finds_everything_whatever_it_is_called() {
    for schema in [SchemaDefinition::a(), SchemaDefinition::b(), invented()] {
        for companions in [CompanionsMadeBy::Database, CompanionsMadeBy::AdminPageOnly] {
            let options = ClusterOptions {
                companions,
                ..ClusterOptions::new(NAME).with_schema(schema.clone())
            };
            let practice = Practice::with(options).await;
            let (_, draft) = record(&practice).await;
            let mut expected = practice.profile();
            if schema.name == "invented" {
                // Nothing tells the two apart, and both are checked alike.
                expected["companions"] = serde_json::json!({
                    "backend_gateway": expected["companions"]["incoming_acl"],
                    "incoming_acl": expected["companions"]["backend_gateway"],
                });
            }
            assert_same(&draft.profile, &expected, false);
            assert!(draft.fingerprint.is_some());
        }
    }
}

#[tokio::test]
async fn a_recording_needs_no_habit_in_the_naming_of_type_tables() {
    let mut schema = invented();
    "sort".clone_into(&mut schema.federated_domain.integration_type);
    "wire".clone_into(&mut schema.static_route.protocol);
    let practice = practice(schema).await;
    let (_, draft) = record(&practice).await;
    let profile = practice.profile();
    for (object, meaning) in [
        ("federated_domain", "integration_type"),
        ("static_route", "protocol"),
    ] {
        assert_eq!(
            draft.profile[object]["columns"][meaning],
            profile[object]["columns"][meaning]
        );
        assert_eq!(draft.profile[object][meaning], profile[object][meaning]);
    }
}

#[tokio::test]
async fn the_fingerprint_of_a_draft_is_that_of_the_publisher() {
    let practice = practice(SchemaDefinition::a()).await;
    let (_, draft) = record(&practice).await;
    let mut profile = draft.profile;
    profile["verification"] = serde_json::json!({
        "catalogue_fingerprint": draft.fingerprint.unwrap(),
        "verified_by": "a test",
        "verified_on": "2026-11-22",
    });
    let options = crate::practice::options(&profile);
    let publisher = practice.publisher_with(options);
    publisher.check_writable(&scope()).await.unwrap();
}

#[tokio::test]
async fn a_row_that_stays_behind_is_told() {
    let practice = Practice::with(ClusterOptions {
        companions: CompanionsMadeBy::AdminPageOnly,
        ..ClusterOptions::new(NAME)
    })
    .await;
    let publisher = practice.publisher();
    let discovery = publisher.discovery();
    let survey = discovery.survey(&scope()).await.unwrap();
    let mut recorder = discovery.record(survey, &scope()).await.unwrap();
    carry_out(practice.cluster(), Step::AddDomain);
    recorder.observe(Step::AddDomain, &scope()).await.unwrap();
    // A statement deletes the domain's own row, and no other.
    let pkid = practice.cluster().domains().unwrap()[0]
        .pkid
        .parse()
        .unwrap();
    publisher.delete_domain(&pkid, &scope()).await.unwrap();
    recorder
        .observe(Step::DeleteDomain, &scope())
        .await
        .unwrap();
    let open = recorder.draft().open;
    for table in ["sipproxyincomingacl", "pebackendgateway"] {
        let stayed = format!("The row in {table} stayed");
        assert!(open.iter().any(|line| line.contains(&stayed)), "{open:?}");
    }
}

#[tokio::test]
async fn a_change_that_was_not_saved_can_be_observed_again() {
    let practice = practice(SchemaDefinition::a()).await;
    let discovery = practice.publisher().discovery();
    let survey = discovery.survey(&scope()).await.unwrap();
    let mut recorder = discovery.record(survey, &scope()).await.unwrap();
    let nothing = recorder.observe(Step::AddDomain, &scope()).await.unwrap();
    assert!(nothing.tables.is_empty());
    carry_out(practice.cluster(), Step::AddDomain);
    let domain = recorder.observe(Step::AddDomain, &scope()).await.unwrap();
    assert!(!domain.tables.is_empty());
    assert!(
        domain
            .learned
            .iter()
            .any(|line| line == "pefederateddomain.domainname is domain_name.")
    );
}

#[tokio::test]
async fn what_is_shown_has_names_in_it_and_no_values() {
    let practice = practice(SchemaDefinition::a()).await;
    let private = "our-most-private-partner.example";
    practice
        .cluster()
        .add_domain(&DomainRow::named(private))
        .unwrap();
    let discovery = practice.publisher().discovery();
    let survey = discovery.survey(&scope()).await.unwrap();
    let mut recorder = discovery.record(survey.clone(), &scope()).await.unwrap();
    let mut shown = format!(
        "{:?}{:?}",
        survey.draft(),
        survey.candidates(Object::StaticRoute)
    );
    for step in Step::ALL {
        carry_out(practice.cluster(), step);
        let observation = recorder.observe(step, &scope()).await.unwrap();
        write!(shown, "{observation:?}").unwrap();
    }
    write!(shown, "{:?}", recorder.draft()).unwrap();
    for value in [private, "imp-discovery", "192.0.2.117", "7317"] {
        assert!(!shown.contains(value), "{value} in {shown}");
    }
}

#[tokio::test]
async fn nothing_is_written() {
    let practice = practice(SchemaDefinition::a()).await;
    record(&practice).await;
    let writes: Vec<String> = [Verb::Insert, Verb::Update, Verb::Delete]
        .into_iter()
        .flat_map(|verb| practice.statements(verb))
        .collect();
    assert!(writes.is_empty(), "{writes:?}");
    assert!(!practice.statements(Verb::Select).is_empty());
}
