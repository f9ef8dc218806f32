//! State stores: where Terraform keeps its states (Terraform 1.15 and later, experimental).
//!
//! A user writes `state_store "office_archive" { provider "office" {} … }` in the block `terraform`, in an alpha build of
//! Terraform with the experiment switched on by `TF_ENABLE_PLUGGABLE_STATE_STORAGE=1`; every other Terraform, and
//! OpenTofu, passes over the declaration. The provider has to be installed, if only from a `filesystem_mirror`:
//! Terraform 1.15 takes no store from `dev_overrides`.
//!
//! What Terraform does with a store, in this order: it validates the block and configures the store, even where it was
//! not valid; it asks which states there are; it locks one, reads it, writes it whenever something has changed, and
//! unlocks it. A deletion comes after the unlocking. What it does not do:
//!
//! - It shows no warning about reading, writing, locking or unlocking; only those about the configuration, the list of
//!   states and a deletion are seen.
//! - It does not try again to lock, whatever the user wrote as `-lock-timeout`: a store that wants to wait does so
//!   itself.
//! - It does not keep the block secret: all of it, also what is sensitive, is written to `.terraform/terraform.tfstate`
//!   in clear. Take secrets from the environment, or from a file that the block names.

mod chunks;
mod id;
mod lock;
mod typed;

use std::fmt;
use std::future::{Future, ready};

use bytes::Bytes;

pub(crate) use self::chunks::{BrokenTransfer, Chunk, ChunkSize, Incoming, MAX_STATE_SIZE};
pub use self::id::{InvalidStateId, StateId};
pub use self::lock::{Lock, LockInfo, UnreadableLockInfo};
pub(crate) use self::typed::{AnyStateStore, OpenStore, Typed};
use crate::context::RequestContext;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::field::Model;
use crate::schema::Schema;

/// A place where Terraform keeps its states, one for each workspace. It handles whole states; how they are cut up on
/// their way is the framework's business.
///
/// This one keeps each state in a file of a directory, and each lock in a file beside it:
///
/// ```
#[doc = include_str!("../examples/keyring/archive.rs")]
/// ```
pub trait StateStore: Send + Sync + 'static {
    /// What a user writes in the block `state_store`.
    type Config: Model;
    /// The store once it is configured: a directory, a client of a remote system. Every handler after
    /// [`configure`](Self::configure) gets it.
    type Store: Send + Sync + 'static;

    /// The full name, which begins with the provider's.
    fn type_name(&self) -> &str;

    /// The schema. Nothing in it is computed or write-only, and nothing at its root is called `provider`. Asked for once.
    fn schema(&self) -> Schema;

    /// Rules between attributes. Terraform takes nothing but constants here: a value is never unknown.
    fn validate(&self, _config: &Self::Config, _diagnostics: &mut Diagnostics) {}

    /// Makes the store that the other handlers work with. Called after the provider is configured, with a
    /// configuration that [`validate`](Self::validate) has found nothing wrong with. In debug mode it is called again
    /// for each command; where it fails, no store is left.
    fn configure(
        &self,
        configure: &mut ConfigureStore<Self::Config>,
    ) -> impl Future<Output = Result<Self::Store, Diagnostics>> + Send;

    /// Reads a whole state; `None` only where there certainly is none: an unreachable system is an error. Where a store
    /// says `None` of a state that exists, Terraform creates every object a second time.
    ///
    /// An empty state is reported as an error: Terraform never writes one, so that it is what is left of another.
    fn read(
        &self,
        store: &Self::Store,
        read: &mut ReadState,
    ) -> impl Future<Output = Result<Option<Bytes>, Diagnostics>> + Send;

    /// Writes a whole state, so that whoever reads finds either the former or the new one. All of it has arrived; it is
    /// never empty, and never larger than a gibibyte.
    ///
    /// Do not stop half-way when the request is cancelled: after an interrupt too, Terraform hands over what it has done
    /// so far, and nobody else has it.
    fn write(
        &self,
        store: &Self::Store,
        write: &mut WriteState,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send;

    /// Locks a state, so that nobody else can lock it until it is unlocked. Where somebody else holds it, fail, and say
    /// who: [`LockInfo::is_held`].
    ///
    /// Left out, the store cannot lock: Terraform goes on without, and does not say so. Tell the user in the
    /// provider's documentation, or as a warning of [`configure`](Self::configure).
    fn lock(
        &self,
        _store: &Self::Store,
        _lock: &mut LockState,
    ) -> impl Future<Output = Result<Lock, Diagnostics>> + Send {
        ready(Ok(Lock::Unsupported))
    }

    /// Gives a lock back; fails where it is another's: [`LockInfo::is_another`]. Also called by
    /// `terraform force-unlock`, with whatever the user wrote.
    fn unlock(
        &self,
        _store: &Self::Store,
        _unlock: &mut UnlockState,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send {
        let problem = Diagnostic::error("The state store cannot lock")
            .detail("Whoever uses it works without locks, so that there is none to give back.");
        ready(Err(problem.into()))
    }

    /// Which states there are: the names of all workspaces that were ever written and not deleted, in any order.
    fn states(
        &self,
        store: &Self::Store,
        states: &mut ListStates,
    ) -> impl Future<Output = Result<Vec<StateId>, Diagnostics>> + Send;

    /// Deletes a state; fails where it cannot be deleted. Its lock has been given back before.
    fn delete(
        &self,
        store: &Self::Store,
        delete: &mut DeleteState,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send;
}

/// The configuring of a state store.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ConfigureStore<C: Model> {
    /// The block `state_store`. Everything is known.
    pub config: C,
    /// Warnings and errors found on the way.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}

/// The reading of a state.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReadState {
    /// Which state.
    pub id: StateId,
    /// Warnings and errors found on the way. Terraform shows the errors alone.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}

/// The writing of a state.
#[derive(Clone)]
#[non_exhaustive]
pub struct WriteState {
    /// Which state.
    pub id: StateId,
    /// The whole of it, as it is to be read again. It holds every secret that a state holds.
    pub state: Bytes,
    /// Warnings and errors found on the way. Terraform shows the errors alone.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}

/// Tells everything but the state itself, which is secret.
impl fmt::Debug for WriteState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("WriteState")
            .field("id", &self.id)
            .field("state", &format_args!("{} bytes", self.state.len()))
            .field("diagnostics", &self.diagnostics)
            .field("context", &self.context)
            .finish()
    }
}

/// The locking of a state.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LockState {
    /// Which state.
    pub id: StateId,
    /// What Terraform is about to do, in its own words; for people.
    pub operation: String,
    /// Warnings and errors found on the way. Terraform shows the errors alone.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}

/// The unlocking of a state.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UnlockState {
    /// Which state.
    pub id: StateId,
    /// What [`StateStore::lock`] answered, or a user wrote. Never empty.
    pub lock_id: String,
    /// Warnings and errors found on the way. Terraform shows the errors alone.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}

/// The question which states there are.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ListStates {
    /// Warnings and errors found on the way.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}

/// The deletion of a state.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DeleteState {
    /// Which state.
    pub id: StateId,
    /// Warnings and errors found on the way.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}
