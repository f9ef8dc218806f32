//! Deleting a row by its primary key.

use super::{Attempts, Sent, Shared, Store};
use crate::domain::Pkid;
use crate::record::Record;
use crate::sql::Write;
use crate::{Error, Scope};

/// What became of a row that was to be deleted. Either way it is gone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Deletion {
    /// It was there, as far as the publisher tells.
    Deleted,
    /// The publisher says that there was no such row.
    Absent,
}

impl Shared {
    /// Deletes a row.
    pub(in crate::publisher) async fn delete<T: Record>(
        &self,
        store: &Store<T>,
        pkid: &Pkid,
        scope: &Scope,
    ) -> Result<Deletion, Error> {
        self.check_writable(scope).await?;
        let enumerations = self.enumerations(store, scope).await?;
        let prior = match &self.change_log {
            Some(_) => self.find(store, Some(pkid), None, scope).await?.pop(),
            None => None,
        };
        let prior = prior
            .map(|stored| self.assignments(&stored.value, &enumerations))
            .transpose()?;
        let write = Write::delete(T::table(&self.profile), T::key_column(&self.profile), pkid);
        let mut attempts = Attempts::default();
        loop {
            let sent = self.send(store, &write, prior.as_deref(), scope).await;
            let sent = sent.map_err(|error| attempts.end(error))?;
            if !self.is_left(store, pkid, &sent, scope).await? {
                store.remove(pkid);
                return Ok(match sent {
                    Sent::Confirmed(written)
                        if written.rows == 0 && !written.repeated && attempts.made == 0 =>
                    {
                        Deletion::Absent
                    }
                    _ => Deletion::Deleted,
                });
            }
            match sent {
                Sent::Refused(error) => return Err(attempts.end(error)),
                sent => attempts.note(&sent)?,
            }
        }
    }

    /// Whether a row is still there after its deletion was sent, understood or not.
    async fn is_left<T: Record>(
        &self,
        store: &Store<T>,
        pkid: &Pkid,
        sent: &Sent,
        scope: &Scope,
    ) -> Result<bool, Error> {
        let found = self
            .find(store, Some(pkid), None, &super::follow_up(scope))
            .await;
        match found {
            Ok(rows) => Ok(!rows.is_empty()),
            Err(Error::UnreadableRow { .. }) => Ok(true),
            Err(error) => Err(super::unsettled(sent, &error)),
        }
    }
}
