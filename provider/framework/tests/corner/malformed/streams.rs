//! Requests whose answer is more than diagnostics: streams, and the call of a function.

use bytes::Bytes;
use tfplugin_protocol::tfplugin6 as wire;

use super::asking::{Client, Said, said, told};

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

pub(super) async fn list(client: &mut Client, request: wire::list_resource::Request) -> Said {
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

pub(super) async fn invoke(client: &mut Client, request: wire::invoke_action::Request) -> Said {
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

pub(super) async fn call(client: &mut Client, request: wire::call_function::Request) -> Said {
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
