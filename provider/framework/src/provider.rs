//! The provider: what it is called, how it is configured, and what it offers.

mod typed;

use std::future::Future;

use crate::context::RequestContext;
use crate::diagnostics::Diagnostics;
use crate::field::Model;
use crate::registry::Registry;
use crate::schema::Schema;

pub(crate) use self::typed::{AnyProvider, Typed};

/// A provider.
pub trait Provider: Send + Sync + 'static {
    /// The `provider` block.
    type Config: Model;

    /// The name that its resource types begin with.
    fn name(&self) -> &str;

    /// The provider's version.
    fn version(&self) -> &str;

    /// The schema of the `provider` block. Asked for once.
    fn schema(&self) -> Schema;

    /// The schema of the block `provider_meta` in a module's `terraform` block, by which a module tells the provider about
    /// itself; see [`RequestContext::provider_meta`]. Without a schema, modules must not have the block.
    fn meta_schema(&self) -> Option<Schema> {
        None
    }

    /// Rules between attributes of the `provider` block. Any value may be unknown; then the rule is silent.
    fn validate(&self, _config: &Self::Config, _diagnostics: &mut Diagnostics) {}

    /// Keeps what the resources need, in a cell that it shares with them. Nothing needs to be contacted
    /// yet. During a plan any value may be unknown: fail only when an operation really needs it. In debug
    /// mode it is called again for each plan. Functions are called without it.
    fn configure(
        &self,
        configure: &mut Configure<Self::Config>,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send;

    /// Registers resources, data sources, ephemeral resources, functions, list resources, actions and state stores. Called
    /// once, at start: it must be quick.
    fn register(&self, registry: &mut Registry);
}

/// The configuration of a provider.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Configure<C: Model> {
    /// The `provider` block.
    pub config: C,
    /// The version of Terraform or OpenTofu, for a user agent. Nothing may depend on it.
    pub terraform_version: String,
    /// Warnings and errors found on the way.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}
