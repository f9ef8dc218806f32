//! One create, update or delete on its way through a publisher.

use std::future::Future;
use std::time::Duration;

use imp_publisher::{Error, Scope};
use tfplugin_framework::{Diagnostics, RequestContext};
use tokio::time::Instant;

use super::Blocked;
use crate::coordination::{Operation, WaitError, WaitLimits};
use crate::diagnostics::explain;
use crate::fleet::Cluster;

/// One create, update or delete. While it lives it counts as in flight on its publisher.
#[derive(Debug)]
pub(crate) struct Work<'a> {
    cluster: &'a Cluster,
    operation: Operation,
    scope: Scope,
    /// What the message says where it fails: "Unable to create …".
    summary: String,
}

impl<'a> Work<'a> {
    /// Begins an operation that may take as long as `timeout`.
    pub(crate) fn begin(
        cluster: &'a Cluster,
        context: &RequestContext,
        timeout: Duration,
        summary: impl Into<String>,
    ) -> Self {
        Self {
            cluster,
            operation: cluster.operations.begin(),
            scope: Scope {
                deadline: Instant::now() + timeout,
                cancellation: context.cancellation.clone(),
            },
            summary: summary.into(),
        }
    }

    /// The limits of every request of this operation.
    pub(crate) fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Tells waiting operations that `key` blocks nobody any longer.
    pub(crate) fn release(&self, key: String) {
        self.operation.release(key);
    }

    /// An error of the publisher, as the user reads it.
    pub(crate) fn explain(&self, error: &Error) -> Diagnostics {
        explain(error, &self.summary).into()
    }

    /// Waits until `check`, which reads the publisher afresh, finds nothing in the way.
    pub(crate) async fn wait_until_clear<F, Fut>(&self, check: F) -> Result<(), Diagnostics>
    where
        F: FnMut() -> Fut,
        Fut: Future<Output = Result<Option<Blocked>, Error>>,
    {
        let limits = WaitLimits {
            deadline: self.scope.deadline,
            cancellation: self.scope.cancellation.clone(),
        };
        let publisher = self.cluster.name();
        let (blocked, why) = match self.operation.wait_until_clear(&limits, check).await {
            Ok(()) => return Ok(()),
            Err(WaitError::Failed(error)) => return Err(self.explain(&error)),
            Err(WaitError::Stalled(blocked)) => (blocked, ""),
            Err(WaitError::TimedOut(blocked)) => (
                blocked,
                "\n\nThe timeout of this operation ended while it waited for other operations.",
            ),
            Err(WaitError::Cancelled(blocked)) => (
                blocked,
                "\n\nThe run was interrupted while this operation waited for others.",
            ),
        };
        Err(blocked.diagnostic(publisher, why).into())
    }
}
