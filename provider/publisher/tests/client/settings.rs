//! The settings that federation depends on.

use imp_publisher_simulator::schema::SchemaDefinition;
use imp_publisher_simulator::{ClusterOptions, Settings, Verb};

use imp_publisher::FederationSettings;

use crate::practice::{NAME, Practice, options, scope};

#[tokio::test]
async fn settings_are_read_wherever_the_profile_says() {
    for schema in [SchemaDefinition::a(), SchemaDefinition::b()] {
        let practice = Practice::with(ClusterOptions::new(NAME).with_schema(schema)).await;
        let subjects = ["fe1.corp.example", "fe2.corp.example"].map(str::to_owned);
        let there = Settings {
            proxy_domain: Some("corp.example".to_owned()),
            email_address_for_federation: true,
            partitioned_federation: false,
            tls_peer_subjects: subjects.to_vec(),
        };
        practice.cluster().set_settings(&there).unwrap();
        let publisher = practice.publisher();
        publisher.contact(&scope()).await.unwrap();
        practice.simulator.clear_journal();
        let expected = FederationSettings {
            proxy_domain: Some("corp.example".to_owned()),
            email_address_for_federation: Some(true),
            partitioned_federation: Some(false),
            tls_peer_subjects: Some(subjects.to_vec()),
        };
        for _ in 0..2 {
            let read = publisher.federation_settings(&scope()).await.unwrap();
            assert_eq!(read, expected);
        }
        assert_eq!(practice.statements(Verb::Select).len(), 4);
    }
}

#[tokio::test]
async fn what_the_profile_does_not_name_is_unknown() {
    let practice = Practice::start().await;
    let mut profile = practice.profile();
    profile["settings"] = serde_json::json!({
        "tls_peer_subjects": profile["settings"]["tls_peer_subjects"],
    });
    let publisher = practice.publisher_with(options(&profile));
    let read = publisher.federation_settings(&scope()).await.unwrap();
    let expected = FederationSettings {
        tls_peer_subjects: Some(
            ["fe1.corp.example", "fe2.corp.example"]
                .map(str::to_owned)
                .to_vec(),
        ),
        ..FederationSettings::default()
    };
    assert_eq!(read, expected);
}
