//! What every handler may know of the request it serves.

use std::sync::Arc;

use tfplugin_values::Value;
use tokio_util::sync::CancellationToken;

use crate::diagnostics::Diagnostics;
use crate::field::Model;
use crate::plan::ComputedBlocks;

/// The request a handler serves.
#[derive(Clone, Debug, Default)]
pub struct RequestContext {
    /// Cancelled when the user interrupts Terraform. Stop at the next safe point and return what
    /// exists; the plugin goes on living.
    pub cancellation: CancellationToken,
    /// The request's number in this process, for logs.
    pub request_id: u64,
    pub(crate) provider_meta: Option<Arc<Value>>,
    /// What the core takes in plans and states.
    pub(crate) computed_blocks: ComputedBlocks,
}

impl RequestContext {
    /// What the module of this resource or data source says about itself in its block `provider_meta`; `None` where it has
    /// none, and while importing, validating, opening, listing or keeping a state, when Terraform does not send it.
    ///
    /// # Errors
    ///
    /// The model does not fit [`Provider::meta_schema`](crate::Provider::meta_schema).
    pub fn provider_meta<M: Model>(&self) -> Result<Option<M>, Diagnostics> {
        let meta = self.provider_meta.as_deref();
        Ok(meta.map(M::from_object).transpose()?)
    }
}
