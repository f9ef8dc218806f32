//! Direct look-ups of single rows, gathered: those who look at the same time share one request.
//!
//! A look-up is held back while many writes of the table are on their way, whose own look-ups will follow
//! soon. That is what brings a thousand creations down to little more than one request each.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

use crate::domain::Pkid;
use crate::record::{Record, Stored};
use crate::{Error, Scope};

/// How many rows one request looks for.
const LARGEST_BATCH: usize = 100;

/// How long the first look-up waits for others to join it.
const LINGER: Duration = Duration::from_millis(10);

/// How often it waits so long again, where others have joined it meanwhile: those that one answer has set free come back
/// one after the other, each by way of its caller.
const MOST_LINGERING: u32 = 10;

/// How long a look-up is held back for the sake of writes on their way.
const LONGEST_HOLD: Duration = Duration::from_secs(2);

/// What is looked for: the rows that have one of these.
#[derive(Clone, Debug)]
pub(super) struct Wanted<T: Record> {
    pub(super) pkid: Option<Pkid>,
    pub(super) key: Option<T::Key>,
}

/// What one request found for all who wanted something.
#[derive(Debug)]
pub(super) struct Found<T: Record> {
    pub(super) rows: Vec<Stored<T>>,
    /// Rows that are there and not understood, by what they call their primary key.
    pub(super) unreadable: HashMap<String, String>,
}

type Answer<T> = Result<Arc<Found<T>>, Error>;

/// The look-ups of one table.
#[derive(Debug)]
pub(super) struct Lookups<T: Record> {
    waiting: Mutex<Vec<Waiting<T>>>,
    /// Held by the request that is under way.
    flight: tokio::sync::Mutex<()>,
    writes: AtomicUsize,
    write_ended: Notify,
}

#[derive(Debug)]
struct Waiting<T: Record> {
    wanted: Wanted<T>,
    answer: oneshot::Sender<Answer<T>>,
}

/// A place among those who wait.
#[derive(Debug)]
pub(super) struct Ticket<T: Record> {
    wanted: Wanted<T>,
    answer: oneshot::Receiver<Answer<T>>,
}

/// What comes to somebody who waits.
pub(super) enum Turn<'a, T: Record> {
    Answered(Arc<Found<T>>),
    /// To ask for all who wait.
    Ask(Batch<'a, T>),
}

/// All who wait for one request. Where it is dropped, they ask for themselves.
pub(super) struct Batch<'a, T: Record> {
    waiting: Vec<Waiting<T>>,
    _flight: tokio::sync::MutexGuard<'a, ()>,
}

/// A write that is on its way.
pub(super) struct WriteUnderWay<'a, T: Record>(&'a Lookups<T>);

impl<T: Record> Default for Lookups<T> {
    fn default() -> Self {
        Self {
            waiting: Mutex::default(),
            flight: tokio::sync::Mutex::default(),
            writes: AtomicUsize::new(0),
            write_ended: Notify::new(),
        }
    }
}

impl<T: Record> Lookups<T> {
    /// Takes a place among those who wait for the next request.
    pub(super) fn join(&self, wanted: Wanted<T>) -> Ticket<T> {
        Ticket {
            answer: self.enlist(wanted.clone()),
            wanted,
        }
    }

    /// Waits for the answer, or for the duty to ask on behalf of all who wait. At most `few` writes on their
    /// way hold nothing back.
    pub(super) async fn turn(
        &self,
        ticket: &mut Ticket<T>,
        few: usize,
        scope: &Scope,
    ) -> Result<Turn<'_, T>, Error> {
        let began = Instant::now();
        loop {
            let flight = tokio::select! {
                biased;
                () = scope.cancellation.cancelled() => return Err(Error::Cancelled),
                answered = &mut ticket.answer => {
                    if let Ok(answer) = answered {
                        return answer.map(Turn::Answered);
                    }
                    // Whoever asked for all has given up.
                    ticket.answer = self.enlist(ticket.wanted.clone());
                    continue;
                }
                () = tokio::time::sleep_until(scope.deadline) => {
                    return Err(Error::OutOfTime { waited: began.elapsed() });
                }
                flight = self.take_off(few) => flight,
            };
            let waiting = self.take();
            if !waiting.is_empty() {
                return Ok(Turn::Ask(Batch {
                    waiting,
                    _flight: flight,
                }));
            }
        }
    }

    /// Counts a write, until the value is dropped.
    pub(super) fn write(&self) -> WriteUnderWay<'_, T> {
        self.writes.fetch_add(1, Ordering::SeqCst);
        WriteUnderWay(self)
    }

    fn enlist(&self, wanted: Wanted<T>) -> oneshot::Receiver<Answer<T>> {
        let (answer, receiver) = oneshot::channel();
        self.waiting().push(Waiting { wanted, answer });
        receiver
    }

    /// Waits until it is this caller's turn to ask for all, and time to do so.
    async fn take_off(&self, few: usize) -> tokio::sync::MutexGuard<'_, ()> {
        let flight = self.flight.lock().await;
        for _ in 0..MOST_LINGERING {
            let waiting = self.waiting().len();
            tokio::time::sleep(LINGER).await;
            if self.waiting().len() == waiting {
                break;
            }
        }
        let hold = tokio::time::sleep(LONGEST_HOLD);
        tokio::pin!(hold);
        loop {
            let ended = self.write_ended.notified();
            tokio::pin!(ended);
            // Enabled before the look, so that a write that ends in between is not missed.
            ended.as_mut().enable();
            if self.writes.load(Ordering::SeqCst) <= few || self.waiting().len() >= LARGEST_BATCH {
                return flight;
            }
            tokio::select! {
                () = ended => {}
                () = &mut hold => return flight,
            }
        }
    }

    fn take(&self) -> Vec<Waiting<T>> {
        let mut waiting = self.waiting();
        waiting.retain(|one| !one.answer.is_closed());
        let length = waiting.len().min(LARGEST_BATCH);
        waiting.drain(..length).collect()
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Waiting<T>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Record> Batch<'_, T> {
    pub(super) fn wanted(&self) -> impl Iterator<Item = &Wanted<T>> {
        self.waiting.iter().map(|one| &one.wanted)
    }

    /// Passes the answer on to all.
    pub(super) fn answer(self, found: Result<Found<T>, Error>) {
        let answer = found.map(Arc::new);
        for one in self.waiting {
            // Whoever waited may have left.
            let _ = one.answer.send(answer.clone());
        }
    }
}

impl<T: Record> Drop for WriteUnderWay<'_, T> {
    fn drop(&mut self) {
        self.0.writes.fetch_sub(1, Ordering::SeqCst);
        self.0.write_ended.notify_waiters();
    }
}

impl<T: Record> Default for Found<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            unreadable: HashMap::new(),
        }
    }
}

impl<T: Record> Found<T> {
    /// Adds what a further request found.
    pub(super) fn extend(&mut self, more: Self) {
        self.rows.extend(more.rows);
        self.unreadable.extend(more.unreadable);
    }

    /// What is wrong with the row of a primary key, where it is there and not understood.
    pub(super) fn problem_of(&self, pkid: &Pkid) -> Option<Error> {
        self.unreadable
            .get(pkid.as_str())
            .map(|problem| Error::UnreadableRow {
                pkid: pkid.to_string(),
                problem: problem.clone(),
            })
    }
}
