//! Waiting for a publisher to become ready for an operation.
//!
//! A waiter reads the publisher again when everything that blocked it has been released by this process.
//! When nothing in flight on the publisher has moved for a while, other processes may have been at work, so
//! that the waiters look again; after [`STALL`] the operation that has waited longest gives up, so that its
//! place is free for one that can go on.

use std::collections::BTreeSet;
use std::future::Future;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::operations::{Activity, Operation};

/// How long everything in flight must have been waiting before the longest waiter gives up.
pub(crate) const STALL: Duration = Duration::from_secs(1);

/// How long everything in flight must have been waiting before the other waiters look again. Those that find
/// their way clear go on before the longest waiter has to give up.
const QUIET: Duration = Duration::from_millis(500);

/// What stands in the way of an operation, found by a fresh read.
pub(crate) trait Obstacle {
    /// The keys that must all be released before another read is worth making.
    fn keys(&self) -> BTreeSet<String>;
}

/// How long an operation may wait.
#[derive(Clone, Debug)]
pub(crate) struct WaitLimits {
    /// When the operation's own timeout ends.
    pub(crate) deadline: Instant,
    /// Cancelled when Terraform asks the provider to stop.
    pub(crate) cancellation: CancellationToken,
}

/// Why an operation stopped waiting without its way being free.
#[derive(Debug)]
pub(crate) enum WaitError<O, E> {
    /// Everything in flight was waiting, and this operation longest.
    Stalled(O),
    /// The operation's timeout ended.
    TimedOut(O),
    /// The user interrupted the run.
    Cancelled(O),
    /// The publisher could not be read.
    Failed(E),
}

enum Woken {
    Released,
    /// Nothing has moved since then; it is time to look again.
    Quiet(Instant),
    /// Nothing has moved since then, and this operation has waited longest.
    Stalled(Instant),
    DeadlinePassed,
    Cancelled,
}

impl Operation {
    /// Waits until `check`, which reads the publisher afresh, finds no obstacle.
    ///
    /// Nothing is changed by waiting. While it waits the operation counts as waiting; before it
    /// returns it counts as working again.
    pub(crate) async fn wait_until_clear<O, E, F, Fut>(
        &self,
        limits: &WaitLimits,
        mut check: F,
    ) -> Result<(), WaitError<O, E>>
    where
        O: Obstacle,
        F: FnMut() -> Fut,
        Fut: Future<Output = Result<Option<O>, E>>,
    {
        let mut changes = self.shared.subscribe();
        let mut waiting_since = None;
        let mut activity = Activity::Working;
        let mut looked = None;
        let mut stalled = None;
        loop {
            // Taken before the read, so that a release during the read is not missed.
            let seen = self.shared.lock().released.len();
            let Some(obstacle) = check().await.map_err(WaitError::Failed)? else {
                self.resume(waiting_since);
                return Ok(());
            };
            // Others may have found their way clear by the same reading.
            if stalled.is_some() && self.shared.lock().stalled_since() == stalled {
                self.resume(waiting_since);
                return Err(WaitError::Stalled(obstacle));
            }
            stalled = None;
            let since = *waiting_since.get_or_insert_with(Instant::now);
            if activity == Activity::Working {
                activity = Activity::Waiting { since };
                self.set_activity(activity);
            }
            let woken = self
                .sleep(limits, &mut changes, seen, looked, &obstacle)
                .await;
            let give_up = match woken {
                Woken::Released => {
                    activity = Activity::Working;
                    self.set_activity(activity);
                    continue;
                }
                Woken::Quiet(since) => {
                    looked = Some(since);
                    continue;
                }
                Woken::Stalled(since) => {
                    stalled = Some(since);
                    continue;
                }
                Woken::DeadlinePassed => WaitError::TimedOut(obstacle),
                Woken::Cancelled => WaitError::Cancelled(obstacle),
            };
            self.resume(waiting_since);
            return Err(give_up);
        }
    }

    /// `looked` is since when nothing had moved when this operation last looked again.
    async fn sleep(
        &self,
        limits: &WaitLimits,
        changes: &mut watch::Receiver<u64>,
        mut seen: usize,
        looked: Option<Instant>,
        obstacle: &impl Obstacle,
    ) -> Woken {
        let mut blocking = obstacle.keys();
        loop {
            changes.borrow_and_update();
            let (ends, woken) = {
                let table = self.shared.lock();
                for key in &table.released[seen..] {
                    blocking.remove(key);
                }
                seen = table.released.len();
                if blocking.is_empty() {
                    return Woken::Released;
                }
                match table.stalled_since() {
                    Some(since) if table.longest_waiting() == Some(self.number) => {
                        (Some(since + STALL), Woken::Stalled(since))
                    }
                    Some(since) if looked != Some(since) => {
                        (Some(since + QUIET), Woken::Quiet(since))
                    }
                    _ => (None, Woken::DeadlinePassed),
                }
            };
            tokio::select! {
                biased;
                () = limits.cancellation.cancelled() => return Woken::Cancelled,
                () = tokio::time::sleep_until(limits.deadline) => return Woken::DeadlinePassed,
                // Before the changes: all whose time has come look again, though the first changes something.
                () = sleep_until_some(ends) => return woken,
                // The sender lives as long as this operation, so that this never fails.
                _ = changes.changed() => {}
            }
        }
    }

    fn resume(&self, waiting_since: Option<Instant>) {
        if waiting_since.is_some() {
            self.set_activity(Activity::Working);
        }
    }
}

async fn sleep_until_some(instant: Option<Instant>) {
    match instant {
        Some(instant) => tokio::time::sleep_until(instant).await,
        None => std::future::pending().await,
    }
}
