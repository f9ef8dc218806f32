//! How many requests a publisher gets at once: fewer while it is busy, more again when it recovers.

#[cfg(test)]
mod tests;

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;
use tokio::time::Instant;

use crate::patience::told;
use crate::{Error, Scope};

/// A number of places for requests, which shrinks when the publisher is overloaded and grows again, one
/// place at a time, after as many successes as there are places. Whoever waits longest gets the next one.
#[derive(Debug)]
pub(crate) struct Throttle {
    /// Whose, for the log.
    publisher: String,
    greatest: usize,
    state: Mutex<State>,
    places: Semaphore,
}

#[derive(Debug)]
struct State {
    /// How many places there shall be.
    limit: usize,
    /// How many there are; more than the limit until requests under way have ended.
    existing: usize,
    successes: usize,
}

/// A place for one request.
#[derive(Debug)]
pub(crate) struct Place<'a>(&'a Throttle);

impl Throttle {
    /// At most `greatest` requests at once; at least one.
    pub(crate) fn new(publisher: &str, greatest: usize) -> Self {
        let greatest = greatest.clamp(1, Semaphore::MAX_PERMITS);
        Self {
            publisher: publisher.to_owned(),
            greatest,
            state: Mutex::new(State {
                limit: greatest,
                existing: greatest,
                successes: 0,
            }),
            places: Semaphore::new(greatest),
        }
    }

    /// Waits for a place.
    pub(crate) async fn place(&self, scope: &Scope) -> Result<Place<'_>, Error> {
        let began = Instant::now();
        let place = told(self.places.acquire(), |waited_s| {
            tracing::info!(
                publisher = %self.publisher,
                waited_s,
                "waiting for other requests to the publisher to end"
            );
        });
        tokio::select! {
            biased;
            () = scope.cancellation.cancelled() => Err(Error::Cancelled),
            permit = place => {
                if let Ok(permit) = permit {
                    // From here on the place itself decides whether it goes on existing.
                    permit.forget();
                }
                Ok(Place(self))
            }
            () = tokio::time::sleep_until(scope.deadline) => {
                Err(Error::OutOfTime { waited: began.elapsed() })
            }
        }
    }

    /// The publisher is overloaded.
    pub(crate) fn shrink(&self) {
        let mut state = self.lock();
        state.limit = (state.limit / 2).max(1);
        state.successes = 0;
        let surplus = state.existing - state.limit.min(state.existing);
        state.existing -= self.places.forget_permits(surplus);
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
            if state.existing < state.limit {
                state.existing += 1;
                self.places.add_permits(1);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        if state.existing > state.limit {
            state.existing -= 1;
        } else {
            self.0.places.add_permits(1);
        }
    }
}
