//! A state store without its type: what the framework calls, over values and bytes.

use std::pin::pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use tfplugin_values::Value;

use super::{
    ChunkSize, ConfigureStore, DeleteState, ListStates, Lock, LockState, ReadState, StateId,
    StateStore, UnlockState, WriteState,
};
use crate::context::RequestContext;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::field::Model;
use crate::handler::{self, BoxFuture};
use crate::resource::check_model;
use crate::schema::{CheckedSchema, Purpose, SchemaError};

/// A state store of any configuration.
pub(crate) trait AnyStateStore: Send + Sync {
    fn schema(&self) -> Result<&CheckedSchema, &SchemaError>;
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics);
    /// Opens the store for the requests that follow.
    fn configure(
        &self,
        config: Value,
        chunk_size: ChunkSize,
        context: RequestContext,
    ) -> BoxFuture<'_, Diagnostics>;
    /// Forgets the store that was open.
    fn close(&self);
    /// The store, once it is configured.
    fn open(&self) -> Result<Arc<dyn OpenStore>, Diagnostics>;
}

/// A state store that is configured.
pub(crate) trait OpenStore: Send + Sync {
    fn chunk_size(&self) -> ChunkSize;
    fn read(
        &self,
        id: StateId,
        context: RequestContext,
    ) -> BoxFuture<'_, (Option<Bytes>, Diagnostics)>;
    fn write(
        &self,
        id: StateId,
        state: Bytes,
        context: RequestContext,
    ) -> BoxFuture<'_, Diagnostics>;
    /// The lock's id, empty where the store cannot lock or has not locked.
    fn lock(
        &self,
        id: StateId,
        operation: String,
        context: RequestContext,
    ) -> BoxFuture<'_, (String, Diagnostics)>;
    fn unlock(
        &self,
        id: StateId,
        lock_id: String,
        context: RequestContext,
    ) -> BoxFuture<'_, Diagnostics>;
    fn states(&self, context: RequestContext) -> BoxFuture<'_, (Vec<StateId>, Diagnostics)>;
    fn delete(&self, id: StateId, context: RequestContext) -> BoxFuture<'_, Diagnostics>;
}

pub(crate) struct Typed<S: StateStore> {
    kind: Arc<S>,
    schema: OnceLock<Result<CheckedSchema, SchemaError>>,
    open: Mutex<Option<Arc<Open<S>>>>,
}

struct Open<S: StateStore> {
    kind: Arc<S>,
    store: S::Store,
    chunk_size: ChunkSize,
}

impl<S: StateStore> Typed<S> {
    pub(crate) fn new(kind: S) -> Self {
        Self {
            kind: Arc::new(kind),
            schema: OnceLock::new(),
            open: Mutex::default(),
        }
    }

    fn set(&self, open: Option<Arc<Open<S>>>) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = open;
    }
}

impl<S: StateStore> AnyStateStore for Typed<S> {
    fn schema(&self) -> Result<&CheckedSchema, &SchemaError> {
        self.schema
            .get_or_init(|| {
                let schema = CheckedSchema::new(self.kind.schema(), Purpose::StateStore)?;
                check_model::<S::Config>(&schema.ty)?;
                Ok(schema)
            })
            .as_ref()
    }

    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        let name = self.kind.type_name();
        handler::validate(name, config, diagnostics, |model, found| {
            self.kind.validate(model, found);
        });
    }

    fn configure(
        &self,
        config: Value,
        chunk_size: ChunkSize,
        context: RequestContext,
    ) -> BoxFuture<'_, Diagnostics> {
        Box::pin(async move {
            let config = match S::Config::from_object(&config) {
                Ok(config) => config,
                Err(mismatches) => return mismatches.into(),
            };
            let mut configure = ConfigureStore {
                config,
                diagnostics: Diagnostics::new(),
                context,
            };
            let name = self.kind.type_name();
            let handler = self.kind.configure(&mut configure);
            let made = handler::run_for("configuring", name, pin!(handler)).await;
            let (store, diagnostics) = outcome(made, configure.diagnostics);
            self.set(store.map(|store| {
                Arc::new(Open {
                    kind: Arc::clone(&self.kind),
                    store,
                    chunk_size,
                })
            }));
            diagnostics
        })
    }

    fn close(&self) {
        self.set(None);
    }

    fn open(&self) -> Result<Arc<dyn OpenStore>, Diagnostics> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        match open.as_ref() {
            Some(open) => Ok(Arc::clone(open) as Arc<dyn OpenStore>),
            None => Err(Diagnostic::error("State store not configured")
                .detail(format!(
                    "The state store {} is used before it is configured, or after that failed. Run terraform init \
                     again; if that does not help, report it to the provider's developers.",
                    self.kind.type_name()
                ))
                .into()),
        }
    }
}

/// Runs a handler: what it made, where it succeeded, and everything it said.
macro_rules! handled {
    ($open:ident, $doing:literal, $handler:ident, $context:ident, $request:ident { $($field:ident),* }) => {{
        let mut request = $request {
            $($field,)*
            diagnostics: Diagnostics::new(),
            context: $context,
        };
        let name = $open.kind.type_name();
        let handler = $open.kind.$handler(&$open.store, &mut request);
        let made = handler::run_for($doing, name, pin!(handler)).await;
        outcome(made, request.diagnostics)
    }};
}

impl<S: StateStore> OpenStore for Open<S> {
    fn chunk_size(&self) -> ChunkSize {
        self.chunk_size
    }

    fn read(
        &self,
        id: StateId,
        context: RequestContext,
    ) -> BoxFuture<'_, (Option<Bytes>, Diagnostics)> {
        Box::pin(async move {
            let asked = id.clone();
            let (state, mut diagnostics) =
                handled!(self, "reading a state of", read, context, ReadState { id });
            let state = state.flatten();
            if state.as_ref().is_some_and(Bytes::is_empty) {
                diagnostics.push(empty_state(&asked));
                return (None, diagnostics);
            }
            (state, diagnostics)
        })
    }

    fn write(
        &self,
        id: StateId,
        state: Bytes,
        context: RequestContext,
    ) -> BoxFuture<'_, Diagnostics> {
        Box::pin(async move {
            handled!(
                self,
                "writing a state of",
                write,
                context,
                WriteState { id, state }
            )
            .1
        })
    }

    fn lock(
        &self,
        id: StateId,
        operation: String,
        context: RequestContext,
    ) -> BoxFuture<'_, (String, Diagnostics)> {
        Box::pin(async move {
            let (lock, mut diagnostics) = handled!(
                self,
                "locking a state of",
                lock,
                context,
                LockState { id, operation }
            );
            match lock {
                Some(Lock::Held(lock_id)) => {
                    if lock_id.is_empty() {
                        diagnostics.push(lock_without_id(self.kind.type_name()));
                    }
                    (lock_id, diagnostics)
                }
                Some(Lock::Unsupported) | None => (String::new(), diagnostics),
            }
        })
    }

    fn unlock(
        &self,
        id: StateId,
        lock_id: String,
        context: RequestContext,
    ) -> BoxFuture<'_, Diagnostics> {
        Box::pin(async move {
            handled!(
                self,
                "unlocking a state of",
                unlock,
                context,
                UnlockState { id, lock_id }
            )
            .1
        })
    }

    fn states(&self, context: RequestContext) -> BoxFuture<'_, (Vec<StateId>, Diagnostics)> {
        Box::pin(async move {
            let (ids, diagnostics) = handled!(
                self,
                "listing the states of",
                states,
                context,
                ListStates {}
            );
            (in_order(ids.unwrap_or_default()), diagnostics)
        })
    }

    fn delete(&self, id: StateId, context: RequestContext) -> BoxFuture<'_, Diagnostics> {
        Box::pin(async move {
            handled!(
                self,
                "deleting a state of",
                delete,
                context,
                DeleteState { id }
            )
            .1
        })
    }
}

/// What a handler made, which counts only where there is no error, and everything it said.
fn outcome<T>(made: Result<T, Diagnostics>, said: Diagnostics) -> (Option<T>, Diagnostics) {
    let mut diagnostics = said;
    let made = made.map_err(|failure| diagnostics.append(failure)).ok();
    (made.filter(|_| !diagnostics.has_errors()), diagnostics)
}

/// As Terraform lists workspaces itself, and each once.
fn in_order(mut ids: Vec<StateId>) -> Vec<StateId> {
    ids.sort_by(|one, other| {
        let later = |id: &StateId| id.as_str() != "default";
        (later(one), one).cmp(&(later(other), other))
    });
    ids.dedup();
    ids
}

fn empty_state(id: &StateId) -> Diagnostic {
    Diagnostic::error("The state is empty").detail(format!(
        "The state store has a state of the workspace {id}, and nothing is in it. Terraform never writes such a state: \
         something went wrong with an earlier one. Restore it from a backup of the store, or remove it there to begin \
         without any state."
    ))
}

fn lock_without_id(name: &str) -> Diagnostic {
    Diagnostic::error("A lock without an id").detail(format!(
        "The state store {name} locked a state and did not say with which id, so that it could not be unlocked. This \
         is a bug in the provider."
    ))
}
