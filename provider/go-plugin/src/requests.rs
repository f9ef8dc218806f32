//! The requests in flight: counted, brought to their end, and cancelled together.
//!
//! Knows nothing of what a request does, nor of how it came in.

use std::future::{Future, poll_fn};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use tokio::sync::{oneshot, watch};
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use crate::panics::{self, Panicked};

/// Every request that the plugin is working on.
///
/// One for the whole process, shared by the plugin's service, which runs its handlers through it,
/// and by [`serve`](crate::serve), which ends the process only when none is left.
#[derive(Debug)]
pub struct Requests {
    cancellation: Mutex<CancellationToken>,
    in_flight: watch::Sender<usize>,
}

impl Requests {
    /// No request yet.
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            cancellation: Mutex::default(),
            in_flight: watch::Sender::new(0),
        })
    }

    /// The token of the requests that begin now. It is cancelled by the next
    /// [`cancel_all`](Self::cancel_all).
    pub fn cancellation(&self) -> CancellationToken {
        self.current().clone()
    }

    /// Asks every request in flight to stop at the next point where it safely can. Requests that
    /// begin later are not concerned (a host that interrupts a plugin still cleans up).
    pub fn cancel_all(&self) {
        std::mem::take(&mut *self.current()).cancel();
    }

    /// Runs a request's work and waits for it.
    ///
    /// The work goes on when the caller is dropped, which is what happens to a gRPC handler whose
    /// client vanishes: a half-finished change must come to its end. A panic is returned as a
    /// value, and the plugin goes on. `name` is the request's name in the log.
    pub async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        name: &'static str,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, Panicked> {
        let in_flight = InFlight::enter(self);
        let mut work = Box::pin(panics::catch(work));
        // Most requests wait for nothing: they need no task that outlives their caller.
        if let Poll::Ready(result) =
            poll_fn(|context| Poll::Ready(work.as_mut().poll(context))).await
        {
            return result;
        }
        let (answer, outcome) = oneshot::channel();
        let task = async move {
            let result = work.await;
            let fate = if result.is_ok() {
                "finished"
            } else {
                "panicked"
            };
            if answer.send(result).is_err() {
                tracing::warn!(
                    request = name,
                    "{name} {fate} after its client had gone; the answer is lost"
                );
            }
            drop(in_flight);
        };
        tokio::spawn(task.in_current_span());
        outcome.await.unwrap_or_else(|_| {
            Err(Panicked {
                message: format!("{name} was abandoned: the plugin is ending"),
                location: None,
            })
        })
    }

    /// How many requests are in flight.
    pub fn in_flight(&self) -> usize {
        *self.in_flight.borrow()
    }

    /// Waits until no request is in flight.
    pub async fn idle(&self) {
        let mut in_flight = self.in_flight.subscribe();
        // The sender lives as long as `self`, so that waiting cannot fail.
        let _ = in_flight.wait_for(|count| *count == 0).await;
    }

    fn current(&self) -> MutexGuard<'_, CancellationToken> {
        self.cancellation
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// One request in flight; dropping it ends it.
struct InFlight(Arc<Requests>);

impl InFlight {
    fn enter(requests: &Arc<Requests>) -> Self {
        requests.in_flight.send_modify(|count| *count += 1);
        Self(Arc::clone(requests))
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0
            .in_flight
            .send_modify(|count| *count = count.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests;
