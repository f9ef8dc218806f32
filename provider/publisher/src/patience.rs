//! Long waits are told in the log, so that a person who looks there sees why nothing moves.

use std::time::Duration;

use tokio::time::Instant;

/// After how long a wait is told.
pub(crate) const LONG_WAIT: Duration = Duration::from_secs(5);

/// How often it is told again.
pub(crate) const TOLD_AGAIN: Duration = Duration::from_secs(30);

/// Waits for something, and tells how many seconds it has taken so far whenever that has become long.
pub(crate) async fn told<F: Future>(future: F, tell: impl Fn(u64)) -> F::Output {
    let began = Instant::now();
    let mut next = began + LONG_WAIT;
    tokio::pin!(future);
    loop {
        tokio::select! {
            biased;
            output = &mut future => return output,
            () = tokio::time::sleep_until(next) => {
                tell(began.elapsed().as_secs());
                next += TOLD_AGAIN;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_wait_is_told_when_it_is_long_and_now_and_then_after_that() {
        let heard = RefCell::new(Vec::new());
        for (secs, expected) in [(4, &[][..]), (70, &[5, 35, 65])] {
            let wait = tokio::time::sleep(Duration::from_secs(secs));
            told(wait, |waited_s| heard.borrow_mut().push(waited_s)).await;
            assert_eq!(*heard.borrow(), expected);
        }
    }
}
