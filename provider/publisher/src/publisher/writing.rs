//! Writing single rows, each exactly once.
//!
//! A write that was sent and not confirmed is settled by reading, whatever was answered: the caller's own
//! primary key tells a created row from any other. Nothing is sent again for a lost answer before a reading
//! has shown that it had no effect, and even a write that takes effect late cannot double a row, since the
//! primary key is the same.

mod companions;
mod create;
mod delete;
mod update;

use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

pub use delete::Deletion;

use super::Shared;
use super::store::Store;
use crate::axl::{Unwritten, Written};
use crate::domain::Pkid;
use crate::record::{Enumeration, Record, Stored};
use crate::sql::{Assignment, Write};
use crate::{Error, Scope};

/// How long a write is followed up, whatever the operation's own limits are.
const SETTLING: Duration = Duration::from_secs(60);

/// How often a write is sent whose answers are lost.
const ATTEMPTS: u32 = 3;

/// What is known of a write that reached the publisher, before anything is read.
enum Sent {
    /// The publisher says that it was carried out, and on how many rows.
    Confirmed(Written),
    /// The publisher refused it, in words that can be passed on.
    Refused(Error),
    /// The answer was lost, or is none.
    Lost(Error),
}

impl Shared {
    /// Sends a write. What the change log does not take is not sent; an error means that nothing was.
    async fn send<T: Record>(
        &self,
        store: &Store<T>,
        write: &Write,
        prior: Option<&[Assignment<'_>]>,
        scope: &Scope,
    ) -> Result<Sent, Error> {
        if scope.cancellation.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let _under_way = store.lookups.write();
        let entry = match &self.change_log {
            Some(log) => Some(log.begin(write.as_str(), prior).await?),
            None => None,
        };
        let result = self.axl.update(write.as_str(), scope).await;
        if let Some(entry) = entry {
            entry.end(&result).await;
        }
        match result {
            Ok(written) => Ok(Sent::Confirmed(written)),
            Err(Unwritten { error, sent: false }) => Err(error),
            Err(Unwritten { error, .. }) if error.may_have_taken_effect() => Ok(Sent::Lost(error)),
            Err(Unwritten { error, .. }) => Ok(Sent::Refused(error)),
        }
    }

    /// Reads a row after a write, and puts it into the snapshot. It is read even where the operation's time
    /// has ended or the user has interrupted it.
    async fn settle<T: Record>(
        &self,
        store: &Store<T>,
        pkid: &Pkid,
        sent: &Sent,
        scope: &Scope,
    ) -> Result<Option<Stored<T>>, Error> {
        self.read_back(store, pkid, &follow_up(scope))
            .await
            .map_err(|error| unsettled(sent, &error))
    }

    /// Reads a row again, and puts it into the snapshot.
    async fn read_back<T: Record>(
        &self,
        store: &Store<T>,
        pkid: &Pkid,
        scope: &Scope,
    ) -> Result<Option<Stored<T>>, Error> {
        let row = self.find(store, Some(pkid), None, scope).await?.pop();
        match &row {
            Some(row) => store.put(row.clone()),
            None => store.remove(pkid),
        }
        Ok(row)
    }

    /// Why the publisher refused a row: another one may have its natural key.
    async fn refused<T: Record>(
        &self,
        store: &Store<T>,
        pkid: &Pkid,
        value: &T,
        error: Error,
        scope: &Scope,
    ) -> Error {
        if !error.is_duplicate() {
            return error;
        }
        let rows = self
            .find(store, None, Some(&value.key()), &follow_up(scope))
            .await;
        let holder = rows
            .into_iter()
            .flatten()
            .find(|holder| holder.pkid != *pkid);
        match holder {
            Some(holder) => Error::Duplicate { pkid: holder.pkid },
            None => error,
        }
    }

    fn assignments<'a, T: Record>(
        &'a self,
        value: &T,
        enumerations: &[Enumeration],
    ) -> Result<Vec<Assignment<'a>>, Error> {
        value
            .assignments(&self.profile, enumerations)
            .map_err(|problem| self.mismatch(vec![problem]))
    }
}

impl Sent {
    /// What was answered, for a message.
    fn answer(&self) -> String {
        match self {
            Self::Confirmed(written) => {
                format!("the publisher reports {} rows as written", written.rows)
            }
            Self::Refused(error) | Self::Lost(error) => match error {
                Error::UnknownOutcome { cause, .. } => cause.clone(),
                error => error.to_string(),
            },
        }
    }
}

/// The attempts at one write, as long as reading shows that none of them has had an effect.
#[derive(Debug, Default)]
struct Attempts {
    made: u32,
    /// What was answered to one that the publisher may still be at: it may take effect after all readings.
    under_way: Option<String>,
}

impl Attempts {
    /// One more was made in vain; an error where it was the last. A refusal is for the caller to explain.
    fn note(&mut self, sent: &Sent) -> Result<(), Error> {
        self.made += 1;
        if let Sent::Lost(Error::UnknownOutcome {
            under_way: true, ..
        }) = sent
        {
            self.under_way = Some(sent.answer());
        }
        if self.made < ATTEMPTS {
            return Ok(());
        }
        Err(match &self.under_way {
            None => Error::NotCarriedOut {
                attempts: self.made,
                cause: sent.answer(),
            },
            Some(answer) => may_still_come(answer, &format!("it was sent {} times", self.made)),
        })
    }

    /// The error with which the write is given up. Another row with the natural key keeps late ones out as well.
    fn end(&self, error: Error) -> Error {
        match (&self.under_way, error) {
            (None, error) | (_, error @ Error::Duplicate { .. }) => error,
            (Some(answer), Error::OutOfTime { .. }) => {
                may_still_come(answer, "no time was left for another attempt")
            }
            (Some(answer), error) => {
                may_still_come(answer, &format!("another attempt ended so: {error}"))
            }
        }
    }
}

fn may_still_come(answer: &str, so_far: &str) -> Error {
    Error::UnknownOutcome {
        cause: format!(
            "{}. Reading shows no effect so far, but it may still come; {so_far}",
            answer.trim_end_matches('.')
        ),
        under_way: true,
    }
}

/// The write was sent, but the reading after it failed.
fn unsettled(sent: &Sent, error: &Error) -> Error {
    let answer = sent.answer();
    Error::UnknownOutcome {
        cause: format!(
            "{}; and reading the row afterwards failed: {error}",
            answer.trim_end_matches('.')
        ),
        under_way: true,
    }
}

/// Limits of its own for the reading that follows a write.
fn follow_up(scope: &Scope) -> Scope {
    Scope {
        deadline: scope.deadline.max(Instant::now() + SETTLING),
        cancellation: CancellationToken::new(),
    }
}
