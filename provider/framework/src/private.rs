//! Private data: what a provider keeps beside an object's state, invisible to users.
//!
//! Terraform stores it in clear in the state and in plan files: no secrets. It is versioned JSON, so
//! that a later release of the framework can still read it.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::diagnostics::{Diagnostic, Diagnostics};

/// The form in which private data is written.
const FORMAT: u32 = 1;

/// A provider's own data about one object, by key. Every handler gets what the last one left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Private {
    entries: BTreeMap<String, serde_json::Value>,
    /// Set by an import until the read that follows it.
    pub(crate) imported: bool,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    entries: BTreeMap<String, serde_json::Value>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    imported: bool,
}

/// Private data that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PrivateError {
    /// The bytes are not this framework's.
    #[error(
        "the object's private data in the state is unreadable: {0}; remove the object from the state \
         and import it again"
    )]
    Unreadable(serde_json::Error),
    /// A later release wrote it.
    #[error(
        "the object's private data has format {found}, this provider reads {FORMAT}; use the release of \
         the provider that wrote it, or a later one"
    )]
    TooNew {
        /// The format found.
        found: u32,
    },
    /// The entry has another type than asked for.
    #[error("the private entry {key:?} cannot be read or written: {cause}")]
    Entry {
        /// The key.
        key: String,
        /// What serde says.
        cause: serde_json::Error,
    },
}

impl From<PrivateError> for Diagnostics {
    fn from(error: PrivateError) -> Self {
        Diagnostic::error("Invalid private data")
            .detail(error.to_string())
            .into()
    }
}

impl Private {
    /// Reads an entry; `None` when there is none. An entry that is of another type is an error.
    pub fn get<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, PrivateError> {
        self.entries
            .get(key)
            .map(|entry| T::deserialize(entry).map_err(|cause| entry_error(key, cause)))
            .transpose()
    }

    /// Writes an entry, in the place of one of the same key. What JSON cannot hold, as a map whose keys are no texts, is
    /// an error. No secrets: Terraform stores it in clear.
    pub fn set<T: Serialize + ?Sized>(&mut self, key: &str, entry: &T) -> Result<(), PrivateError> {
        let entry = serde_json::to_value(entry).map_err(|cause| entry_error(key, cause))?;
        self.entries.insert(key.to_owned(), entry);
        Ok(())
    }

    /// Removes an entry.
    pub fn remove(&mut self, key: &str) {
        self.entries.remove(key);
    }

    /// Whether there is an entry.
    pub fn contains(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, PrivateError> {
        if bytes.is_empty() {
            return Ok(Self::default());
        }
        let stored: Stored = serde_json::from_slice(bytes).map_err(PrivateError::Unreadable)?;
        if stored.version > FORMAT {
            return Err(PrivateError::TooNew {
                found: stored.version,
            });
        }
        Ok(Self {
            entries: stored.entries,
            imported: stored.imported,
        })
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        if self.entries.is_empty() && !self.imported {
            return Vec::new();
        }
        let stored = Stored {
            version: FORMAT,
            entries: self.entries.clone(),
            imported: self.imported,
        };
        // Strings and JSON values always serialise.
        serde_json::to_vec(&stored).unwrap_or_default()
    }
}

fn entry_error(key: &str, cause: serde_json::Error) -> PrivateError {
    PrivateError::Entry {
        key: key.to_owned(),
        cause,
    }
}
