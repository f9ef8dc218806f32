//! Changing a row, if it still is as it was.

use super::{Attempts, Sent, Shared, Store};
use crate::domain::Pkid;
use crate::record::{Enumeration, Record, Stored, differences};
use crate::sql::Write;
use crate::{Error, Scope};

impl Shared {
    /// Changes a row from `prior` to `new`. A row that is already as planned is a success.
    pub(in crate::publisher) async fn update<T: Record>(
        &self,
        store: &Store<T>,
        pkid: &Pkid,
        prior: &T,
        new: &T,
        scope: &Scope,
    ) -> Result<Stored<T>, Error> {
        self.check_writable(scope).await?;
        let enumerations = self.enumerations(store, scope).await?;
        let mut found = self.read_back(store, pkid, scope).await?;
        let mut attempts = Attempts::default();
        loop {
            let row = found.ok_or_else(|| Error::RowVanished { pkid: pkid.clone() })?;
            if row.value == *new {
                return Ok(row);
            }
            if row.value != *prior {
                return Err(self.changed(prior, &row.value, &enumerations));
            }
            // The row's own spelling guards the update, in which letters may differ in case from the prior
            // values that are known here.
            let current = self.assignments(&row.value, &enumerations)?;
            let changed: Vec<_> = self
                .assignments(new, &enumerations)?
                .into_iter()
                .filter(|wanted| !current.contains(wanted))
                .collect();
            let write = Write::update(
                T::table(&self.profile),
                T::key_column(&self.profile),
                pkid,
                &changed,
                &current,
            );
            let sent = self.send(store, &write, Some(&current), scope).await;
            let sent = sent.map_err(|error| attempts.end(error))?;
            found = self.settle(store, pkid, &sent, scope).await?;
            let Some(row) = &found else { continue };
            if row.value == *prior {
                match sent {
                    Sent::Refused(error) => {
                        let error = self.refused(store, pkid, new, error, scope).await;
                        return Err(attempts.end(error));
                    }
                    sent => attempts.note(&sent)?,
                }
            } else if row.value != *new {
                return self.third_state(sent, row, prior, &enumerations);
            }
        }
    }

    /// After a write the row is neither as it was nor as planned.
    fn third_state<T: Record>(
        &self,
        sent: Sent,
        row: &Stored<T>,
        prior: &T,
        enumerations: &[Enumeration],
    ) -> Result<Stored<T>, Error> {
        match sent {
            // The publisher stored something else than it was sent; the caller sees what.
            Sent::Confirmed(written) if written.rows > 0 => Ok(row.clone()),
            // The guard did not let it through.
            Sent::Confirmed(_) => Err(self.changed(prior, &row.value, enumerations)),
            sent => Err(Error::UnknownOutcome {
                cause: format!(
                    "{}; and the row is now neither as it was nor as planned",
                    sent.answer().trim_end_matches('.')
                ),
                under_way: false,
            }),
        }
    }

    fn changed<T: Record>(&self, expected: &T, found: &T, enumerations: &[Enumeration]) -> Error {
        let columns = |value: &T| self.assignments(value, enumerations);
        match (columns(expected), columns(found)) {
            (Ok(expected), Ok(found)) => Error::RowChanged {
                differences: differences(&expected, &found),
            },
            (Err(error), _) | (_, Err(error)) => error,
        }
    }
}
