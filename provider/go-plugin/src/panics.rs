//! Panics: a handler's is caught and becomes a value, any other is told in the words a host knows.
//!
//! A host shows the lines from `panic: ` on when the process dies, even with logging off. Rust's
//! own `thread 'main' panicked at` is not recognised by it.

use std::any::Any;
use std::backtrace::Backtrace;
use std::cell::{Cell, RefCell};
use std::fmt::Write as _;
use std::future::{Future, poll_fn};
use std::io::{self, Write as _};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};
use std::pin::pin;
use std::sync::Once;
use std::task::Poll;

/// A panic that was caught: the work it happened in is lost, everything else goes on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}{}", .location.as_ref().map_or_else(String::new, |location| format!(" ({location})")))]
pub struct Panicked {
    /// What the code that gave up said.
    pub message: String,
    /// `file:line:column`.
    pub location: Option<String>,
}

/// How many lines of a backtrace are told; a host keeps about a hundred.
const BACKTRACE_LINES: usize = 90;

thread_local! {
    /// Whether a panic on this thread will be caught by [`catch`].
    static CATCHING: Cell<bool> = const { Cell::new(false) };
    /// What the hook saw of the panic that [`catch`] is about to catch.
    static CAUGHT: RefCell<Option<Panicked>> = const { RefCell::new(None) };
}

/// Replaces the process's panic hook by one that speaks to a plugin's host. Later calls do nothing.
pub fn install_panic_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| set_hook(Box::new(report)));
}

/// Runs the work; a panic in it is logged as an error and returned.
pub(crate) async fn catch<T>(work: impl Future<Output = T>) -> Result<T, Panicked> {
    let mut work = pin!(work);
    poll_fn(|context| {
        let outer = CATCHING.replace(true);
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)));
        CATCHING.set(outer);
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
            Err(payload) => Poll::Ready(Err(CAUGHT.take().unwrap_or_else(|| Panicked {
                message: message(payload.as_ref()),
                location: None,
            }))),
        }
    })
    .await
}

fn report(panic: &PanicHookInfo<'_>) {
    let panicked = Panicked {
        message: message(panic.payload()),
        location: panic.location().map(ToString::to_string),
    };
    if CATCHING.get() {
        if tracing::enabled!(tracing::Level::ERROR) {
            tracing::error!(backtrace = backtrace(), "panic: {panicked}");
        }
        CAUGHT.set(Some(panicked));
    } else {
        // Nobody is left to hear that standard error is closed.
        let _ = io::stderr().write_all(format!("panic: {panicked}\n\n{}", backtrace()).as_bytes());
    }
}

fn message(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "a panic without a message".to_owned()
    }
}

fn backtrace() -> String {
    let full = Backtrace::force_capture().to_string();
    full.lines()
        .take(BACKTRACE_LINES)
        .fold(String::new(), |mut text, line| {
            let _ = writeln!(text, "{line}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_caught_with_its_message_and_place() {
        install_panic_hook();
        let outcome: Result<(), _> = catch(async {
            tokio::task::yield_now().await;
            panic!("priority {} is impossible", 7)
        })
        .await;
        let panicked = outcome.unwrap_err();
        assert_eq!(panicked.message, "priority 7 is impossible");
        assert!(
            panicked.location.as_ref().unwrap().contains("panics.rs:"),
            "{panicked:?}"
        );
        assert!(
            panicked
                .to_string()
                .starts_with("priority 7 is impossible (provider")
        );
    }

    #[tokio::test]
    async fn a_panic_with_any_payload_is_caught() {
        install_panic_hook();
        let outcome: Result<(), _> = catch(async { std::panic::panic_any(7) }).await;
        assert_eq!(outcome.unwrap_err().message, "a panic without a message");
    }

    #[tokio::test]
    async fn work_without_a_panic_is_left_alone() {
        assert_eq!(catch(async { 7 }).await, Ok(7));
    }
}
