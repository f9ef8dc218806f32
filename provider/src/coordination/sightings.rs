//! Which rows this process has seen in Terraform's state.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The rows of one publisher that objects in the state hold, by primary key.
///
/// Terraform never tells a provider the whole state, only the objects it works on. What has been
/// seen so far is enough to tell "a row of this configuration" from "a row nobody here knows", as
/// long as the answer only softens a message or stops an adoption.
#[derive(Debug, Default)]
pub(crate) struct Sightings {
    ids: Mutex<BTreeMap<String, String>>,
}

impl Sightings {
    /// Notes that the object with this `id` holds the row `pkid`.
    pub(crate) fn note(&self, pkid: &str, id: &str) {
        self.lock().insert(pkid.to_owned(), id.to_owned());
    }

    /// The id of the object that holds the row, where one has been seen.
    pub(crate) fn holder(&self, pkid: &str) -> Option<String> {
        self.lock().get(pkid).cloned()
    }

    /// Whether an object with this `id` has been seen.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.lock().values().any(|known| known == id)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
