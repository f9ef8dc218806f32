//! Messages that no core sends: each gets an answer, none is a panic, and the process goes on.

use bytes::Bytes;
use mock_core::codec;
use mock_core::config::{Input, evaluate, null, number};
use mock_core::value::{PathError, Value};
use mock_core::{Core, config};
use proptest::prelude::*;
use tfplugin_protocol::tfplugin6 as wire;
use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;
use tonic::transport::Channel;
use tonic::{Response, Status};

use crate::channel;

type Client = ProviderClient<Channel>;

const PANIC: &str = "the provider stopped with";

/// What was answered: the texts of the diagnostics, or of the refusal.
fn said(answer: Result<Response<Vec<wire::Diagnostic>>, Status>) -> Vec<String> {
    match answer {
        Ok(answer) => answer
            .into_inner()
            .iter()
            .map(|diagnostic| format!("{}: {}", diagnostic.summary, diagnostic.detail))
            .collect(),
        Err(status) => vec![status.to_string()],
    }
}

/// Calls a method and takes the diagnostics of its answer.
macro_rules! ask {
    ($client:expr, $method:ident, $request:expr) => {
        said(
            $client
                .$method($request)
                .await
                .map(|answer| answer.map(|answer| answer.diagnostics)),
        )
    };
}

async fn every_method_with(
    client: &mut Client,
    type_name: &str,
) -> Vec<(&'static str, Vec<String>)> {
    macro_rules! asked {
        ($($method:ident $field:ident),+ $(,)?) => {
            vec![$((stringify!($method), ask!(client, $method, wire::$method::Request {
                $field: type_name.to_owned(),
                ..Default::default()
            }))),+]
        };
    }
    asked!(
        validate_resource_config type_name,
        upgrade_resource_state type_name,
        upgrade_resource_identity type_name,
        read_resource type_name,
        plan_resource_change type_name,
        apply_resource_change type_name,
        import_resource_state type_name,
        generate_resource_config type_name,
        validate_data_resource_config type_name,
        read_data_source type_name,
        validate_list_resource_config type_name,
        validate_action_config action_type,
        plan_action action_type,
    )
}

#[tokio::test]
async fn messages_without_a_single_field_are_refused() {
    let mut client = ProviderClient::new(channel());
    for type_name in ["", "corner_nothing", "corner_nest\0", "../corner_nest"] {
        for (method, said) in every_method_with(&mut client, type_name).await {
            assert_eq!(said.len(), 1, "{method} {type_name:?}: {said:?}");
            assert!(!said[0].contains(PANIC), "{method}: {said:?}");
        }
    }
}

#[tokio::test]
async fn messages_with_a_name_alone_are_answered() {
    let mut client = ProviderClient::new(channel());
    for type_name in [
        "corner_nest",
        "corner_renamed",
        "corner_echo",
        "corner_bell",
    ] {
        for (method, said) in every_method_with(&mut client, type_name).await {
            assert!(!said.concat().contains(PANIC), "{method}: {said:?}");
        }
    }
    let answer = client.call_function(wire::call_function::Request {
        name: "greet".to_owned(),
        arguments: vec![],
    });
    let error = answer.await.unwrap().into_inner().error.unwrap();
    assert!(!error.text.contains(PANIC), "{}", error.text);
}

async fn valid() -> (Client, Vec<u8>) {
    let channel = channel();
    let core = Core::connect(channel.clone()).await.unwrap();
    let schema = &core.schemas().resources["corner_nest"].schema;
    let egg = || config! { name = "e", size = 3, hash = "h" };
    let any = Input::List(vec![
        config! { deep = number("0.1") },
        null(),
        Input::from(true),
    ]);
    let input = config! {
        id = "1", any = any, exact = number("12345678901234567890123.25"), host = "example.com",
        tags = ["b", "a"], one = egg(), list = vec![egg()], set = vec![egg()],
        map = config! { k = egg() }, single = egg(), items = vec![egg()], group = egg(),
    };
    let nothing = |_: &str, _: &_, at: &_| Err(PathError::new(at, "there is nothing to refer to"));
    let value: Value = evaluate(&schema.block, &input, &nothing).unwrap();
    let message = codec::to_wire(&value, &schema.implied_type()).unwrap();
    (ProviderClient::new(channel), message.msgpack.to_vec())
}

/// Puts the same bytes wherever an object may stand.
async fn everywhere(client: &mut Client, bytes: &[u8]) -> Vec<Vec<String>> {
    let bytes = Bytes::copy_from_slice(bytes);
    let type_name = || "corner_nest".to_owned();
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
    vec![
        ask!(
            client,
            validate_resource_config,
            wire::validate_resource_config::Request {
                type_name: type_name(),
                config: msgpack(),
                client_capabilities: None,
            }
        ),
        ask!(
            client,
            validate_resource_config,
            wire::validate_resource_config::Request {
                type_name: type_name(),
                config: json(),
                client_capabilities: None,
            }
        ),
        ask!(
            client,
            plan_resource_change,
            wire::plan_resource_change::Request {
                type_name: type_name(),
                prior_state: msgpack(),
                proposed_new_state: msgpack(),
                config: msgpack(),
                prior_private: bytes.clone(),
                ..Default::default()
            }
        ),
        ask!(
            client,
            plan_resource_change,
            wire::plan_resource_change::Request {
                type_name: type_name(),
                proposed_new_state: msgpack(),
                config: msgpack(),
                ..Default::default()
            }
        ),
        ask!(
            client,
            apply_resource_change,
            wire::apply_resource_change::Request {
                type_name: type_name(),
                planned_state: msgpack(),
                config: msgpack(),
                ..Default::default()
            }
        ),
        ask!(
            client,
            read_resource,
            wire::read_resource::Request {
                type_name: type_name(),
                current_state: msgpack(),
                ..Default::default()
            }
        ),
        ask!(
            client,
            generate_resource_config,
            wire::generate_resource_config::Request {
                type_name: type_name(),
                state: msgpack(),
            }
        ),
        ask!(
            client,
            upgrade_resource_state,
            wire::upgrade_resource_state::Request {
                type_name: type_name(),
                version: 0,
                raw_state: Some(wire::RawState {
                    json: bytes.clone(),
                    ..Default::default()
                }),
            }
        ),
        ask!(
            client,
            import_resource_state,
            wire::import_resource_state::Request {
                type_name: "corner_renamed".to_owned(),
                identity: Some(wire::ResourceIdentityData {
                    identity_data: msgpack()
                }),
                ..Default::default()
            }
        ),
    ]
}

#[tokio::test]
async fn every_truncation_of_an_object_is_refused() {
    let (mut client, whole) = valid().await;
    let answers = everywhere(&mut client, &whole).await;
    let [.., read, _, _, _] = answers.as_slice() else {
        panic!("there are answers");
    };
    assert!(read.is_empty(), "the whole object is a state: {read:?}");
    for length in (1..whole.len()).step_by(7) {
        for said in everywhere(&mut client, &whole[..length]).await {
            assert!(!said.is_empty(), "{length} bytes of {}", whole.len());
            assert!(!said.concat().contains(PANIC), "{said:?}");
        }
    }
}

#[tokio::test]
async fn lengths_that_lie_and_depths_without_end_are_refused() {
    let (mut client, _) = valid().await;
    let deep_json = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    for bytes in [
        &b"\xdd\xff\xff\xff\xff"[..],
        b"\xdf\xff\xff\xff\xff",
        b"\xdb\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\xc9\xff\xff\xff\xff\x0c",
        b"\x81\xa3any\x92\xc4\x09\"dynamic\"\xdd\xff\xff\xff\xff",
        &[b"\x81\xa3any".as_slice(), &vec![0x91; 100_000]].concat(),
        &deep_json,
        br#"{"any":{"type":["list",["list",["list"]]],"value":[[[]]]}}"#,
    ] {
        for said in everywhere(&mut client, bytes).await {
            assert!(
                !said.is_empty() && !said.concat().contains(PANIC),
                "{said:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_object_with_broken_bytes_is_never_a_panic(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..4)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (mut client, mut bytes) = valid().await;
            for (place, byte) in &changes {
                let place = place.index(bytes.len());
                bytes[place] = *byte;
            }
            for said in everywhere(&mut client, &bytes).await {
                prop_assert!(!said.concat().contains(PANIC), "{:?}", said);
            }
            Ok(())
        })?;
    }
}
