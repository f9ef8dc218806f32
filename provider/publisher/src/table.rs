//! A whole table as it was read, with both of its keys as indices.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::hash::Hash;

use crate::domain::Pkid;
use crate::record::{Record, Stored};

/// Every row of a table, as one reading found it: rows of `T`, which are unique by `K`.
#[derive(Clone, Debug)]
pub struct Table<T, K> {
    rows: Vec<Stored<T>>,
    by_pkid: HashMap<Pkid, usize>,
    by_key: HashMap<K, usize>,
    /// Rows that are not understood, by what they call their primary key.
    unreadable: HashMap<String, String>,
}

impl<T, K: Eq + Hash> Table<T, K> {
    /// Every row that is understood.
    pub fn rows(&self) -> &[Stored<T>] {
        &self.rows
    }

    /// The row with a primary key.
    pub fn by_pkid(&self, pkid: &Pkid) -> Option<&Stored<T>> {
        self.by_pkid
            .get(pkid)
            .and_then(|index| self.rows.get(*index))
    }

    /// The row with a natural key.
    pub fn by_key(&self, key: &K) -> Option<&Stored<T>> {
        self.by_key.get(key).and_then(|index| self.rows.get(*index))
    }

    /// Rows that are not understood: what they call their primary key, and what is wrong with them.
    pub fn unreadable(&self) -> impl Iterator<Item = (&str, &str)> {
        let rows = self.unreadable.iter();
        rows.map(|(pkid, problem)| (pkid.as_str(), problem.as_str()))
    }

    /// What is wrong with a row that is there but not understood.
    pub fn problem_of(&self, pkid: &Pkid) -> Option<&str> {
        self.unreadable.get(pkid.as_str()).map(String::as_str)
    }
}

#[allow(
    private_bounds,
    reason = "how rows lie in tables is this crate's own business"
)]
impl<T: Record<Key = K>, K: Clone + Eq + Hash> Table<T, K> {
    pub(crate) fn new(rows: Vec<Stored<T>>, unreadable: HashMap<String, String>) -> Self {
        let mut table = Self {
            rows: Vec::with_capacity(rows.len()),
            by_pkid: HashMap::with_capacity(rows.len()),
            by_key: HashMap::with_capacity(rows.len()),
            unreadable,
        };
        for row in rows {
            table.put(row);
        }
        table
    }

    /// Puts a row in the place of the one with the same primary key.
    pub(crate) fn put(&mut self, row: Stored<T>) {
        self.remove(&row.pkid);
        self.unreadable.remove(row.pkid.as_str());
        let index = self.rows.len();
        self.by_pkid.insert(row.pkid.clone(), index);
        self.by_key.insert(row.value.key(), index);
        self.rows.push(row);
    }

    /// Takes a row out.
    pub(crate) fn remove(&mut self, pkid: &Pkid) {
        let Some(index) = self.by_pkid.remove(pkid) else {
            return;
        };
        let removed = self.rows.swap_remove(index);
        // Two rows may share a natural key for a moment: only the own entry goes.
        let key = removed.value.key();
        if self.by_key.get(&key) == Some(&index) {
            self.by_key.remove(&key);
        }
        if let Some(moved) = self.rows.get(index) {
            self.by_pkid.insert(moved.pkid.clone(), index);
            self.by_key.insert(moved.value.key(), index);
        }
    }
}
