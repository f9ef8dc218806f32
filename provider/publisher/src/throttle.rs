//! How many requests a publisher gets at once: fewer while it is busy, more again when it recovers.

#[cfg(test)]
mod tests;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use crate::{Error, Scope};

/// After how long a person is told in the log that a request waits.
const LONG_WAIT: Duration = Duration::from_secs(5);

/// A number of places for requests, which shrinks when the publisher is overloaded and grows again, one
/// place at a time, after as many successes as there are places.
#[derive(Debug)]
pub(crate) struct Throttle {
    /// Whose, for the log and for errors.
    publisher: String,
    greatest: usize,
    state: Mutex<State>,
    freed: Notify,
}

#[derive(Debug)]
struct State {
    limit: usize,
    taken: usize,
    successes: usize,
}

/// A place for one request.
#[derive(Debug)]
pub(crate) struct Place<'a>(&'a Throttle);

impl Throttle {
    /// At most `greatest` requests at once; at least one.
    pub(crate) fn new(publisher: &str, greatest: usize) -> Self {
        let greatest = greatest.max(1);
        Self {
            publisher: publisher.to_owned(),
            greatest,
            state: Mutex::new(State {
                limit: greatest,
                taken: 0,
                successes: 0,
            }),
            freed: Notify::new(),
        }
    }

    /// Waits for a place.
    pub(crate) async fn place(&self, scope: &Scope) -> Result<Place<'_>, Error> {
        let began = Instant::now();
        let mut told = false;
        loop {
            let freed = self.freed.notified();
            tokio::pin!(freed);
            // Enabled before the look, so that a place freed in between is not missed.
            freed.as_mut().enable();
            {
                let mut state = self.lock();
                if state.taken < state.limit {
                    state.taken += 1;
                    return Ok(Place(self));
                }
            }
            tokio::select! {
                biased;
                () = scope.cancellation.cancelled() => return Err(Error::Cancelled),
                () = tokio::time::sleep_until(scope.deadline) => {
                    return Err(Error::OutOfTime { waited: began.elapsed() });
                }
                () = freed => {}
                () = tokio::time::sleep(LONG_WAIT), if !told => {
                    told = true;
                    tracing::info!(publisher = %self.publisher, "waiting for other requests to the publisher to end");
                }
            }
        }
    }

    /// The publisher is overloaded.
    pub(crate) fn shrink(&self) {
        let mut state = self.lock();
        state.limit = (state.limit / 2).max(1);
        state.successes = 0;
    }

    /// The publisher answered as usual.
    pub(crate) fn succeed(&self) {
        let mut state = self.lock();
        if state.limit == self.greatest {
            return;
        }
        state.successes += 1;
        if state.successes >= state.limit {
            state.limit += 1;
            state.successes = 0;
            drop(state);
            self.freed.notify_waiters();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.lock().taken -= 1;
        self.0.freed.notify_waiters();
    }
}
