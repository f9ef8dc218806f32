//! What was said already, so that one warning does not come once for each of a hundred objects.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// What was said in this process.
#[derive(Debug, Default)]
pub(crate) struct Said(Mutex<BTreeSet<String>>);

impl Said {
    /// Whether this is said for the first time.
    pub(crate) fn first_time(&self, what: &str) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(what.to_owned())
    }
}
