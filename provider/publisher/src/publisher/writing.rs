//! Writing single rows, each exactly once.
//!
//! A write whose answer is lost is settled by reading: the caller's own primary key tells a created row from
//! any other. Nothing is sent a second time before a reading has shown that the first had no effect, and
//! even a first that takes effect late cannot double the row, since the primary key is the same.

use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::Shared;
use super::store::Store;
use crate::domain::{FederatedDomain, Pkid};
use crate::record::{Record, Stored, differences};
use crate::sql::{Write, quoted};
use crate::{Error, Scope};

/// How long a lost answer is followed up, whatever the operation's own limits are.
const SETTLING: Duration = Duration::from_secs(60);

/// How often a write is sent whose answers are lost.
const ATTEMPTS: u32 = 3;

/// What a deletion found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Deletion {
    /// The row was there, and is gone.
    Deleted,
    /// There was no such row.
    Absent,
}

impl Shared {
    pub(super) async fn create<T: Record>(
        &self,
        store: &Store<T>,
        pkid: &Pkid,
        value: &T,
        scope: &Scope,
    ) -> Result<Stored<T>, Error> {
        self.check_writable(scope).await?;
        let enumerations = self.enumerations(store, scope).await?;
        let mut assignments = vec![(
            T::key_column(&self.profile),
            crate::sql::Literal::Text(pkid.to_string()),
        )];
        assignments.extend(self.assignments(value, &enumerations)?);
        let write = Write::insert(T::table(&self.profile), &assignments);
        for attempt in 1.. {
            let error = match self.send(&write, None, scope).await {
                Ok(_) => {
                    let stored = self
                        .read_back(store, pkid, scope)
                        .await
                        .map_err(|error| unconfirmed(&error))?;
                    return stored.ok_or_else(|| Error::UnknownOutcome {
                        cause: "the publisher reported success, but the row is not there"
                            .to_owned(),
                    });
                }
                Err(error) if answered(&error) => error,
                Err(error) => return Err(error),
            };
            let settling = settling(scope);
            match self.read_back(store, pkid, &settling).await {
                Ok(Some(stored)) => return Ok(stored),
                Ok(None) if error.may_have_taken_effect() && attempt < ATTEMPTS => {}
                Ok(None) => return Err(self.rejected(store, value, error, &settling).await),
                Err(_) => return Err(error),
            }
        }
        Err(Error::Cancelled)
    }

    /// Why a row was refused: another one may have its natural key.
    async fn rejected<T: Record>(
        &self,
        store: &Store<T>,
        value: &T,
        error: Error,
        scope: &Scope,
    ) -> Error {
        if !error.is_duplicate() {
            return error;
        }
        match self.find(store, None, Some(&value.key()), scope).await {
            Ok(rows) => match rows.into_iter().next() {
                Some(row) => Error::Duplicate { pkid: row.pkid },
                None => error,
            },
            Err(_) => error,
        }
    }

    pub(super) async fn update<T: Record>(
        &self,
        store: &Store<T>,
        pkid: &Pkid,
        prior: &T,
        new: &T,
        scope: &Scope,
    ) -> Result<Stored<T>, Error> {
        self.check_writable(scope).await?;
        let enumerations = self.enumerations(store, scope).await?;
        let wanted = self.assignments(new, &enumerations)?;
        for attempt in 1.. {
            let found = self
                .read_back(
                    store,
                    pkid,
                    &if attempt == 1 {
                        scope.clone()
                    } else {
                        settling(scope)
                    },
                )
                .await?
                .ok_or_else(|| Error::RowVanished { pkid: pkid.clone() })?;
            if found.value == *new {
                return Ok(found);
            }
            // The row's own spelling guards the update, in which letters may differ in case from the prior
            // values that are known here.
            let current = self.assignments(&found.value, &enumerations)?;
            if found.value != *prior {
                let expected = self.assignments(prior, &enumerations)?;
                return Err(Error::RowChanged {
                    differences: differences(&expected, &current),
                });
            }
            let changed: Vec<_> = wanted
                .iter()
                .zip(&current)
                .filter(|(wanted, current)| wanted != current)
                .map(|(wanted, _)| wanted.clone())
                .collect();
            let write = Write::update(
                T::table(&self.profile),
                T::key_column(&self.profile),
                pkid,
                &changed,
                &current,
            );
            match self.send(&write, Some(&current), scope).await {
                Ok(0) => {}
                Ok(_) => {
                    let stored = self
                        .read_back(store, pkid, scope)
                        .await
                        .map_err(|error| unconfirmed(&error))?;
                    return stored.ok_or_else(|| Error::RowVanished { pkid: pkid.clone() });
                }
                Err(error) if error.may_have_taken_effect() && attempt < ATTEMPTS => {}
                Err(error) if error.is_duplicate() => {
                    return Err(self.rejected(store, new, error, &settling(scope)).await);
                }
                Err(error) => return Err(error),
            }
            if attempt >= ATTEMPTS {
                break;
            }
        }
        Err(Error::RowChanged {
            differences: vec!["the row changes again and again".to_owned()],
        })
    }

    pub(super) async fn delete<T: Record>(
        &self,
        store: &Store<T>,
        pkid: &Pkid,
        scope: &Scope,
    ) -> Result<Deletion, Error> {
        self.check_writable(scope).await?;
        let prior = match &self.change_log {
            Some(_) => self.find(store, Some(pkid), None, scope).await?.pop(),
            None => None,
        };
        let enumerations = self.enumerations(store, scope).await?;
        let prior = prior
            .map(|stored| self.assignments(&stored.value, &enumerations))
            .transpose()?;
        let write = Write::delete(T::table(&self.profile), T::key_column(&self.profile), pkid);
        let mut deletion = Deletion::Deleted;
        for attempt in 1.. {
            match self.send(&write, prior.as_deref(), scope).await {
                Ok(0) if attempt == 1 => deletion = Deletion::Absent,
                Ok(_) => {}
                Err(error) if error.may_have_taken_effect() && attempt < ATTEMPTS => {
                    if self
                        .find(store, Some(pkid), None, &settling(scope))
                        .await
                        .map_err(|_| error)?
                        .is_empty()
                    {
                        break;
                    }
                    continue;
                }
                Err(error) => return Err(error),
            }
            break;
        }
        store.remove(pkid);
        Ok(deletion)
    }

    /// Looks for the rows that the administration page makes with a domain; without them the domain is
    /// removed again.
    pub(super) async fn check_companions(
        &self,
        pkid: &Pkid,
        domain: &FederatedDomain,
        scope: &Scope,
    ) -> Result<(), Error> {
        let mut missing = Vec::new();
        for (what, companion) in self.profile.companions() {
            let sql = format!(
                "SELECT COUNT(*) AS found FROM {} WHERE LOWER({}) = {}",
                companion.table,
                companion.domain_column,
                quoted(&domain.domain_name.as_str().to_ascii_lowercase())
            );
            let rows = self
                .axl
                .query(&sql, scope)
                .await
                .map_err(|error| unconfirmed(&error))?;
            let found = rows
                .first()
                .and_then(|row| row.single())
                .is_some_and(|count| !matches!(count.trim(), "" | "0"));
            if !found {
                missing.push(format!("{what} (table {})", companion.table));
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        self.delete(&self.domains, pkid, &settling(scope)).await?;
        Err(Error::CompanionRowsMissing { missing })
    }

    /// Sends a write. What the change log does not take is not sent.
    async fn send(
        &self,
        write: &Write,
        prior: Option<&[crate::sql::Assignment<'_>]>,
        scope: &Scope,
    ) -> Result<u64, Error> {
        if scope.cancellation.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let entry = match &self.change_log {
            Some(log) => Some(log.begin(write.as_str(), prior).await?),
            None => None,
        };
        let result = self.axl.update(write.as_str(), scope).await;
        if let Some(entry) = entry {
            entry.end(&result).await;
        }
        result
    }

    fn assignments<'a, T: Record>(
        &'a self,
        value: &T,
        enumerations: &[crate::record::Enumeration],
    ) -> Result<Vec<crate::sql::Assignment<'a>>, Error> {
        value
            .assignments(&self.profile, enumerations)
            .map_err(|problem| self.mismatch(vec![problem]))
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
}

/// Whether the request reached the publisher, so that a reading is worth making.
fn answered(error: &Error) -> bool {
    error.may_have_taken_effect() || error.fault().is_some()
}

/// The write was confirmed, but the reading after it failed.
fn unconfirmed(error: &Error) -> Error {
    Error::UnknownOutcome {
        cause: format!("the write was sent, but reading it back failed: {error}"),
    }
}

/// Limits of its own for the reading that settles a lost answer: it is made even where the operation's time
/// has ended or the user has interrupted it.
fn settling(scope: &Scope) -> Scope {
    Scope {
        deadline: scope.deadline.max(Instant::now() + SETTLING),
        cancellation: CancellationToken::new(),
    }
}
