//! Creating a row under a primary key of the caller's.

use super::{Attempts, Sent, Shared, Store};
use crate::domain::Pkid;
use crate::record::{Record, Stored};
use crate::sql::{Literal, Write};
use crate::{Error, Scope};

impl Shared {
    /// Creates a row, exactly once.
    pub(in crate::publisher) async fn create<T: Record>(
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
            Literal::Text(pkid.to_string()),
        )];
        assignments.extend(self.assignments(value, &enumerations)?);
        let write = Write::insert(T::table(&self.profile), &assignments);
        let mut attempts = Attempts::default();
        loop {
            let sent = self.send(store, &write, None, scope).await;
            let sent = sent.map_err(|error| attempts.end(error))?;
            if let Some(stored) = self.settle(store, pkid, &sent, scope).await? {
                return Ok(stored);
            }
            match sent {
                Sent::Refused(error) => {
                    let error = self.refused(store, pkid, value, error, scope).await;
                    return Err(attempts.end(error));
                }
                sent => attempts.note(&sent)?,
            }
        }
    }
}
