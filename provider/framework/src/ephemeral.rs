//! Ephemeral resources: what Terraform opens, uses and forgets (Terraform 1.10, OpenTofu 1.11 and later).

mod typed;

use std::future::{Future, ready};
use std::time::SystemTime;

use crate::context::RequestContext;
use crate::diagnostics::Diagnostics;
use crate::field::Model;
use crate::private::Private;
use crate::schema::Schema;

pub(crate) use self::typed::{AnyEphemeralResource, Typed};

/// An ephemeral resource: a token, a lease, a tunnel. Terraform opens one in each phase that needs it, and closes it at
/// the end of that phase; what is in it is never stored.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use tfplugin_framework::ephemeral::{Close, Open};
/// use tfplugin_framework::{Attribute, Diagnostics, EphemeralResource, Schema, model};
///
/// model! { struct Badge { name: String, code: String } }
///
/// struct VisitorBadge;
///
/// impl EphemeralResource for VisitorBadge {
///     type Model = Badge;
///
///     fn type_name(&self) -> &str {
///         "office_visitor_badge"
///     }
///
///     fn schema(&self) -> Schema {
///         Schema::new(0)
///             .attribute("name", Attribute::string().required())
///             .attribute("code", Attribute::string().computed().sensitive())
///     }
///
///     async fn open(&self, open: &mut Open<Badge>) -> Result<(), Diagnostics> {
///         open.result.code.set("4711");
///         open.private.set("badge", &17)?;
///         open.renew_at = Some(SystemTime::now() + Duration::from_secs(600));
///         Ok(())
///     }
///
///     async fn close(&self, close: &mut Close) -> Result<(), Diagnostics> {
///         let _badge: Option<u32> = close.private.get("badge")?;
///         Ok(())
///     }
/// }
/// ```
pub trait EphemeralResource: Send + Sync + 'static {
    /// The configuration and the result, as one struct.
    type Model: Model;

    /// The full name, which begins with the provider's.
    fn type_name(&self) -> &str;

    /// The schema. Asked for once.
    fn schema(&self) -> Schema;

    /// Rules between attributes. Any value may be unknown; then the rule is silent.
    fn validate(&self, _config: &Self::Model, _diagnostics: &mut Diagnostics) {}

    /// Opens it. `open.result` begins as a copy of the configuration: fill in what is computed. Where this fails,
    /// Terraform closes nothing: let go of what was opened.
    fn open(
        &self,
        open: &mut Open<Self::Model>,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send;

    /// Keeps it open beyond the time that [`Open::renew_at`] named. Its values stay what they are.
    fn renew(&self, _renew: &mut Renew) -> impl Future<Output = Result<(), Diagnostics>> + Send {
        ready(Ok(()))
    }

    /// Closes it, once for each that was opened.
    fn close(&self, _close: &mut Close) -> impl Future<Output = Result<(), Diagnostics>> + Send {
        ready(Ok(()))
    }
}

/// The opening of an ephemeral resource.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Open<M: Model> {
    /// The configuration. Everything is known.
    pub config: M,
    /// The result: begins as a copy of the configuration, which must stay in it.
    pub result: M,
    /// When to call [`EphemeralResource::renew`]; never where this is left `None`. Name a time well before the end:
    /// Terraform may be late.
    pub renew_at: Option<SystemTime>,
    /// What renewing and closing need to know. It is never stored.
    pub private: Private,
    /// Warnings and errors found on the way.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}

/// The renewal of an open ephemeral resource.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Renew {
    /// When to call [`EphemeralResource::renew`] again; never where this is left `None`.
    pub renew_at: Option<SystemTime>,
    /// What opening, or the last renewal, left. OpenTofu takes what is left here to the closing, Terraform what opening
    /// left: either must be enough to close.
    pub private: Private,
    /// Warnings and errors found on the way.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}

/// The closing of an ephemeral resource.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Close {
    /// What opening left, or in OpenTofu the last renewal.
    pub private: Private,
    /// Warnings and errors found on the way.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}
