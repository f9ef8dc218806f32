//! Messages that no core sends: each gets an answer, none is a panic, a hang or a heap of memory, and the process
//! goes on.

mod asking;
mod frames;
mod states;
mod streams;

use mock_core::codec;
use mock_core::config::{Input, evaluate, null, number};
use mock_core::value::{PathError, Value};
use mock_core::{Core, config};
use proptest::prelude::*;
use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;

use self::asking::{Client, by_name, everywhere, read};
use crate::channel;

const PANIC: &str = "the provider stopped with";

/// Every method refuses these bytes, wherever they stand.
async fn are_refused(client: &mut Client, bytes: &[u8]) {
    for (method, said) in everywhere(client, bytes).await {
        assert!(!said.is_empty(), "{method} takes {bytes:?}");
        assert!(!said.concat().contains(PANIC), "{method}: {said:?}");
    }
    let said = read(client, bytes).await;
    assert!(
        !said.is_empty() && !said.concat().contains(PANIC),
        "{said:?}"
    );
}

#[tokio::test]
async fn names_of_nothing_are_refused() {
    let mut client = ProviderClient::new(channel());
    for type_name in ["", "corner_nothing", "corner_nest\0", "../corner_nest"] {
        for (method, said) in by_name(&mut client, type_name).await {
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
        "corner_lease",
        "corner_bell",
        "corner_archive",
        "greet",
    ] {
        for (method, said) in by_name(&mut client, type_name).await {
            assert!(!said.concat().contains(PANIC), "{method}: {said:?}");
        }
    }
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

#[tokio::test]
async fn every_truncation_of_an_object_is_refused() {
    let (mut client, whole) = valid().await;
    let said = read(&mut client, &whole).await;
    assert!(said.is_empty(), "the whole object is a state: {said:?}");
    for length in (1..whole.len()).step_by(7) {
        are_refused(&mut client, &whole[..length]).await;
    }
}

#[tokio::test]
async fn objects_with_too_few_or_too_many_attributes_are_refused() {
    let (mut client, whole) = valid().await;
    // The count of attributes comes in the first byte.
    assert_eq!(whole[0] & 0xf0, 0x80);
    let count = |bytes: &[u8], count: u8| [&[0x80 | count], &bytes[1..]].concat();
    let attributes = whole[0] & 0x0f;
    for (bytes, said) in [
        (count(b"\x80", 0), "missing"),
        (b"\x90".to_vec(), "map of attributes"),
        (b"\xa1x".to_vec(), "map of attributes"),
        (b"\x2a".to_vec(), "map of attributes"),
        (count(&whole, attributes - 1), ""),
        (
            count(&[&whole[..], b"\xa4more\xc0"].concat(), attributes + 1),
            "unsupported attribute",
        ),
        ([&whole[..], b"\xc0"].concat(), "more after the end"),
    ] {
        let answer = read(&mut client, &bytes).await;
        assert!(
            answer.len() == 1 && answer[0].contains(said),
            "{said:?}: {answer:?}"
        );
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
    ] {
        are_refused(&mut client, bytes).await;
    }
}

#[tokio::test]
async fn a_type_that_is_none_is_refused() {
    let (mut client, _) = valid().await;
    for bytes in [
        br#"{"any":{"type":["list",["list",["list"]]],"value":[[[]]]}}"#.as_slice(),
        br#"{"any":{"type":"text","value":"x"}}"#,
        br#"{"any":{"type":["object",{"a":"string","a":"string"}],"value":{"a":"x"}}}"#,
    ] {
        for (method, said) in everywhere(&mut client, bytes).await {
            // An identity of a former version may have had any attributes.
            let of_any_attributes = method == "upgrade_resource_identity";
            assert!(
                of_any_attributes || !said.is_empty(),
                "{method} takes {bytes:?}"
            );
            assert!(!said.concat().contains(PANIC), "{method}: {said:?}");
        }
    }
}

#[test]
fn a_length_that_lies_takes_no_memory() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut client = runtime.block_on(async { valid().await.0 });
    for bytes in [
        &b"\xdd\xff\xff\xff\xff"[..],
        b"\xdf\xff\xff\xff\xff",
        b"\xdb\xff\xff\xff\xff",
    ] {
        let counted =
            allocation_counter::measure(|| runtime.block_on(are_refused(&mut client, bytes)));
        assert!(
            counted.bytes_max < 16 << 20,
            "{} bytes held",
            counted.bytes_max
        );
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
            for (method, said) in everywhere(&mut client, &bytes).await {
                prop_assert!(!said.concat().contains(PANIC), "{}: {:?}", method, said);
            }
            Ok(())
        })?;
    }
}
