//! What is remembered of one table between requests.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::OnceCell;
use tokio::time::Instant;

use super::lookups::Lookups;
use crate::Error;
use crate::axl::FAILURE_STANDS;
use crate::domain::Pkid;
use crate::record::{Enumeration, Record, Stored};
use crate::table::Table;

/// How long a reading serves.
pub(super) const SNAPSHOT_LIFE: Duration = Duration::from_secs(600);

/// What is remembered of one table.
#[derive(Debug)]
pub(super) struct Store<T: Record> {
    pub(super) enumerations: OnceCell<Arc<Vec<Enumeration>>>,
    snapshot: Mutex<Snapshot<T>>,
    /// Held by the reading that is under way.
    pub(super) flight: tokio::sync::Mutex<()>,
    pub(super) lookups: Lookups<T>,
}

#[derive(Debug)]
struct Snapshot<T: Record> {
    /// How many readings have begun.
    begun: u64,
    /// Which of them the table is from.
    number: u64,
    read_at: Option<Instant>,
    table: Arc<Table<T, T::Key>>,
    /// Own writes of which a reading that is under way may know nothing: `None` for a row that is gone.
    written: HashMap<Pkid, Option<Stored<T>>>,
    failure: Option<Failure>,
}

/// A reading that failed.
#[derive(Clone, Debug)]
struct Failure {
    number: u64,
    at: Instant,
    error: Error,
}

impl<T: Record> Default for Store<T> {
    fn default() -> Self {
        Self {
            enumerations: OnceCell::new(),
            snapshot: Mutex::new(Snapshot {
                begun: 0,
                number: 0,
                read_at: None,
                table: Arc::new(Table::new(Vec::new(), HashMap::new())),
                written: HashMap::new(),
                failure: None,
            }),
            flight: tokio::sync::Mutex::new(()),
            lookups: Lookups::default(),
        }
    }
}

impl<T: Record> Store<T> {
    /// The last reading, while it serves.
    pub(super) fn current(&self) -> Option<Arc<Table<T, T::Key>>> {
        let snapshot = self.lock();
        snapshot
            .read_at
            .filter(|at| at.elapsed() < SNAPSHOT_LIFE)
            .map(|_| Arc::clone(&snapshot.table))
    }

    /// The number of the next reading that begins.
    pub(super) fn next_number(&self) -> u64 {
        self.lock().begun + 1
    }

    /// The last reading, if it began no earlier than the one with this number.
    pub(super) fn since(&self, number: u64) -> Option<Arc<Table<T, T::Key>>> {
        let snapshot = self.lock();
        (snapshot.read_at.is_some() && snapshot.number >= number)
            .then(|| Arc::clone(&snapshot.table))
    }

    /// A reading begins; its number. There is one at a time.
    pub(super) fn begin(&self) -> u64 {
        let mut snapshot = self.lock();
        snapshot.begun += 1;
        snapshot.written.clear();
        snapshot.begun
    }

    /// A reading has ended. Own writes that ended after it began take precedence.
    pub(super) fn replace(
        &self,
        number: u64,
        mut table: Table<T, T::Key>,
    ) -> Arc<Table<T, T::Key>> {
        let mut snapshot = self.lock();
        for (pkid, row) in snapshot.written.drain() {
            match row {
                Some(row) => table.put(row),
                None => table.remove(&pkid),
            }
        }
        let table = Arc::new(table);
        snapshot.number = number;
        snapshot.read_at = Some(Instant::now());
        snapshot.failure = None;
        snapshot.table = Arc::clone(&table);
        table
    }

    /// A reading has failed, for a reason that concerns everybody.
    pub(super) fn fail(&self, number: u64, error: &Error) {
        self.lock().failure = Some(Failure {
            number,
            at: Instant::now(),
            error: error.clone(),
        });
    }

    /// Why the last reading failed, if it began no earlier than the one with this number.
    pub(super) fn failure_since(&self, number: u64) -> Option<Error> {
        let failure = self.lock().failure.clone()?;
        (failure.number >= number).then_some(failure.error)
    }

    /// Why the last reading failed, where that says that the next one would fail as well.
    pub(super) fn standing_failure(&self) -> Option<Error> {
        let failure = self.lock().failure.clone()?;
        (failure.at.elapsed() < FAILURE_STANDS && failure.error.is_connection_problem())
            .then_some(failure.error)
    }

    /// A row was written and read back.
    pub(super) fn put(&self, row: Stored<T>) {
        let mut snapshot = self.lock();
        snapshot.written.insert(row.pkid.clone(), Some(row.clone()));
        Arc::make_mut(&mut snapshot.table).put(row);
    }

    /// A row was deleted.
    pub(super) fn remove(&self, pkid: &Pkid) {
        let mut snapshot = self.lock();
        snapshot.written.insert(pkid.clone(), None);
        Arc::make_mut(&mut snapshot.table).remove(pkid);
    }

    fn lock(&self) -> MutexGuard<'_, Snapshot<T>> {
        self.snapshot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
