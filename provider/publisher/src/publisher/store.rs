//! What is remembered of one table between requests.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::OnceCell;
use tokio::time::Instant;

use crate::domain::Pkid;
use crate::record::{Enumeration, Record, Stored};
use crate::table::Table;

/// How long a reading serves.
const SNAPSHOT_LIFE: Duration = Duration::from_secs(600);

/// What is remembered of one table.
#[derive(Debug)]
pub(super) struct Store<T: Record> {
    pub(super) enumerations: OnceCell<Arc<Vec<Enumeration>>>,
    snapshot: Mutex<Snapshot<T>>,
    /// Held by the reading that is under way.
    pub(super) flight: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Snapshot<T: Record> {
    /// How many readings have begun.
    begun: u64,
    /// Which of them the table is from.
    number: u64,
    read_at: Option<Instant>,
    table: Arc<Table<T, T::Key>>,
}

impl<T: Record> Default for Store<T> {
    fn default() -> Self {
        Self {
            enumerations: OnceCell::new(),
            snapshot: Mutex::new(Snapshot {
                begun: 0,
                number: 0,
                read_at: None,
                table: Arc::new(Table::new(Vec::new(), std::collections::HashMap::new())),
            }),
            flight: tokio::sync::Mutex::new(()),
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

    /// A reading begins; its number.
    pub(super) fn begin(&self) -> u64 {
        let mut snapshot = self.lock();
        snapshot.begun += 1;
        snapshot.begun
    }

    /// A reading has ended.
    pub(super) fn replace(&self, number: u64, table: Arc<Table<T, T::Key>>) {
        let mut snapshot = self.lock();
        snapshot.number = number;
        snapshot.read_at = Some(Instant::now());
        snapshot.table = table;
    }

    /// A row was written and read back.
    pub(super) fn put(&self, row: Stored<T>) {
        Arc::make_mut(&mut self.lock().table).put(row);
    }

    /// A row was deleted.
    pub(super) fn remove(&self, pkid: &Pkid) {
        Arc::make_mut(&mut self.lock().table).remove(pkid);
    }

    fn lock(&self) -> MutexGuard<'_, Snapshot<T>> {
        self.snapshot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
