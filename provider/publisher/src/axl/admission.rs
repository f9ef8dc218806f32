//! Whether the publisher lets this client in: found out by one request, and never asked again once refused.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use crate::{Error, Scope};

/// What the publisher thinks of this client. Three failed logons lock an account, so that the first request
/// of all goes alone, and a refusal stands for as long as the process lives.
#[derive(Debug, Default)]
pub(super) struct Admission {
    standing: Mutex<Standing>,
    first: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
enum Standing {
    #[default]
    Untried,
    Welcome,
    Refused(Error),
}

/// Held while a request is under way; where nobody has been let in yet, it keeps the others waiting.
pub(super) struct Pass<'a>(
    #[allow(dead_code, reason = "held")] Option<tokio::sync::MutexGuard<'a, ()>>,
);

impl Admission {
    /// Waits while another request finds out whether the client is let in.
    pub(super) async fn enter(&self, scope: &Scope) -> Result<Pass<'_>, Error> {
        if let Some(known) = self.known() {
            return known.map(|()| Pass(None));
        }
        let began = Instant::now();
        let first = tokio::select! {
            biased;
            () = scope.cancellation.cancelled() => return Err(Error::Cancelled),
            first = self.first.lock() => first,
            () = tokio::time::sleep_until(scope.deadline) => {
                return Err(Error::OutOfTime { waited: began.elapsed() });
            }
        };
        match self.known() {
            Some(known) => known.map(|()| Pass(None)),
            None => Ok(Pass(Some(first))),
        }
    }

    /// The publisher answered as AXL does.
    pub(super) fn welcome(&self) {
        let mut standing = self.standing();
        // An answer that was under way does not undo a refusal.
        if matches!(*standing, Standing::Untried) {
            *standing = Standing::Welcome;
        }
    }

    /// Nothing is asked again. Gives the error back.
    pub(super) fn refuse(&self, error: Error) -> Error {
        *self.standing() = Standing::Refused(error.clone());
        error
    }

    /// Whether the publisher has ever answered as AXL does.
    pub(super) fn is_welcome(&self) -> bool {
        matches!(*self.standing(), Standing::Welcome)
    }

    fn known(&self) -> Option<Result<(), Error>> {
        match &*self.standing() {
            Standing::Untried => None,
            Standing::Welcome => Some(Ok(())),
            Standing::Refused(error) => Some(Err(error.clone())),
        }
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
