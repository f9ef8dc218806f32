//! Requests made by hand, and what was answered: every method that takes a value, an object or a name.

#![allow(
    clippy::needless_update,
    reason = "one macro writes requests of many fields and of one"
)]

use bytes::Bytes;
use tfplugin_protocol::tfplugin6 as wire;
use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;
use tonic::transport::Channel;
use tonic::{Response, Status};

pub(super) type Client = ProviderClient<Channel>;

/// The method, and the texts of the diagnostics, of the function's error, or of the refusal.
pub(super) type Said = (&'static str, Vec<String>);

fn told(diagnostics: &[wire::Diagnostic]) -> Vec<String> {
    diagnostics
        .iter()
        .map(|diagnostic| format!("{}: {}", diagnostic.summary, diagnostic.detail))
        .collect()
}

fn said(answer: Result<Response<Vec<wire::Diagnostic>>, Status>) -> Vec<String> {
    match answer {
        Ok(answer) => told(answer.get_ref()),
        Err(status) => vec![status.to_string()],
    }
}

/// Calls a method and takes the diagnostics of its answer.
macro_rules! ask {
    ($client:expr, $method:ident { $($field:ident: $value:expr),* $(,)? }) => {
        (
            stringify!($method),
            said(
                $client
                    .$method(wire::$method::Request { $($field: $value,)* ..Default::default() })
                    .await
                    .map(|answer| answer.map(|answer| answer.diagnostics)),
            ),
        )
    };
}

/// Calls every method that takes the name of a type, with nothing but that.
pub(super) async fn by_name(client: &mut Client, type_name: &str) -> Vec<Said> {
    let name = || type_name.to_owned();
    vec![
        ask!(client, validate_resource_config { type_name: name() }),
        ask!(client, upgrade_resource_state { type_name: name() }),
        ask!(client, upgrade_resource_identity { type_name: name() }),
        ask!(client, read_resource { type_name: name() }),
        ask!(client, plan_resource_change { type_name: name() }),
        ask!(client, apply_resource_change { type_name: name() }),
        ask!(client, import_resource_state { type_name: name() }),
        ask!(
            client,
            move_resource_state {
                target_type_name: name()
            }
        ),
        ask!(client, generate_resource_config { type_name: name() }),
        ask!(client, validate_data_resource_config { type_name: name() }),
        ask!(client, read_data_source { type_name: name() }),
        ask!(
            client,
            validate_ephemeral_resource_config { type_name: name() }
        ),
        ask!(client, open_ephemeral_resource { type_name: name() }),
        ask!(client, renew_ephemeral_resource { type_name: name() }),
        ask!(client, close_ephemeral_resource { type_name: name() }),
        ask!(client, validate_list_resource_config { type_name: name() }),
        ask!(
            client,
            validate_action_config {
                action_type: name()
            }
        ),
        ask!(
            client,
            plan_action {
                action_type: name()
            }
        ),
        ask!(client, validate_state_store_config { type_name: name() }),
        ask!(client, configure_state_store { type_name: name() }),
        ask!(client, lock_state { type_name: name() }),
        ask!(client, unlock_state { type_name: name() }),
        ask!(client, get_states { type_name: name() }),
        ask!(client, delete_state { type_name: name() }),
        read_state(client, name(), String::new()).await,
        write_state(
            client,
            vec![part(Some((&name(), "")), 1, Some((0, 0)), b"x")],
        )
        .await,
        list(
            client,
            wire::list_resource::Request {
                type_name: name(),
                ..Default::default()
            },
        )
        .await,
        invoke(
            client,
            wire::invoke_action::Request {
                action_type: name(),
                ..Default::default()
            },
        )
        .await,
        call(
            client,
            wire::call_function::Request {
                name: name(),
                ..Default::default()
            },
        )
        .await,
    ]
}

/// Reads a state; every part of it must have a range.
pub(super) async fn read_state(client: &mut Client, type_name: String, state_id: String) -> Said {
    let request = wire::read_state_bytes::Request {
        type_name,
        state_id,
    };
    let mut told_all = Vec::new();
    match client.read_state_bytes(request).await {
        Ok(parts) => {
            let mut parts = parts.into_inner();
            while let Some(part) = parts.message().await.unwrap() {
                told_all.extend(told(&part.diagnostics));
                assert!(part.range.is_some(), "a part without it makes a core panic");
            }
        }
        Err(status) => told_all.push(status.to_string()),
    }
    ("read_state_bytes", told_all)
}

pub(super) async fn write_state(
    client: &mut Client,
    parts: Vec<wire::write_state_bytes::RequestChunk>,
) -> Said {
    let answer = client.write_state_bytes(tokio_stream::iter(parts)).await;
    let answer = answer.map(|answer| answer.map(|answer| answer.diagnostics));
    ("write_state_bytes", said(answer))
}

/// A part of a state, of which nothing need be true.
pub(super) fn part(
    meta: Option<(&str, &str)>,
    total_length: i64,
    range: Option<(i64, i64)>,
    bytes: &[u8],
) -> wire::write_state_bytes::RequestChunk {
    wire::write_state_bytes::RequestChunk {
        meta: meta.map(
            |(type_name, state_id)| wire::write_state_bytes::RequestChunkMeta {
                type_name: type_name.to_owned(),
                state_id: state_id.to_owned(),
            },
        ),
        bytes: Bytes::copy_from_slice(bytes),
        total_length,
        range: range.map(|(start, end)| wire::StateRange { start, end }),
    }
}

async fn list(client: &mut Client, request: wire::list_resource::Request) -> Said {
    let mut told_all = Vec::new();
    match client.list_resource(request).await {
        Ok(events) => {
            let mut events = events.into_inner();
            while let Some(event) = events.message().await.unwrap() {
                told_all.extend(told(&event.diagnostic));
            }
        }
        Err(status) => told_all.push(status.to_string()),
    }
    ("list_resource", told_all)
}

async fn invoke(client: &mut Client, request: wire::invoke_action::Request) -> Said {
    use wire::invoke_action::event::Type;
    let mut told_all = Vec::new();
    match client.invoke_action(request).await {
        Ok(events) => {
            let mut events = events.into_inner();
            while let Some(event) = events.message().await.unwrap() {
                match event.r#type {
                    Some(Type::Completed(completed)) => {
                        told_all.extend(told(&completed.diagnostics));
                    }
                    Some(Type::Progress(_)) => {}
                    None => panic!("an event of no kind makes a core panic"),
                }
            }
        }
        Err(status) => told_all.push(status.to_string()),
    }
    ("invoke_action", told_all)
}

async fn call(client: &mut Client, request: wire::call_function::Request) -> Said {
    let said = match client.call_function(request).await {
        Ok(answer) => answer
            .into_inner()
            .error
            .map(|error| error.text)
            .into_iter()
            .collect(),
        Err(status) => vec![status.to_string()],
    };
    ("call_function", said)
}

/// Puts the same bytes wherever an object, an identity or an argument may stand.
pub(super) async fn everywhere(client: &mut Client, bytes: &[u8]) -> Vec<Said> {
    let bytes = Bytes::copy_from_slice(bytes);
    let msgpack = || {
        Some(wire::DynamicValue {
            msgpack: bytes.clone(),
            json: Bytes::new(),
        })
    };
    let json = || {
        Some(wire::DynamicValue {
            msgpack: Bytes::new(),
            json: bytes.clone(),
        })
    };
    let raw = || {
        Some(wire::RawState {
            json: bytes.clone(),
            ..Default::default()
        })
    };
    let identity = || {
        Some(wire::ResourceIdentityData {
            identity_data: msgpack(),
        })
    };
    let nest = || "corner_nest".to_owned();
    let renamed = || "corner_renamed".to_owned();
    let echo = || "corner_echo".to_owned();
    let lease = || "corner_lease".to_owned();
    let bell = || "corner_bell".to_owned();
    let archive = || "corner_archive".to_owned();
    vec![
        ask!(client, validate_provider_config { config: msgpack() }),
        ask!(client, configure_provider { config: msgpack() }),
        ask!(
            client,
            validate_resource_config {
                type_name: nest(),
                config: msgpack()
            }
        ),
        ask!(
            client,
            validate_resource_config {
                type_name: nest(),
                config: json()
            }
        ),
        ask!(
            client,
            plan_resource_change {
                type_name: nest(),
                prior_state: msgpack(),
                proposed_new_state: msgpack(),
                config: msgpack(),
                prior_private: bytes.clone(),
            }
        ),
        ask!(
            client,
            plan_resource_change {
                type_name: nest(),
                proposed_new_state: msgpack(),
                config: msgpack(),
            }
        ),
        ask!(
            client,
            plan_resource_change {
                type_name: renamed(),
                prior_identity: identity(),
            }
        ),
        ask!(
            client,
            apply_resource_change {
                type_name: nest(),
                planned_state: msgpack(),
                config: msgpack(),
            }
        ),
        ask!(
            client,
            apply_resource_change {
                type_name: renamed(),
                planned_identity: identity()
            }
        ),
        ask!(
            client,
            generate_resource_config {
                type_name: nest(),
                state: msgpack()
            }
        ),
        ask!(
            client,
            upgrade_resource_state {
                type_name: nest(),
                raw_state: raw()
            }
        ),
        ask!(
            client,
            upgrade_resource_identity {
                type_name: renamed(),
                version: 1,
                raw_identity: raw(),
            }
        ),
        ask!(
            client,
            import_resource_state {
                type_name: renamed(),
                identity: identity()
            }
        ),
        ask!(
            client,
            move_resource_state {
                target_type_name: nest(),
                source_state: raw(),
                source_private: bytes.clone(),
            }
        ),
        ask!(
            client,
            read_resource {
                type_name: renamed(),
                current_identity: identity()
            }
        ),
        ask!(
            client,
            validate_data_resource_config {
                type_name: echo(),
                config: msgpack()
            }
        ),
        ask!(
            client,
            read_data_source {
                type_name: echo(),
                config: msgpack()
            }
        ),
        ask!(
            client,
            validate_ephemeral_resource_config {
                type_name: lease(),
                config: msgpack()
            }
        ),
        ask!(
            client,
            open_ephemeral_resource {
                type_name: lease(),
                config: msgpack()
            }
        ),
        ask!(
            client,
            renew_ephemeral_resource {
                type_name: lease(),
                private: Some(bytes.clone())
            }
        ),
        ask!(
            client,
            close_ephemeral_resource {
                type_name: lease(),
                private: Some(bytes.clone())
            }
        ),
        ask!(
            client,
            validate_list_resource_config {
                type_name: renamed(),
                config: msgpack()
            }
        ),
        ask!(
            client,
            validate_state_store_config {
                type_name: archive(),
                config: msgpack()
            }
        ),
        ask!(
            client,
            configure_state_store {
                type_name: archive(),
                config: msgpack()
            }
        ),
        list(
            client,
            wire::list_resource::Request {
                type_name: renamed(),
                config: msgpack(),
                ..Default::default()
            },
        )
        .await,
        ask!(
            client,
            validate_action_config {
                action_type: bell(),
                config: msgpack()
            }
        ),
        ask!(
            client,
            plan_action {
                action_type: bell(),
                config: msgpack()
            }
        ),
        invoke(
            client,
            wire::invoke_action::Request {
                action_type: bell(),
                config: msgpack(),
                ..Default::default()
            },
        )
        .await,
        call(
            client,
            wire::call_function::Request {
                name: "greet".to_owned(),
                arguments: msgpack().into_iter().chain(json()).collect(),
            },
        )
        .await,
    ]
}

/// Reads a state of `corner_nest`.
pub(super) async fn read(client: &mut Client, bytes: &[u8]) -> Vec<String> {
    let state = wire::DynamicValue {
        msgpack: Bytes::copy_from_slice(bytes),
        json: Bytes::new(),
    };
    ask!(
        client,
        read_resource {
            type_name: "corner_nest".to_owned(),
            current_state: Some(state)
        }
    )
    .1
}
