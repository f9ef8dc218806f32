//! How long an operation may take, and when it must stop.

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The limits of one operation: every request, retry and wait of it stays within them.
#[derive(Clone, Debug)]
pub struct Scope {
    /// When it must have ended.
    pub deadline: Instant,
    /// Cancelled when it must stop at the next safe point.
    pub cancellation: CancellationToken,
}
