//! Two stores: one of states in memory, which fails where it is told to, and one of which nothing optional is implemented.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use tfplugin_framework::state_store::{
    ConfigureStore, DeleteState, ListStates, Lock, LockInfo, LockState, ReadState, StateId,
    UnlockState, WriteState,
};
use tfplugin_framework::{Attribute, Bytes, Diagnostic, Diagnostics, Schema, StateStore, model};

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
