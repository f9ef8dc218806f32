//! Requests that are large, wrong or late.

use rmpv::Value;
use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;
use tfplugin_protocol::tfplugin6::{
    Diagnostic, apply_resource_change, call_function, import_resource_state, move_resource_state,
    plan_resource_change, read_data_source, read_resource, stop_provider, upgrade_resource_state,
    validate_data_resource_config, validate_resource_config,
};
use tonic::transport::Channel;

use crate::messages::{DOMAIN, domain_schema, dynamic, member, object, text};
use crate::setting::{Setting, client};

/// Validates a domain of this name.
pub(crate) async fn validate(
    client: &mut ProviderClient<Channel>,
    domain_name: &str,
) -> Vec<Diagnostic> {
    validate_domain(client, &[("domain_name", domain_name.into())]).await
}

async fn validate_domain(
    client: &mut ProviderClient<Channel>,
    attributes: &[(&str, Value)],
) -> Vec<Diagnostic> {
    let schema = domain_schema(client).await;
    let request = validate_resource_config::Request {
        type_name: DOMAIN.to_owned(),
        config: Some(dynamic(&object(&schema, attributes))),
        ..validate_resource_config::Request::default()
    };
    let answer = client.validate_resource_config(request).await.unwrap();
    answer.into_inner().diagnostics
}

#[tokio::test]
async fn five_megabytes_of_text_are_validated() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let long = "x".repeat(5 << 20);
    let attributes = [
        ("domain_name", Value::from("remote.com")),
        ("description", Value::from(long.as_str())),
    ];
    let diagnostics = validate_domain(&mut client(&mut plugin).await, &attributes).await;
    let text = text(&diagnostics);
    assert!(text.contains("255"), "the limit is told: {}", text.len());
    assert!(
        text.len() < 10_000,
        "and the text is not repeated: {}",
        text.len()
    );
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}

#[tokio::test]
async fn five_megabytes_of_text_come_back_in_a_plan() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let mut client = client(&mut plugin).await;
    let schema = domain_schema(&mut client).await;
    let long = "ä".repeat(5 << 19);
    let attributes = [
        ("publisher", Value::from("emea")),
        ("domain_name", Value::from("remote.com")),
        ("description", Value::from(long.as_str())),
    ];
    let config = dynamic(&object(&schema, &attributes));
    let request = plan_resource_change::Request {
        type_name: DOMAIN.to_owned(),
        prior_state: Some(dynamic(&Value::Nil)),
        proposed_new_state: Some(config.clone()),
        config: Some(config),
        ..plan_resource_change::Request::default()
    };
    let answer = client
        .plan_resource_change(request)
        .await
        .unwrap()
        .into_inner();
    let planned = answer.planned_state.as_ref();
    let planned = planned.unwrap_or_else(|| panic!("{}", text(&answer.diagnostics)));
    let description = member(planned, "description");
    assert!(
        description.as_str() == Some(long.as_str()),
        "it is another text now"
    );
    drop(client);
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}

#[tokio::test]
async fn unknown_types_get_a_diagnostic_that_names_them() {
    const NAME: &str = "imp_nonsense";
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let mut client = client(&mut plugin).await;
    let nothing = || Some(dynamic(&Value::Nil));
    let named = || NAME.to_owned();

    macro_rules! assert_named {
        ($call:ident, $($field:ident: $value:expr),+) => {{
            let request = $call::Request { $($field: $value,)+ ..$call::Request::default() };
            let answer = client.$call(request).await.unwrap().into_inner();
            let text = text(&answer.diagnostics);
            assert!(text.contains(NAME), "{}: {text:?}", stringify!($call));
        }};
    }
    assert_named!(validate_resource_config, type_name: named(), config: nothing());
    assert_named!(upgrade_resource_state, type_name: named());
    assert_named!(read_resource, type_name: named(), current_state: nothing());
    assert_named!(plan_resource_change, type_name: named(), prior_state: nothing(), config: nothing());
    assert_named!(apply_resource_change, type_name: named(), prior_state: nothing(), config: nothing());
    assert_named!(import_resource_state, type_name: named(), id: "x".to_owned());
    assert_named!(move_resource_state, target_type_name: named());
    assert_named!(read_data_source, type_name: named(), config: nothing());

    let request = validate_data_resource_config::Request {
        type_name: named(),
        config: nothing(),
    };
    let answer = client.validate_data_resource_config(request).await.unwrap();
    assert!(text(&answer.into_inner().diagnostics).contains(NAME));

    let request = call_function::Request {
        name: named(),
        ..call_function::Request::default()
    };
    let answer = client.call_function(request).await.unwrap().into_inner();
    assert!(answer.error.unwrap().text.contains(NAME));
    drop(client);
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}

#[tokio::test]
async fn what_is_no_value_gets_a_diagnostic() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let mut client = client(&mut plugin).await;
    // A reserved byte, and an array that claims four thousand million elements.
    for bytes in [&b"\xc1"[..], b"\xdd\xff\xff\xff\xff"] {
        let mut config = dynamic(&Value::Nil);
        config.msgpack = bytes.to_vec().into();
        let request = validate_resource_config::Request {
            type_name: DOMAIN.to_owned(),
            config: Some(config),
            ..validate_resource_config::Request::default()
        };
        let answer = client.validate_resource_config(request).await.unwrap();
        assert!(!answer.into_inner().diagnostics.is_empty(), "{bytes:?}");
    }
    drop(client);
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}

#[tokio::test]
async fn requests_after_a_stop_are_still_answered() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let mut client = client(&mut plugin).await;
    let stopped = client.stop_provider(stop_provider::Request {}).await;
    assert_eq!(stopped.unwrap().into_inner().error, "");
    assert_eq!(text(&validate(&mut client, "remote.com").await), "");
    assert_ne!(text(&validate(&mut client, "not a domain").await), "");
    drop(client);
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}
