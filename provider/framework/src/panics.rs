//! Panics of handlers: caught where the handler's own struct can still be read, so that a half-made
//! object is not lost.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;

use crate::diagnostics::Diagnostic;

/// A panic, as far as it can be told.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Panic {
    message: String,
}

impl Panic {
    /// Tells the user which handler failed.
    pub(crate) fn diagnostic(&self, doing: &str) -> Diagnostic {
        Diagnostic::error("The provider failed unexpectedly").detail(format!(
            "While {doing}, the provider stopped with: {}\n\nThis is a bug in the provider. Run Terraform again \
             with TF_LOG=ERROR and report what it logs.",
            self.message
        ))
    }
}

/// Runs a future and catches its panic. What the future borrowed can be read afterwards; it may be half
/// written, which is what a handler's struct is for.
pub(crate) async fn caught<T>(mut work: Pin<&mut impl Future<Output = T>>) -> Result<T, Panic> {
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(payload) => std::task::Poll::Ready(Err(panic(payload.as_ref()))),
        },
    )
    .await
}

/// Runs a function and catches its panic.
pub(crate) fn caught_now<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| panic(payload.as_ref()))
}

fn panic(payload: &(dyn Any + Send)) -> Panic {
    let message = payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a panic without a message".to_owned());
    Panic { message }
}
