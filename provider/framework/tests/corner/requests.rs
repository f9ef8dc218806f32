//! Requests that no core sends, and processes in odd states.

use std::sync::Arc;

use mock_core::in_process;
use tfplugin_framework::{Requests, service};
use tfplugin_protocol::tfplugin6 as wire;
use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;
use tonic::service::Routes;
use tonic::transport::Channel;

use crate::channel;
use crate::provider::Corner;

fn client() -> ProviderClient<Channel> {
    ProviderClient::new(channel())
}

fn summary(diagnostics: &[wire::Diagnostic]) -> &str {
    &diagnostics[0].summary
}

#[tokio::test]
async fn unknown_type_names_are_diagnostics() {
    let mut client = client();
    let type_name = || "corner_nothing".to_owned();
    let plan = wire::plan_resource_change::Request {
        type_name: type_name(),
        ..Default::default()
    };
    let answer = client
        .plan_resource_change(plan)
        .await
        .unwrap()
        .into_inner();
    assert_eq!(summary(&answer.diagnostics), "Unknown resource type");
    let read = wire::read_data_source::Request {
        type_name: type_name(),
        ..Default::default()
    };
    let answer = client.read_data_source(read).await.unwrap().into_inner();
    assert_eq!(summary(&answer.diagnostics), "Unknown data source");
    let plan = wire::plan_action::Request {
        action_type: type_name(),
        ..Default::default()
    };
    let answer = client.plan_action(plan).await.unwrap().into_inner();
    assert_eq!(summary(&answer.diagnostics), "Unknown action");
    let call = wire::call_function::Request {
        name: "nothing".to_owned(),
        arguments: vec![],
    };
    let answer = client.call_function(call).await.unwrap().into_inner();
    assert!(answer.error.unwrap().text.contains("nothing"));
}

#[tokio::test]
async fn garbage_is_a_diagnostic() {
    let mut client = client();
    let deep = vec![0x91; 100_000];
    for msgpack in [&b"\x81"[..], b"\xc1", b"\x80", &deep] {
        let config = wire::DynamicValue {
            msgpack: msgpack.to_vec().into(),
            ..Default::default()
        };
        let request = wire::validate_resource_config::Request {
            type_name: "corner_flaky".to_owned(),
            config: Some(config),
            client_capabilities: None,
        };
        let answer = client
            .validate_resource_config(request)
            .await
            .unwrap()
            .into_inner();
        assert_eq!(summary(&answer.diagnostics), "Unreadable request");
    }
}

#[tokio::test]
async fn a_move_is_refused_with_a_remedy() {
    let request = wire::move_resource_state::Request {
        source_type_name: "other_thing".to_owned(),
        target_type_name: "corner_flaky".to_owned(),
        ..Default::default()
    };
    let answer = client()
        .move_resource_state(request)
        .await
        .unwrap()
        .into_inner();
    assert!(answer.diagnostics[0].detail.contains("import"));
}

#[tokio::test]
async fn metadata_names_everything() {
    let answer = client()
        .get_metadata(wire::get_metadata::Request {})
        .await
        .unwrap()
        .into_inner();
    assert_eq!(answer.resources.len(), 12);
    assert_eq!(answer.ephemeral_resources[0].type_name, "corner_lease");
    assert_eq!(answer.actions[0].type_name, "corner_bell");
    assert_eq!(answer.state_stores[0].type_name, "corner_archive");
    let capabilities = answer.server_capabilities.unwrap();
    assert!(capabilities.plan_destroy && capabilities.get_provider_schema_optional);
    assert!(capabilities.move_resource_state && capabilities.generate_resource_config);
}

#[tokio::test]
async fn a_provider_may_be_configured_again() {
    let mut client = client();
    for _ in 0..2 {
        let request = wire::configure_provider::Request {
            config: Some(wire::DynamicValue {
                msgpack: vec![0x80].into(),
                ..Default::default()
            }),
            ..Default::default()
        };
        let answer = client
            .configure_provider(request)
            .await
            .unwrap()
            .into_inner();
        assert_eq!(answer.diagnostics, []);
    }
}

#[tokio::test]
async fn stop_cancels_what_is_in_flight_and_nothing_later() {
    let requests = Requests::new();
    let before = requests.cancellation();
    let routes = Routes::new(service(Corner, Arc::clone(&requests)));
    let mut client = ProviderClient::new(in_process(routes));
    client
        .stop_provider(wire::stop_provider::Request {})
        .await
        .unwrap();
    assert!(before.is_cancelled());
    assert!(!requests.cancellation().is_cancelled());
}

#[tokio::test]
async fn nothing_is_ever_deferred_even_where_it_is_allowed() {
    let mut client = client();
    let allowed = || {
        Some(wire::ClientCapabilities {
            deferral_allowed: true,
            ..Default::default()
        })
    };
    // Nothing is known yet, which is what other providers defer for.
    let unknown = || {
        Some(wire::DynamicValue {
            msgpack: vec![0xd4, 0, 0].into(),
            ..Default::default()
        })
    };
    let type_name = || "corner_renamed".to_owned();
    let plan = wire::plan_resource_change::Request {
        type_name: type_name(),
        proposed_new_state: unknown(),
        config: unknown(),
        client_capabilities: allowed(),
        ..Default::default()
    };
    let answer = client.plan_resource_change(plan).await.unwrap();
    assert_eq!(answer.get_ref().deferred, None);
    let read = wire::read_resource::Request {
        type_name: type_name(),
        client_capabilities: allowed(),
        ..Default::default()
    };
    let answer = client.read_resource(read).await.unwrap();
    assert_eq!(answer.get_ref().deferred, None);
    let import = wire::import_resource_state::Request {
        type_name: type_name(),
        id: "a".to_owned(),
        client_capabilities: allowed(),
        ..Default::default()
    };
    let answer = client.import_resource_state(import).await.unwrap();
    assert_eq!(answer.get_ref().deferred, None);
    let read = wire::read_data_source::Request {
        type_name: "corner_echo".to_owned(),
        config: unknown(),
        client_capabilities: allowed(),
        ..Default::default()
    };
    let answer = client.read_data_source(read).await.unwrap();
    assert_eq!(answer.get_ref().deferred, None);
    let plan = wire::plan_action::Request {
        action_type: "corner_bell".to_owned(),
        config: unknown(),
        client_capabilities: allowed(),
    };
    let answer = client.plan_action(plan).await.unwrap();
    assert_eq!(answer.get_ref().deferred, None);
}
