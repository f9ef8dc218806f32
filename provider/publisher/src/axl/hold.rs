//! `Retry-After`: while the publisher wants to be left alone, nothing is sent to it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::patience::told;
use crate::{Error, Scope};

/// Until when nothing is sent.
#[derive(Debug)]
pub(super) struct Hold {
    /// Whose, for the log.
    publisher: String,
    until: Mutex<Option<Instant>>,
}

impl Hold {
    pub(super) fn new(publisher: &str) -> Self {
        Self {
            publisher: publisher.to_owned(),
            until: Mutex::default(),
        }
    }

    /// The publisher wants to be left alone for so long, from now on. A shorter wish does not undo a longer one.
    pub(super) fn extend(&self, wish: Duration) {
        let until = Instant::now() + wish;
        let mut hold = self.lock();
        *hold = (*hold).max(Some(until));
    }

    /// Waits until the publisher may be asked again; `false` at once where that is after `give_up`.
    pub(super) async fn pass(&self, give_up: Instant, scope: &Scope) -> Result<bool, Error> {
        let began = Instant::now();
        told(self.wait(began, give_up, scope), |waited_s| {
            let left = self.left();
            tracing::info!(
                publisher = %self.publisher,
                waited_s,
                left_s = left.as_secs(),
                "the publisher wants to be left alone; nothing is sent to it until then"
            );
        })
        .await
    }

    async fn wait(&self, began: Instant, give_up: Instant, scope: &Scope) -> Result<bool, Error> {
        loop {
            let Some(until) = *self.lock() else {
                return Ok(true);
            };
            if until <= Instant::now() {
                return Ok(true);
            }
            if until > give_up {
                return Ok(false);
            }
            tokio::select! {
                biased;
                () = scope.cancellation.cancelled() => return Err(Error::Cancelled),
                () = tokio::time::sleep_until(until) => {}
                () = tokio::time::sleep_until(scope.deadline) => {
                    return Err(Error::OutOfTime { waited: began.elapsed() });
                }
            }
        }
    }

    /// For how much longer nothing is sent.
    fn left(&self) -> Duration {
        let until = *self.lock();
        until.map_or(Duration::ZERO, |until| {
            until.saturating_duration_since(Instant::now())
        })
    }

    fn lock(&self) -> MutexGuard<'_, Option<Instant>> {
        self.until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted::log::Listener;
    use crate::scripted::scope;

    #[tokio::test(start_paused = true)]
    async fn everybody_waits_until_the_longest_wish_has_passed() {
        let hold = Hold::new("imp-pub:8443");
        let began = Instant::now();
        let late = began + Duration::from_secs(60);
        assert!(hold.pass(late, &scope()).await.unwrap());
        assert_eq!(began.elapsed(), Duration::ZERO);
        hold.extend(Duration::from_secs(10));
        hold.extend(Duration::from_secs(5));
        assert!(hold.pass(late, &scope()).await.unwrap());
        assert_eq!(began.elapsed().as_secs(), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wish_that_grows_meanwhile_is_respected() {
        let hold = Hold::new("imp-pub:8443");
        let began = Instant::now();
        hold.extend(Duration::from_secs(10));
        let scope = scope();
        let waiting = hold.pass(began + Duration::from_secs(60), &scope);
        let growing = async {
            tokio::time::sleep(Duration::from_secs(9)).await;
            hold.extend(Duration::from_secs(20));
        };
        let (passed, ()) = tokio::join!(waiting, growing);
        assert!(passed.unwrap());
        assert_eq!(began.elapsed().as_secs(), 29);
    }

    #[tokio::test(start_paused = true)]
    async fn who_cannot_wait_so_long_is_told_at_once() {
        let hold = Hold::new("imp-pub:8443");
        let began = Instant::now();
        hold.extend(Duration::from_secs(61));
        assert!(
            !hold
                .pass(began + Duration::from_secs(60), &scope())
                .await
                .unwrap()
        );
        assert_eq!(began.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn a_long_wish_is_told() {
        let log = Listener::new();
        let hold = Hold::new("imp-pub:8443");
        hold.extend(Duration::from_secs(20));
        let late = Instant::now() + Duration::from_secs(60);
        assert!(hold.pass(late, &scope()).await.unwrap());
        let words = [
            "wants to be left alone",
            "imp-pub:8443",
            "waited_s=5",
            "left_s=15",
        ];
        assert_eq!(log.lines_with(&words), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn an_interruption_ends_the_wait() {
        let hold = Hold::new("imp-pub:8443");
        let began = Instant::now();
        hold.extend(Duration::from_secs(30));
        let scope = scope();
        let stop = async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            scope.cancellation.cancel();
        };
        let (ended, ()) = tokio::join!(hold.pass(began + Duration::from_secs(60), &scope), stop);
        assert!(matches!(ended, Err(Error::Cancelled)));
        assert_eq!(began.elapsed().as_secs(), 1);
    }
}
