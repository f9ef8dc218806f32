//! What is in flight on one publisher: who works, who waits, and what was released meanwhile.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use tokio::time::Instant;

/// Every create, update and delete in flight on one publisher. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Operations {
    shared: Arc<Shared>,
}

/// One operation in flight. Dropping it ends it and wakes those that wait.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(super) shared: Arc<Shared>,
    pub(super) number: u64,
}

#[derive(Debug)]
pub(super) struct Shared {
    table: Mutex<Table>,
    changes: watch::Sender<u64>,
}

#[derive(Debug)]
pub(super) struct Table {
    next_number: u64,
    pub(super) in_flight: BTreeMap<u64, Activity>,
    /// Every key released so far, in order. A waiter remembers how much of it it has seen.
    pub(super) released: Vec<String>,
    pub(super) last_change: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Activity {
    Working,
    Waiting { since: Instant },
}

impl Operations {
    pub(crate) fn new() -> Self {
        Self {
            shared: Arc::new(Shared {
                table: Mutex::new(Table {
                    next_number: 0,
                    in_flight: BTreeMap::new(),
                    released: Vec::new(),
                    last_change: Instant::now(),
                }),
                changes: watch::Sender::new(0),
            }),
        }
    }

    /// Registers an operation. From here until it is dropped it counts as in flight.
    pub(crate) fn begin(&self) -> Operation {
        let number = self.shared.change(|table| {
            let number = table.next_number;
            table.next_number += 1;
            table.in_flight.insert(number, Activity::Working);
            number
        });
        Operation {
            shared: Arc::clone(&self.shared),
            number,
        }
    }

    /// Whether anything was ever begun: Terraform applies then, and no longer plans.
    pub(crate) fn have_begun(&self) -> bool {
        self.shared.lock().next_number > 0
    }
}

impl Operation {
    /// Tells the waiters that `key` blocks nobody any longer.
    pub(crate) fn release(&self, key: impl Into<String>) {
        self.shared.change(|table| table.released.push(key.into()));
    }

    pub(super) fn set_activity(&self, activity: Activity) {
        self.shared.change(|table| {
            table.in_flight.insert(self.number, activity);
        });
    }
}

impl Drop for Operation {
    fn drop(&mut self) {
        self.shared.change(|table| {
            table.in_flight.remove(&self.number);
        });
    }
}

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, Table> {
        // A panic while the table was held cannot leave it half changed: every change is one call.
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn subscribe(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    fn change<T>(&self, change: impl FnOnce(&mut Table) -> T) -> T {
        let mut table = self.lock();
        let result = change(&mut table);
        table.last_change = Instant::now();
        drop(table);
        self.changes
            .send_modify(|version| *version = version.wrapping_add(1));
        result
    }
}

impl Table {
    /// Since when nothing has moved, if everything in flight waits.
    pub(super) fn stalled_since(&self) -> Option<Instant> {
        self.in_flight
            .values()
            .all(|activity| matches!(activity, Activity::Waiting { .. }))
            .then_some(self.last_change)
    }

    /// The operation that has waited longest; the earlier one where two began at once.
    pub(super) fn longest_waiting(&self) -> Option<u64> {
        self.in_flight
            .iter()
            .filter_map(|(number, activity)| match activity {
                Activity::Waiting { since } => Some((*since, *number)),
                Activity::Working => None,
            })
            .min()
            .map(|(_, number)| number)
    }
}
