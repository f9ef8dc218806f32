//! Managed resources: the trait that an author implements.

mod definition;
mod moves;
mod operations;
mod typed;
mod upgrade;

use std::future::{Future, ready};

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::field::Model;
use crate::identity::{Identity, IdentitySchema, IdentityUpgrade};
use crate::schema::Schema;

pub(crate) use self::definition::{ResourceDefinition, check_model};
pub use self::moves::StateMove;
pub use self::operations::{Create, Delete, Import, ImportTarget, Plan, PlanAction, Read, Update};
pub(crate) use self::typed::{AnyResource, Baggage, PlanValues, Typed};
pub use self::upgrade::StateUpgrade;

/// A managed resource: something Terraform creates, reads, updates and deletes.
///
/// Every handler reads and writes one struct. Warnings and errors found on the way go into its
/// `diagnostics`; returning `Err` ends the operation, and what was already written into `state` is kept, so
/// that a half-made object is never lost. A panic counts as an error and keeps the state as well.
pub trait Resource: Send + Sync + 'static {
    /// The configuration, plan and state, as one struct (see [`crate::model!`]).
    type Model: Model;

    /// The full name, which begins with the provider's: `imp_static_route`.
    fn type_name(&self) -> &str;

    /// The schema. Asked for once.
    fn schema(&self) -> Schema;

    /// One step for each former version of the schema.
    fn state_upgrades(&self) -> Vec<StateUpgrade> {
        Vec::new()
    }

    /// The attributes that identify an object for ever, or nothing.
    fn identity_schema(&self) -> Option<IdentitySchema> {
        None
    }

    /// The identity of an object. Where this answers `None`, the framework takes each identity attribute
    /// from the attribute of the same name.
    fn identity(&self, _object: &Self::Model) -> Option<Identity> {
        None
    }

    /// One step for each former version of the identity schema.
    fn identity_upgrades(&self) -> Vec<IdentityUpgrade> {
        Vec::new()
    }

    /// From which objects of other types a `moved` block can make one of this type.
    fn moves(&self) -> Vec<StateMove> {
        Vec::new()
    }

    /// Rules between attributes. Any value may be unknown; then the rule is silent.
    fn validate(&self, _config: &Self::Model, _diagnostics: &mut Diagnostics) {}

    /// The last word on a plan, after defaults and plan modifiers; also for a destroy. It must not change
    /// what the user configured, and must plan the same again when asked again.
    fn plan(
        &self,
        _plan: &mut Plan<Self::Model>,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send {
        ready(Ok(()))
    }

    /// Creates the object. Set `create.state` as soon as the remote object exists.
    fn create(
        &self,
        create: &mut Create<Self::Model>,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send;

    /// Reads the object again. Set `read.state` to `None` only where it is certainly gone.
    fn read(
        &self,
        read: &mut Read<Self::Model>,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send;

    /// Updates the object in place. `update.state` begins as the prior state; set it to what is true.
    fn update(
        &self,
        update: &mut Update<Self::Model>,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send;

    /// Deletes the object. `Ok` means that it is gone; an object that was already gone is a success.
    fn delete(
        &self,
        delete: &mut Delete<Self::Model>,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send;

    /// Finds out what `read` needs to read an existing object, and sets `import.state` to it.
    fn import(
        &self,
        _import: &mut Import<Self::Model>,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send {
        let type_name = self.type_name();
        ready(Err(Diagnostic::error("Import is not supported")
            .detail(format!(
                "Objects of type {type_name} cannot be imported. Remove the import block, and let \
                 Terraform create the object."
            ))
            .into()))
    }

    /// Makes configuration that was generated from a state read as a person would have written it. It
    /// begins as the state without what only the provider sets.
    fn generate_config(&self, _state: &Self::Model, _config: &mut Self::Model) {}
}
