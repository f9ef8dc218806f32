//! State stores: whole states go in and come out, one at a time is locked, and nothing is ever half-written.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use mock_core::config::Input;
use mock_core::{Core, CoreVersion, Failure, StateLock, StateStore as Driver, config};
use proptest::prelude::*;
use tfplugin_framework::state_store::{
    ConfigureStore, DeleteState, ListStates, Lock, LockInfo, LockState, ReadState, StateId,
    UnlockState, WriteState,
};
use tfplugin_framework::{Attribute, Bytes, Diagnostic, Diagnostics, Schema, StateStore, model};

use crate::log::Log;
use crate::{core_as, errors};

pub(crate) const VERSION: CoreVersion = CoreVersion::Terraform(15);

model! {
    pub(crate) struct Config { room: String, fails: String }
}

/// States in memory. Its attribute `fails` says at which step it fails, and how.
pub(crate) struct Archive;

/// What is in the archive's rooms, each of which belongs to one test.
static ROOMS: Mutex<BTreeMap<String, Room>> = Mutex::new(BTreeMap::new());

#[derive(Default)]
pub(crate) struct Room {
    pub(crate) states: BTreeMap<StateId, Bytes>,
    locks: BTreeMap<StateId, LockInfo>,
}

pub(crate) struct Open {
    room: String,
    fails: String,
}

impl Open {
    fn room<T>(&self, look: impl FnOnce(&mut Room) -> T) -> T {
        look(rooms().entry(self.room.clone()).or_default())
    }

    fn fail_at(&self, step: &str) -> Result<(), Diagnostics> {
        match self.fails.split_once(' ') {
            Some(("panics", at)) if at == step => panic!("no shelf left"),
            Some(("silent", at)) if at == step => Err(Diagnostics::new()),
            Some(("refuses", at)) if at == step => Err(Diagnostic::error("Closed today").into()),
            _ => Ok(()),
        }
    }
}

fn rooms() -> MutexGuard<'static, BTreeMap<String, Room>> {
    ROOMS
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// What the archive has of a state.
pub(crate) fn stored(room: &str, id: &str) -> Option<Bytes> {
    let id = StateId::new(id).unwrap();
    rooms().get(room)?.states.get(&id).cloned()
}

impl StateStore for Archive {
    type Config = Config;
    type Store = Open;

    fn type_name(&self) -> &'static str {
        "corner_archive"
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
            .attribute("room", Attribute::string().required())
            .attribute("fails", Attribute::string().optional())
    }

    fn validate(&self, config: &Config, diagnostics: &mut Diagnostics) {
        if config.room.is("cellar") {
            diagnostics.push(Diagnostic::error("The cellar is wet").at("room"));
        }
        assert!(
            !config.fails.is("panics validating"),
            "too dark to see anything"
        );
    }

    async fn configure(&self, configure: &mut ConfigureStore<Config>) -> Result<Open, Diagnostics> {
        let text = |field: &tfplugin_framework::Field<String>| {
            field.as_str().unwrap_or_default().to_owned()
        };
        let open = Open {
            room: text(&configure.config.room),
            fails: text(&configure.config.fails),
        };
        assert_ne!(open.room, "cellar", "a configuration that is not valid");
        if open.fails == "warns" {
            let warning = Diagnostic::warning("The archive is old");
            configure.diagnostics.push(warning);
        }
        if open.fails == "pushes" {
            configure
                .diagnostics
                .push(Diagnostic::error("No key to it"));
        }
        open.fail_at("configuring")?;
        Ok(open)
    }

    async fn read(&self, open: &Open, read: &mut ReadState) -> Result<Option<Bytes>, Diagnostics> {
        open.fail_at("reading")?;
        read.diagnostics.push(Diagnostic::warning("Dusty"));
        Ok(open.room(|room| room.states.get(&read.id).cloned()))
    }

    async fn write(&self, open: &Open, write: &mut WriteState) -> Result<(), Diagnostics> {
        tracing::info!(?write, "the state is put on a shelf");
        open.fail_at("writing")?;
        open.room(|room| room.states.insert(write.id.clone(), write.state.clone()));
        Ok(())
    }

    async fn lock(&self, open: &Open, lock: &mut LockState) -> Result<Lock, Diagnostics> {
        open.fail_at("locking")?;
        if open.fails == "locks without id" {
            return Ok(Lock::Held(String::new()));
        }
        open.room(|room| {
            if let Some(info) = room.locks.get(&lock.id) {
                return Err(info.is_held(&lock.id).into());
            }
            let info = LockInfo::new(lock);
            room.locks.insert(lock.id.clone(), info.clone());
            Ok(info.into_lock())
        })
    }

    async fn unlock(&self, open: &Open, unlock: &mut UnlockState) -> Result<(), Diagnostics> {
        open.fail_at("unlocking")?;
        open.room(|room| match room.locks.get(&unlock.id) {
            Some(info) if info.id == unlock.lock_id => {
                room.locks.remove(&unlock.id);
                Ok(())
            }
            Some(info) => Err(info.is_another(&unlock.id, &unlock.lock_id).into()),
            None => Err(Diagnostic::error("Not locked").into()),
        })
    }

    async fn states(&self, open: &Open, _: &mut ListStates) -> Result<Vec<StateId>, Diagnostics> {
        open.fail_at("listing")?;
        // As a remote system may list them: backwards, and what was just moved twice.
        Ok(open.room(|room| {
            let ids = room.states.keys().rev();
            ids.flat_map(|id| [id.clone(), id.clone()]).collect()
        }))
    }

    async fn delete(&self, open: &Open, delete: &mut DeleteState) -> Result<(), Diagnostics> {
        open.fail_at("deleting")?;
        match open.room(|room| room.states.remove(&delete.id)) {
            Some(_) => Ok(()),
            None => Err(Diagnostic::error(format!("No state of {}", delete.id)).into()),
        }
    }
}

/// A store that is what is left when nothing optional is implemented.
pub(crate) struct Heap;

impl StateStore for Heap {
    type Config = Config;
    type Store = ();

    fn type_name(&self) -> &'static str {
        "corner_heap"
    }

    fn schema(&self) -> Schema {
        Archive.schema()
    }

    async fn configure(&self, _: &mut ConfigureStore<Config>) -> Result<(), Diagnostics> {
        Ok(())
    }

    /// Somebody has emptied it.
    async fn read(&self, (): &(), _: &mut ReadState) -> Result<Option<Bytes>, Diagnostics> {
        Ok(Some(Bytes::new()))
    }

    async fn write(&self, (): &(), _: &mut WriteState) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn states(&self, (): &(), _: &mut ListStates) -> Result<Vec<StateId>, Diagnostics> {
        Ok(Vec::new())
    }

    async fn delete(&self, (): &(), _: &mut DeleteState) -> Result<(), Diagnostics> {
        Ok(())
    }
}

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
async fn a_step_that_fails_says_so_and_the_next_is_taken() {
    for (way, expected) in [
        ("refuses", "Closed today"),
        ("panics", "no shelf left"),
        ("silent", "without saying why"),
    ] {
        let store = |step: &str| {
            let (room, fails) = (format!("{way} {step}"), format!("{way} {step}"));
            async move { failing(&room, &fails).await }
        };
        let told = |said: &str, step: &str| {
            assert!(said.contains(expected), "{way} {step}: {said}");
            let named = said.contains(&format!("{step} a state of corner_archive"))
                || said.contains(&format!("{step} the states of corner_archive"));
            assert!(named || way == "refuses", "{way} {step}: {said}");
        };
        let reading = store("reading").await;
        reading.write("default", b"x").await.unwrap();
        told(&said(reading.read("default").await), "reading");
        let change = reading.change("default", "apply", |_| b"y".to_vec()).await;
        told(&said(change), "reading");
        assert_eq!(stored(&format!("{way} reading"), "default").unwrap(), "x");
        let writing = store("writing").await;
        let change = writing.change("default", "apply", |_| b"y".to_vec()).await;
        told(&said(change), "writing");
        // The lock was given back, both times.
        for store in [&reading, &writing] {
            assert!(store.lock("default", "next").await.unwrap().is_some());
        }
        told(
            &said(store("locking").await.lock("default", "plan").await),
            "locking",
        );
        let unlocking = store("unlocking").await;
        let lock = unlocking.lock("default", "plan").await.unwrap().unwrap();
        told(&said(unlocking.unlock(&lock).await), "unlocking");
        told(&said(store("listing").await.workspaces().await), "listing");
        let deleting = store("deleting").await;
        deleting.write("default", b"x").await.unwrap();
        told(&said(deleting.delete("default").await), "deleting");
        assert!(deleting.read("default").await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_configuration_that_fails_leaves_no_store() {
    let core = core_as(VERSION).await;
    let store = configured(&core, config! { room = "left" }).await;
    store.write("default", b"x").await.unwrap();
    for (fails, expected) in [
        ("refuses configuring", "Closed today"),
        ("panics configuring", "no shelf left"),
        ("silent configuring", "without saying why"),
        ("panics validating", "too dark to see anything"),
        ("pushes", "No key to it"),
    ] {
        let store = configured(&core, config! { room = "left" }).await;
        assert!(store.read("default").await.unwrap().is_some());
        let input = config! { room = "left", fails = fails };
        let failed = said(core.state_store("corner_archive", &input).await);
        assert!(failed.contains(expected), "{fails}: {failed}");
        let refused = said(store.read("default").await);
        assert!(refused.contains("State store not configured"), "{refused}");
    }
    let store = configured(&core, config! { room = "left" }).await;
    assert_eq!(store.read("default").await.unwrap().unwrap(), b"x");
}

#[tokio::test]
async fn a_configuration_that_is_not_valid_never_configures() {
    let core = core_as(VERSION).await;
    let wrong = |input| {
        let core = core.clone();
        async move { said(core.state_store("corner_archive", &input).await) }
    };
    let wet = wrong(config! { room = "cellar" }).await;
    assert!(wet.contains("The cellar is wet (at .room)"), "{wet}");
    assert!(!wet.contains("not valid"), "{wet}");
    let input = config! { room = "w", fails = "warns" };
    let (_, warnings) = core.state_store("corner_archive", &input).await.unwrap();
    assert_eq!(warnings[0].summary, "The archive is old");
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
