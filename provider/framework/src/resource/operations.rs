//! What the handlers of a resource read and write.

use tfplugin_values::Path;

use crate::context::RequestContext;
use crate::diagnostics::Diagnostics;
use crate::field::Model;
use crate::identity::Identity;
use crate::private::Private;

/// A plan in the making.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Plan<M: Model> {
    /// The state; `None` when the object is to be created.
    pub prior: Option<M>,
    /// The configuration, write-only values included; `None` when the object is to be destroyed.
    pub config: Option<M>,
    /// The plan so far; `None` when the object is to be destroyed.
    pub planned: Option<M>,
    /// Attributes whose change replaces the object.
    pub requires_replace: Vec<Path>,
    /// The planned identity, where it differs from what [`super::Resource::identity`] answers.
    pub identity: Option<Identity>,
    /// Begins as the stored private data; what is left here goes to the apply.
    pub private: Private,
    /// What an earlier plan of this change left in `private`, when it is planned again to be applied. Terraform 1.16 and
    /// later remembers it; `None` otherwise.
    pub planned_private: Option<Private>,
    /// Warnings and errors found on the way.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}

/// What a plan is about to do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PlanAction {
    /// Create the object.
    Create,
    /// Update it in place, or replace it where an attribute requires that.
    Update,
    /// Destroy it.
    Delete,
    /// Nothing.
    NoOp,
}

impl<M: Model> Plan<M> {
    /// What is about to be done. An update that changes nothing is still called an update here.
    pub fn action(&self) -> PlanAction {
        match (&self.prior, &self.planned) {
            (None, Some(_)) => PlanAction::Create,
            (Some(_), Some(_)) => PlanAction::Update,
            (Some(_), None) => PlanAction::Delete,
            (None, None) => PlanAction::NoOp,
        }
    }

    /// Asks for a replacement because of an attribute. Terraform counts only those that change.
    pub fn require_replace(&mut self, path: impl Into<Path>) {
        self.requires_replace.push(path.into());
    }
}

/// A creation.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Create<M: Model> {
    /// The configuration, write-only values included. Everything is known.
    pub config: M,
    /// The plan. What is known in it must be so in the state.
    pub plan: M,
    /// The new state: set it as soon as the remote object exists, complete it later.
    pub state: Option<M>,
    /// The new identity, where it differs from what [`super::Resource::identity`] answers.
    pub identity: Option<Identity>,
    /// The private data of the plan; what is left here is stored.
    pub private: Private,
    /// Warnings and errors found on the way.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}

/// A refresh.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Read<M: Model> {
    /// The state before.
    pub current: M,
    /// The state now: begins as the state before; `None` when the object is gone.
    pub state: Option<M>,
    /// The identity that Terraform has, if any; change it only where [`super::Resource::identity`] is not enough.
    pub identity: Option<Identity>,
    /// Whether this is the read that follows an import, or a move from another type.
    pub after_import: bool,
    /// The stored private data; what is left here is stored again.
    pub private: Private,
    /// Warnings and errors found on the way.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}

/// An update in place.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Update<M: Model> {
    /// The configuration, write-only values included. Everything is known.
    pub config: M,
    /// The state before.
    pub prior: M,
    /// The plan. What is known in it must be so in the state.
    pub plan: M,
    /// The new state: begins as the state before, and is stored on failure too.
    pub state: M,
    /// The new identity, where it differs from what [`super::Resource::identity`] answers.
    pub identity: Option<Identity>,
    /// The private data of the plan; what is left here is stored.
    pub private: Private,
    /// Warnings and errors found on the way.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}

/// A deletion.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Delete<M: Model> {
    /// The state before; kept where the deletion fails.
    pub prior: M,
    /// The identity that Terraform has, if any.
    pub identity: Option<Identity>,
    /// The private data of the plan; stored again where the deletion fails.
    pub private: Private,
    /// Warnings and errors found on the way.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}

/// An import.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Import<M: Model> {
    /// What the user wrote.
    pub target: ImportTarget,
    /// What `read` needs to find the object.
    pub state: Option<M>,
    /// The identity, where it differs from what [`super::Resource::identity`] answers.
    pub identity: Option<Identity>,
    /// Private data for the read that follows.
    pub private: Private,
    /// Warnings and errors found on the way.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}

/// How the user named the object to import.
#[derive(Clone, Debug, PartialEq)]
pub enum ImportTarget {
    /// By a text, from the command line or an import block.
    Id(String),
    /// By identity, from an import block (Terraform 1.12 and later).
    Identity(Identity),
}
