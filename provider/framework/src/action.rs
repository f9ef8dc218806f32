//! Actions: something to be done once, without a state (Terraform 1.14 and later).

mod progress;
mod typed;

use std::future::{Future, ready};

use crate::context::RequestContext;
use crate::diagnostics::Diagnostics;
use crate::field::Model;
use crate::schema::Schema;

pub use self::progress::Progress;
pub(crate) use self::typed::{AnyAction, Typed};

/// An action.
///
/// ```
/// use tfplugin_framework::action::Invoke;
/// use tfplugin_framework::{Action, Attribute, Diagnostic, Diagnostics, Schema, model};
///
/// model! { struct Door { room: String } }
///
/// struct Lock;
///
/// impl Action for Lock {
///     type Config = Door;
///
///     fn type_name(&self) -> &str {
///         "office_lock"
///     }
///
///     fn schema(&self) -> Schema {
///         Schema::new(0).attribute("room", Attribute::string().required())
///     }
///
///     async fn invoke(&self, invoke: &mut Invoke<Door>) -> Result<(), Diagnostics> {
///         invoke.progress.report("The door is being locked.").await;
///         if invoke.context.cancellation.is_cancelled() {
///             Err(Diagnostic::error("Interrupted").detail("The door is still open."))?;
///         }
///         Ok(())
///     }
/// }
/// ```
pub trait Action: Send + Sync + 'static {
    /// What a user writes.
    type Config: Model;

    /// The full name, which begins with the provider's.
    fn type_name(&self) -> &str;

    /// The schema. Nothing in it is computed.
    fn schema(&self) -> Schema;

    /// Rules between attributes. Any value may be unknown; then the rule is silent.
    fn validate(&self, _config: &Self::Config, _diagnostics: &mut Diagnostics) {}

    /// A last look before the user agrees. Any value may be unknown. Nothing may change.
    fn plan(
        &self,
        _plan: &mut ActionPlan<Self::Config>,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send {
        ready(Ok(()))
    }

    /// Does it.
    fn invoke(
        &self,
        invoke: &mut Invoke<Self::Config>,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send;
}

/// The plan of an action.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ActionPlan<C: Model> {
    /// The configuration; parts of it may be unknown.
    pub config: C,
    /// Warnings and errors found on the way.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}

/// An action under way.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Invoke<C: Model> {
    /// The configuration. Everything is known.
    pub config: C,
    /// Tells the user how far it is.
    pub progress: Progress,
    /// Warnings and errors found on the way.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}
