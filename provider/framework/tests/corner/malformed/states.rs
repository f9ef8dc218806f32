//! States that come in pieces which do not fit: each is refused with what is wrong, and the store keeps what it had.

use std::sync::Arc;
use std::time::Duration;

use mock_core::{ConnectOptions, Core, config, in_process};
use tfplugin_framework::{Requests, service};
use tfplugin_protocol::tfplugin6 as wire;
use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;
use tokio_stream::wrappers::ReceiverStream;
use tonic::service::Routes;

use super::asking::Client;
use super::streams::{part, read_state, write_state};
use crate::provider::Corner;
use crate::state_stores::{VERSION, stored};

type Part = wire::write_state_bytes::RequestChunk;

const ARCHIVE: (&str, &str) = ("corner_archive", "default");

/// A client of an archive that agreed to parts of eight bytes, and the requests that it serves.
async fn archive(room: &str) -> (Client, Arc<Requests>) {
    let requests = Requests::new();
    let channel = in_process(Routes::new(service(Corner, Arc::clone(&requests))));
    let options = ConnectOptions {
        version: VERSION,
        ..ConnectOptions::default()
    };
    let core = Core::connect_as(channel.clone(), options).await.unwrap();
    let input = config! { room = room };
    let store = core.state_store_in_chunks("corner_archive", &input, 8);
    store
        .await
        .unwrap()
        .0
        .write("default", b"former")
        .await
        .unwrap();
    (ProviderClient::new(channel), requests)
}

/// The first of two parts of a state of twelve bytes.
fn first() -> Part {
    part(Some(ARCHIVE), 12, Some((0, 7)), b"abcdefgh")
}

fn second() -> Part {
    part(None, 12, Some((8, 11)), b"ijkl")
}

#[tokio::test]
async fn pieces_that_make_no_state_are_refused_and_nothing_is_written() {
    let (mut client, _) = archive("pieces").await;
    let of = |total, range, bytes: &[u8]| vec![part(Some(ARCHIVE), total, range, bytes)];
    let then = |total, range, bytes: &[u8]| vec![first(), part(None, total, range, bytes)];
    for (parts, expected) in [
        (vec![], "no part of it came"),
        (vec![second()], "which state it belongs to"),
        (
            of(0, Some((0, -1)), b""),
            "0 bytes, and a state has at least one",
        ),
        (
            of(-1, Some((0, 0)), b"a"),
            "-1 bytes, and a state has at least one",
        ),
        (of(i64::MIN, Some((0, 0)), b"a"), "a state has at least one"),
        (
            of((1 << 30) + 1, Some((0, 7)), b"abcdefgh"),
            "states of up to 1073741824 bytes",
        ),
        (of(i64::MAX, Some((0, 7)), b"abcdefgh"), "states of up to"),
        (of(8, None, b"abcdefgh"), "where it belongs"),
        (
            of(9, Some((0, 8)), b"abcdefghi"),
            "at most 8 bytes were agreed on",
        ),
        (of(8, Some((0, 8)), b"abcdefgh"), "from byte 0 to byte 8"),
        (
            of(8, Some((0, i64::MAX)), b"abcdefgh"),
            "from byte 0 to byte",
        ),
        (of(7, Some((0, 7)), b"abcdefgh"), "beyond its 7 bytes"),
        (
            of(8, Some((8, 15)), b"abcdefgh"),
            "begins at byte 8, and byte 0 is next",
        ),
        (
            of(8, Some((i64::MIN, i64::MIN)), b"a"),
            "begins at byte -9223372036854775808",
        ),
        (vec![first()], "8 of its 12 bytes came"),
        (then(12, Some((8, 10)), b"ijk"), "11 of its 12 bytes came"),
        (
            then(13, Some((8, 11)), b"ijkl"),
            "12 bytes and then 13 bytes",
        ),
        (then(12, Some((9, 12)), b"ijkl"), "byte 8 is next"),
        (then(12, Some((7, 10)), b"ijkl"), "byte 8 is next"),
        (then(12, Some((0, 7)), b"abcdefgh"), "byte 8 is next"),
        (then(12, Some((8, 7)), b""), "a part is empty"),
        (then(12, Some((8, 12)), b"ijklm"), "beyond its 12 bytes"),
        (
            vec![first(), second(), part(None, 12, Some((12, 12)), b"m")],
            "beyond its 12 bytes",
        ),
        (
            vec![first(), part(Some(ARCHIVE), 12, Some((8, 11)), b"ijkl")],
            "again which state it belongs to",
        ),
        (
            vec![
                first(),
                part(Some(("corner_heap", "x")), 12, Some((8, 11)), b"ijkl"),
            ],
            "again which state it belongs to",
        ),
        (
            vec![part(
                Some(("corner_heap", "default")),
                1,
                Some((0, 0)),
                b"a",
            )],
            "State store not configured",
        ),
        (
            vec![part(
                Some(("corner_nest", "default")),
                1,
                Some((0, 0)),
                b"a",
            )],
            "Unknown state store",
        ),
    ] {
        let (_, said) = write_state(&mut client, parts).await;
        assert!(
            said.len() == 1 && said[0].contains(expected),
            "{expected}: {said:?}"
        );
        assert_eq!(stored("pieces", "default").unwrap(), "former", "{expected}");
    }
    let (_, said) = write_state(&mut client, vec![first(), second()]).await;
    assert_eq!(said, [""; 0]);
    assert_eq!(stored("pieces", "default").unwrap(), "abcdefghijkl");
}

#[tokio::test]
async fn a_configuration_that_cannot_be_read_leaves_no_store() {
    let (mut client, _) = archive("unreadable").await;
    let config = wire::DynamicValue {
        msgpack: vec![0xc1].into(),
        ..Default::default()
    };
    let request = wire::configure_state_store::Request {
        type_name: "corner_archive".to_owned(),
        config: Some(config),
        capabilities: None,
    };
    let answer = client.configure_state_store(request).await.unwrap();
    assert_eq!(
        answer.get_ref().diagnostics[0].summary,
        "Unreadable request"
    );
    assert_eq!(answer.get_ref().capabilities, None);
    let (_, said) = write_state(&mut client, vec![first(), second()]).await;
    assert!(said[0].contains("State store not configured"), "{said:?}");
}

#[tokio::test]
async fn a_refusal_is_said_once_everything_was_sent() {
    let (mut client, _) = archive("refusal").await;
    let (parts, receiver) = tokio::sync::mpsc::channel(1);
    let stream = ReceiverStream::new(receiver);
    let answer = tokio::spawn(async move { client.write_state_bytes(stream).await });
    parts.send(second()).await.unwrap();
    for _ in 0..100 {
        // A client of gRPC learns of an answer that came too early by not being able to send.
        parts
            .send(part(None, 12, None, &vec![7; 1 << 16]))
            .await
            .unwrap();
    }
    assert!(!answer.is_finished());
    drop(parts);
    let answer = answer.await.unwrap().unwrap().into_inner();
    assert_eq!(answer.diagnostics.len(), 1);
}

#[tokio::test]
async fn a_state_that_never_ends_is_answered_all_the_same() {
    let (mut client, _) = archive("endless").await;
    let endless = std::iter::repeat_with(|| part(None, 12, None, b""));
    let answer = client.write_state_bytes(tokio_stream::iter(endless)).await;
    let answer = answer.unwrap().into_inner();
    assert!(
        answer.diagnostics[0]
            .detail
            .contains("which state it belongs to")
    );
}

#[tokio::test]
async fn a_state_whose_sender_goes_away_is_not_written() {
    let (mut client, requests) = archive("gone").await;
    let (parts, receiver) = tokio::sync::mpsc::channel(1);
    let stream = ReceiverStream::new(receiver);
    let sending = tokio::spawn(async move { client.write_state_bytes(stream).await });
    parts.send(first()).await.unwrap();
    while requests.in_flight() == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    sending.abort();
    requests.idle().await;
    assert_eq!(stored("gone", "default").unwrap(), "former");
}

#[tokio::test]
async fn an_interrupt_does_not_cut_a_state_off() {
    let (mut client, requests) = archive("interrupt").await;
    let (parts, receiver) = tokio::sync::mpsc::channel(1);
    let stream = ReceiverStream::new(receiver);
    let mut sender = client.clone();
    let sending = tokio::spawn(async move { sender.write_state_bytes(stream).await });
    parts.send(first()).await.unwrap();
    while requests.in_flight() == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    client
        .stop_provider(wire::stop_provider::Request {})
        .await
        .unwrap();
    parts.send(second()).await.unwrap();
    drop(parts);
    let answer = sending.await.unwrap().unwrap().into_inner();
    assert_eq!(answer.diagnostics, []);
    assert_eq!(stored("interrupt", "default").unwrap(), "abcdefghijkl");
}

#[tokio::test]
async fn a_reader_that_goes_away_ends_the_reading() {
    let (mut client, requests) = archive("reader").await;
    let parts = (0..400).map(|index| {
        let start = index * 8;
        let meta = (index == 0).then_some(ARCHIVE);
        part(meta, 3200, Some((start, start + 7)), b"12345678")
    });
    let (_, said) = write_state(&mut client, parts.collect()).await;
    assert_eq!(said, [""; 0]);
    let request = wire::read_state_bytes::Request {
        type_name: "corner_archive".to_owned(),
        state_id: "default".to_owned(),
    };
    let mut parts = client.read_state_bytes(request).await.unwrap().into_inner();
    parts.message().await.unwrap().unwrap();
    drop(parts);
    requests.idle().await;
    let (_, said) = read_state(&mut client, "corner_archive".into(), "default".into()).await;
    assert!(said[0].contains("Dusty"), "{said:?}");
}

#[test]
fn a_length_that_is_only_claimed_takes_no_memory() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let (mut client, _requests) = runtime.block_on(archive("claimed"));
    let claimed = vec![part(Some(ARCHIVE), 1 << 30, Some((0, 7)), b"abcdefgh")];
    let counted = allocation_counter::measure(|| {
        let (_, said) = runtime.block_on(write_state(&mut client, claimed));
        assert!(said[0].contains("8 of its 1073741824 bytes"), "{said:?}");
    });
    assert!(
        counted.bytes_max < 4 << 20,
        "{} bytes held",
        counted.bytes_max
    );
}
