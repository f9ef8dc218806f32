use tfplugin_protocol::tfplugin6::{
    StateRange, StateStoreCapabilities, lock_state, read_state_bytes,
};

use super::{StateLock, StateStore};
use crate::config::unknown;
use crate::fake::{Fake, error};
use crate::problem::Rule;
use crate::report::Failure;
use crate::{CoreVersion, config};

const VERSION: CoreVersion = CoreVersion::Terraform(15);

/// A store that agrees to chunks of four bytes.
async fn store(fake: &Fake) -> StateStore {
    let core = fake.core(VERSION).await.unwrap();
    let config = config! { path = "somewhere" };
    let configured = core.state_store_in_chunks("test_store", &config, 4).await;
    let (store, warnings) = configured.unwrap();
    assert_eq!(warnings, []);
    fake.take_calls();
    store
}

fn spoil_read(
    fake: &Fake,
    spoil: impl FnMut(&mut Vec<read_state_bytes::Response>) + Send + 'static,
) {
    fake.lock().spoil.read_state = Some(Box::new(spoil));
}

/// What reading a state of ten bytes, in three chunks, comes to.
async fn read_spoiled(
    spoil: impl FnMut(&mut Vec<read_state_bytes::Response>) + Send + 'static,
) -> Result<Option<Vec<u8>>, Failure> {
    let fake = Fake::default();
    let store = store(&fake).await;
    store.write("default", b"0123456789").await.unwrap();
    spoil_read(&fake, spoil);
    store.read("default").await
}

#[tokio::test]
async fn a_command_validates_configures_locks_reads_writes_and_unlocks() {
    let fake = Fake::default();
    let core = fake.core(VERSION).await.unwrap();
    let (store, _) = core
        .state_store("test_store", &config! { path = "somewhere" })
        .await
        .unwrap();
    assert_eq!(store.chunk_size(), 8 << 20);
    let grow = |state: Option<Vec<u8>>| [state.unwrap_or_default(), b"more".to_vec()].concat();
    store.change("default", "apply", grow).await.unwrap();
    store.change("default", "apply", grow).await.unwrap();
    assert_eq!(store.read("default").await.unwrap().unwrap(), b"moremore");
    assert_eq!(
        fake.take_calls(),
        [
            "validate store",
            "configure store chunks=8388608",
            "lock default for apply",
            "read state default",
            "write state default",
            "unlock default id=1",
            "lock default for apply",
            "read state default",
            "write state default",
            "unlock default id=2",
            "read state default",
        ]
    );
}

#[tokio::test]
async fn states_of_every_length_come_back() {
    let fake = Fake::default();
    let store = store(&fake).await;
    assert_eq!(store.read("default").await.unwrap(), None);
    for length in [1, 3, 4, 5, 8, 9] {
        let state = vec![b'x'; length];
        store.write("default", &state).await.unwrap();
        assert_eq!(store.read("default").await.unwrap(), Some(state));
    }
    let refused = store.write("default", b"").await.unwrap_err();
    assert!(refused.to_string().contains("empty"), "{refused}");
}

#[tokio::test]
async fn workspaces_are_made_found_and_deleted() {
    let fake = Fake::default();
    let store = store(&fake).await;
    store.new_workspace("one").await.unwrap();
    assert_eq!(store.workspaces().await.unwrap(), ["one"]);
    let again = store.new_workspace("one").await.unwrap_err();
    assert!(again.to_string().contains("already exists"), "{again}");
    store.write("default", b"x").await.unwrap();
    for (current, name, said) in [
        ("default", "two", "doesn't exist"),
        ("one", "one", "active workspace"),
        ("one", "default", "Cannot delete the default"),
    ] {
        let refused = store.delete_workspace(current, name).await.unwrap_err();
        assert!(refused.to_string().contains(said), "{refused}");
    }
    fake.take_calls();
    store.delete_workspace("default", "one").await.unwrap();
    assert_eq!(
        fake.take_calls(),
        [
            "states",
            "lock one for state-replace-provider",
            "read state one",
            "unlock one id=1",
            "delete state one",
            "states"
        ]
    );
}

#[tokio::test]
async fn a_workspace_that_is_not_listed_or_stays_is_found_out() {
    let fake = Fake::default();
    let store = store(&fake).await;
    fake.lock().spoil.states = Some(Box::new(|answer| answer.state_ids.clear()));
    let failure = store.new_workspace("one").await.unwrap_err();
    assert!(failure.violates(Rule::MissingWorkspace), "{failure}");
    fake.lock().spoil.states = Some(Box::new(|answer| answer.state_ids = vec!["one".into()]));
    let failure = store.delete_workspace("default", "one").await.unwrap_err();
    assert!(failure.violates(Rule::RemainingWorkspace), "{failure}");
}

#[tokio::test]
async fn older_cores_have_no_stores() {
    let fake = Fake::default();
    for version in [CoreVersion::Terraform(14), CoreVersion::OpenTofu(12)] {
        let core = fake.core(version).await.unwrap();
        assert!(core.schemas().state_stores.is_empty());
        let refused = core.state_store("test_store", &config! {}).await;
        assert!(refused.unwrap_err().to_string().contains("no state stores"));
    }
}

#[tokio::test]
async fn a_name_that_belongs_to_the_block_is_refused() {
    let fake = Fake::default();
    fake.lock().spoil.schema = Some(Box::new(|answer| {
        let store = answer.state_store_schemas.get_mut("test_store").unwrap();
        store.block.as_mut().unwrap().attributes[0].name = "provider".to_owned();
    }));
    let failure = fake.core(VERSION).await.unwrap_err();
    assert!(failure.violates(Rule::InvalidSchema), "{failure}");
}

#[tokio::test]
async fn a_store_is_configured_although_it_is_not_valid() {
    let fake = Fake::default();
    let core = fake.core(VERSION).await.unwrap();
    let bad = config! { path = "bad" };
    let failure = core.state_store("test_store", &bad).await.unwrap_err();
    assert_eq!(failure.to_string(), "state_store.test_store: bad path");
    let calls = fake.take_calls();
    assert_eq!(calls, ["validate store", "configure store chunks=8388608"]);
    for (type_name, config, said) in [
        ("test_store", config! { path = unknown() }, "constants"),
        ("test_stores", config! {}, "no state store"),
    ] {
        let refused = core.state_store(type_name, &config).await.unwrap_err();
        assert!(refused.to_string().contains(said), "{refused}");
    }
}

#[tokio::test]
async fn sizes_that_core_cannot_agree_to_are_refused() {
    let fake = Fake::default();
    let core = fake.core(VERSION).await.unwrap();
    let sizes = [
        Some(0),
        Some(-1),
        Some((128 << 20) + 1),
        Some(i64::MAX),
        None,
    ];
    for size in sizes {
        fake.lock().spoil.configure_store = Some(Box::new(move |answer| {
            answer.capabilities = size.map(|chunk_size| StateStoreCapabilities { chunk_size });
        }));
        let refused = core.state_store("test_store", &config! {}).await;
        let failure = refused.unwrap_err();
        assert!(failure.violates(Rule::UnacceptableChunkSize), "{failure}");
    }
    fake.lock().spoil.configure_store = Some(Box::new(|answer| {
        let chunk_size = 128 << 20;
        answer.capabilities = Some(StateStoreCapabilities { chunk_size });
    }));
    let (store, _) = core.state_store("test_store", &config! {}).await.unwrap();
    assert_eq!(store.chunk_size(), 128 << 20);
}

#[tokio::test]
async fn bytes_that_do_not_come_as_agreed_are_found_out() {
    type Spoil = fn(&mut Vec<read_state_bytes::Response>);
    let spoilers: [(Spoil, &str); 9] = [
        (|chunks| chunks[0].range = None, "Terraform crashes"),
        (|chunks| chunks[1].range = None, "Terraform crashes"),
        (
            |chunks| drop(chunks.pop()),
            "expected state file of total 10 bytes, received 8",
        ),
        (|chunks| chunks.push(chunks[2].clone()), "at byte 10"),
        (|chunks| chunks.swap(0, 1), "at byte 0 says"),
        (
            |chunks| chunks[0].bytes.truncate(3),
            "Unexpected chunk of size 3 was received, expected 4",
        ),
        (
            |chunks| chunks[2].bytes = b"89abc".to_vec().into(),
            "Last chunk exceeded agreed size",
        ),
        (
            // The place after the last byte.
            |chunks| chunks[2].range.as_mut().unwrap().end += 1,
            "says that it goes from 8 to 10",
        ),
        (|chunks| chunks[1].total_length = 11, "10 and then of 11"),
    ];
    assert!(read_spoiled(|_| {}).await.unwrap().is_some());
    for (spoil, said) in spoilers {
        let failure = read_spoiled(spoil).await.unwrap_err();
        assert!(failure.violates(Rule::InvalidStateBytes), "{failure}");
        assert!(failure.to_string().contains(said), "{said}: {failure}");
    }
}

#[tokio::test]
async fn an_error_ends_the_reading_and_needs_no_range() {
    let failure = read_spoiled(|chunks| {
        chunks[1] = read_state_bytes::Response {
            diagnostics: vec![error("gone")],
            ..Default::default()
        };
    });
    let failure = failure.await.unwrap_err();
    assert_eq!(failure.to_string(), "state_store.test_store: gone");
}

#[tokio::test]
async fn an_empty_answer_is_no_state_as_long_as_it_has_a_range() {
    let empty = || read_state_bytes::Response {
        range: Some(StateRange::default()),
        ..Default::default()
    };
    let read = read_spoiled(move |chunks| *chunks = vec![empty()]).await;
    assert_eq!(read.unwrap(), None);
    let read = read_spoiled(|chunks| *chunks = vec![read_state_bytes::Response::default()]).await;
    assert!(read.unwrap_err().to_string().contains("Terraform crashes"));
}

#[tokio::test]
async fn an_answer_that_comes_too_early_is_found_out() {
    let fake = Fake::default();
    let core = fake.core(VERSION).await.unwrap();
    let nothing = config! {};
    let configured = core.state_store_in_chunks("test_store", &nothing, 1 << 20);
    let (store, _) = configured.await.unwrap();
    let state = vec![b'x'; 16 << 20];
    store.write("default", &state).await.unwrap();
    fake.lock().spoil.hasty_writes = true;
    let failure = store.write("default", &state).await.unwrap_err();
    assert!(failure.violates(Rule::EarlyAnswer), "{failure}");
}

#[tokio::test]
async fn locks_are_held_by_one_and_given_back_whatever_fails() {
    let fake = Fake::default();
    let store = store(&fake).await;
    let held = store.lock("default", "plan").await.unwrap().unwrap();
    assert!(store.lock("default", "plan").await.is_err());
    let other = StateLock {
        id: "17".to_owned(),
        ..held.clone()
    };
    assert!(store.unlock(&other).await.is_err());
    store.unlock(&held).await.unwrap();

    store.write("default", b"x").await.unwrap();
    spoil_read(&fake, |chunks| chunks[0].range = None);
    let change = store.change("default", "apply", |_| b"y".to_vec());
    assert!(change.await.unwrap_err().violates(Rule::InvalidStateBytes));
    assert!(fake.lock().store.locks.is_empty());
    assert_eq!(fake.lock().store.states["default"], b"x");
}

#[tokio::test]
async fn a_store_that_cannot_lock_is_never_told_to_unlock() {
    let fake = Fake::default();
    let store = store(&fake).await;
    fake.lock().spoil.lock = Some(Box::new(|answer| *answer = lock_state::Response::default()));
    store
        .change("default", "apply", |_| b"y".to_vec())
        .await
        .unwrap();
    let calls = fake.take_calls();
    assert!(
        !calls.iter().any(|call| call.starts_with("unlock")),
        "{calls:?}"
    );
}
