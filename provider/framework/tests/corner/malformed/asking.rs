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

use super::streams::{call, invoke, list, part, read_state, write_state};

pub(super) type Client = ProviderClient<Channel>;

/// The method, and the texts of the diagnostics, of the function's error, or of the refusal.
pub(super) type Said = (&'static str, Vec<String>);

pub(super) fn told(diagnostics: &[wire::Diagnostic]) -> Vec<String> {
    diagnostics
        .iter()
        .map(|diagnostic| format!("{}: {}", diagnostic.summary, diagnostic.detail))
        .collect()
}

pub(super) fn said(answer: Result<Response<Vec<wire::Diagnostic>>, Status>) -> Vec<String> {
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
