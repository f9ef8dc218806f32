//! What every handler may know of the request it serves.

use tokio_util::sync::CancellationToken;

/// The request a handler serves.
#[derive(Clone, Debug, Default)]
pub struct RequestContext {
    /// Cancelled when the user interrupts Terraform. Stop at the next safe point and return what
    /// exists; the plugin goes on living.
    pub cancellation: CancellationToken,
    /// The request's number in this process, for logs.
    pub request_id: u64,
}
