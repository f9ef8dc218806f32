//! State stores: whole states go in and come out, one at a time is locked, and nothing is ever half-written.

mod archive;
mod failing;

use mock_core::config::Input;
use mock_core::{Core, CoreVersion, Failure, StateLock, StateStore as Driver, config};
use proptest::prelude::*;

pub(crate) use self::archive::{Archive, Heap, stored};
use crate::log::Log;
use crate::{core_as, errors};

pub(crate) const VERSION: CoreVersion = CoreVersion::Terraform(15);

async fn configured(core: &Core, input: Input) -> Driver {
    let (store, _) = core.state_store("corner_archive", &input).await.unwrap();
    store
}

async fn in_room(room: &str) -> Driver {
    configured(&core_as(VERSION).await, config! { room = room }).await
}

async fn failing(room: &str, fails: &str) -> Driver {
    let input = config! { room = room, fails = fails };
    configured(&core_as(VERSION).await, input).await
}

fn said<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> String {
    errors(&outcome.unwrap_err()).concat()
}

#[tokio::test]
async fn states_of_several_workspaces_live_their_lives() {
    let store = in_room("life").await;
    assert_eq!(store.workspaces().await.unwrap(), [""; 0]);
    assert_eq!(store.read("default").await.unwrap(), None);
    store
        .change("default", "apply", |before| {
            assert_eq!(before, None);
            b"first".to_vec()
        })
        .await
        .unwrap();
    store.new_workspace("second").await.unwrap();
    store
        .change("second", "apply", |before| {
            [before.unwrap(), b"!".to_vec()].concat()
        })
        .await
        .unwrap();
    assert_eq!(store.workspaces().await.unwrap(), ["default", "second"]);
    assert_eq!(store.read("default").await.unwrap().unwrap(), b"first");
    let second = store.read("second").await.unwrap().unwrap();
    assert!(second.ends_with(b"}!"));

    // The next command is another process.
    let next = in_room("life").await;
    assert_eq!(next.read("second").await.unwrap().unwrap(), second);
    next.delete_workspace("default", "second").await.unwrap();
    next.new_workspace("a").await.unwrap();
    // As Terraform lists those it keeps itself.
    assert_eq!(next.workspaces().await.unwrap(), ["default", "a"]);
    assert_eq!(next.read("second").await.unwrap(), None);
    assert!(said(next.delete("second").await).contains("No state of second"));
}

#[tokio::test]
async fn states_are_cut_up_where_terraform_expects_it() {
    let core = core_as(VERSION).await;
    let input = config! { room = "chunks" };
    let configured = core
        .state_store_in_chunks("corner_archive", &input, 8)
        .await;
    let (store, _) = configured.unwrap();
    for length in [1, 7, 8, 9, 15, 16, 17, 1000] {
        let state: Vec<u8> = (0..=250).cycle().take(length).collect();
        store.write("default", &state).await.unwrap();
        assert_eq!(stored("chunks", "default").unwrap(), state);
        assert_eq!(store.read("default").await.unwrap().unwrap(), state);
    }
    // A state that Terraform would not write is not read either.
    store.write("default", b"").await.unwrap_err();
}

#[tokio::test]
async fn large_states_come_back_at_and_beyond_the_size_that_terraform_proposes() {
    let store = in_room("large").await;
    for more in [0, 1] {
        let state = vec![b'x'; store.chunk_size() + more];
        store.write("default", &state).await.unwrap();
        assert_eq!(store.read("default").await.unwrap().unwrap(), state);
    }
}

#[tokio::test]
async fn the_size_of_a_chunk_is_what_terraform_can_agree_to() {
    let core = core_as(VERSION).await;
    let input = config! { room = "size" };
    for (proposed, agreed) in [(1, 1), (0, 8 << 20), (-5, 8 << 20), (i64::MAX, 128 << 20)] {
        let configured = core
            .state_store_in_chunks("corner_archive", &input, proposed)
            .await;
        assert_eq!(configured.unwrap().0.chunk_size(), agreed);
    }
}

#[tokio::test]
async fn what_somebody_else_has_locked_is_refused_with_who_and_what_for() {
    let store = in_room("locked").await;
    let lock = store.lock("default", "OperationTypeApply").await.unwrap();
    let lock = lock.unwrap();
    let refused = said(store.lock("default", "OperationTypePlan").await);
    for part in [
        "The state is locked",
        "OperationTypeApply",
        "Who:",
        &format!("terraform force-unlock {}", lock.id),
    ] {
        assert!(refused.contains(part), "{part}: {refused}");
    }
    // Another workspace is another lock.
    let other = store.lock("other", "OperationTypePlan").await.unwrap();
    assert_ne!(other.clone().unwrap().id, lock.id);
    store.unlock(&other.unwrap()).await.unwrap();

    let of = |id: &str| StateLock {
        workspace: "default".to_owned(),
        id: id.to_owned(),
    };
    let refused = said(store.unlock(&of("17")).await);
    assert!(
        refused.contains("\"17\"") && refused.contains(&lock.id),
        "{refused}"
    );
    assert!(said(store.unlock(&of("")).await).contains("has no id"));
    store.unlock(&lock).await.unwrap();
    assert!(said(store.unlock(&lock).await).contains("Not locked"));
    assert!(store.lock("default", "again").await.unwrap().is_some());
}

#[tokio::test]
async fn a_store_that_cannot_lock_is_used_without() {
    let core = core_as(VERSION).await;
    let input = config! { room = "heap" };
    let (store, _) = core.state_store("corner_heap", &input).await.unwrap();
    assert_eq!(store.lock("default", "plan").await.unwrap(), None);
    let lock = StateLock {
        workspace: "default".to_owned(),
        id: "17".to_owned(),
    };
    assert!(said(store.unlock(&lock).await).contains("cannot lock"));
}

#[tokio::test]
async fn an_empty_state_is_not_taken_for_none() {
    let core = core_as(VERSION).await;
    let input = config! { room = "heap" };
    let (store, _) = core.state_store("corner_heap", &input).await.unwrap();
    let refused = said(store.read("default").await);
    assert!(refused.contains("The state is empty"), "{refused}");
    assert!(refused.contains("backup"), "{refused}");
}

#[tokio::test]
async fn one_process_serves_several_commands_as_in_debug_mode() {
    let core = core_as(VERSION).await;
    let first = configured(&core, config! { room = "debug 1" }).await;
    first.write("default", b"one").await.unwrap();
    let second = configured(&core, config! { room = "debug 2" }).await;
    assert_eq!(second.read("default").await.unwrap(), None);
}

#[tokio::test]
async fn a_lock_without_an_id_is_an_error() {
    let store = failing("no id", "locks without id").await;
    let refused = said(store.lock("default", "plan").await);
    assert!(refused.contains("A lock without an id"), "{refused}");
}

#[tokio::test]
async fn a_name_that_would_lead_elsewhere_reaches_no_store() {
    let store = in_room("names").await;
    for name in ["", ".", "..", "../default", "a/b", "a\0", "ä", "a b"] {
        let refused = [
            said(store.read(name).await),
            said(store.write(name, b"x").await),
            said(store.lock(name, "plan").await),
            said(store.delete(name).await),
        ];
        for refused in refused {
            assert!(refused.contains("Invalid workspace name"), "{refused}");
        }
    }
    assert_eq!(store.workspaces().await.unwrap(), [""; 0]);
}

#[tokio::test]
async fn a_state_is_in_no_log() {
    let log = Log::default();
    let logging = log.clone().listen();
    let store = in_room("secret").await;
    store.write("default", b"nobodys-business").await.unwrap();
    store.read("default").await.unwrap();
    drop(logging);
    let logged = log.text();
    assert!(logged.contains("WriteStateBytes") && logged.contains("16 bytes"));
    assert!(!logged.contains("nobodys-business"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(
        states in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..2000), 1..4),
        size in 1_i64..3000,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let core = core_as(VERSION).await;
            let input = config! { room = "property" };
            let store = core.state_store_in_chunks("corner_archive", &input, size).await;
            let (store, _) = store.unwrap();
            for state in states {
                store.write("default", &state).await.unwrap();
                let read = store.read("default").await.unwrap();
                prop_assert_eq!(read, Some(state));
            }
            Ok(())
        })?;
    }
}
