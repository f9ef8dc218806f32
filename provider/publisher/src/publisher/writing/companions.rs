//! The rows that the administration page makes with a domain: whether SQL made them as well.

use super::{Shared, follow_up};
use crate::domain::{FederatedDomain, Pkid};
use crate::profile::CompanionTable;
use crate::sql::quoted;
use crate::{Error, Scope};

impl Shared {
    /// Looks for the rows that the administration page makes with a domain; without them the domain is
    /// removed again.
    pub(in crate::publisher) async fn check_companions(
        &self,
        pkid: &Pkid,
        domain: &FederatedDomain,
        scope: &Scope,
    ) -> Result<(), Error> {
        let scope = follow_up(scope);
        let mut missing = Vec::new();
        for (what, companion) in self.profile.companions() {
            let is_there = self.has_companion(companion, domain, &scope).await;
            let is_there = is_there.map_err(|error| Error::UnknownOutcome {
                cause: format!(
                    "the domain's row was written, but it could not be seen whether the publisher made the rows \
                     that go with it: {error}"
                ),
                under_way: false,
            })?;
            if !is_there {
                missing.push(format!("{what} (table {})", companion.table));
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        match self.delete(&self.domains, pkid, &scope).await {
            Ok(_) => Err(Error::CompanionRowsMissing { missing }),
            Err(error) => Err(Error::UnknownOutcome {
                cause: format!(
                    "the domain's row was written, the publisher did not make the rows that go with it ({}), and \
                     removing the row again failed: {error}",
                    missing.join(", ")
                ),
                under_way: false,
            }),
        }
    }

    async fn has_companion(
        &self,
        companion: &CompanionTable,
        domain: &FederatedDomain,
        scope: &Scope,
    ) -> Result<bool, Error> {
        let sql = format!(
            "SELECT COUNT(*) AS found FROM {} WHERE LOWER({}) = {}",
            companion.table,
            companion.domain_column,
            quoted(&domain.domain_name.as_str().to_ascii_lowercase())
        );
        let rows = self.axl.query(&sql, scope).await?;
        Ok(rows
            .first()
            .and_then(|row| row.single())
            .is_some_and(|count| !matches!(count.trim(), "" | "0")))
    }
}
