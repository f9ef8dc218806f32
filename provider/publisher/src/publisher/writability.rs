//! Whether this client may write at all.

use std::collections::BTreeSet;

use super::Shared;
use super::contact::Contact;
use crate::profile::Catalogue;
use crate::sql::quoted_list;
use crate::{Error, Scope};

impl Shared {
    /// Asked before the first write, and answered the same ever after.
    pub(super) async fn check_writable(&self, scope: &Scope) -> Result<(), Error> {
        if self.read_only {
            return Err(Error::ReadOnly);
        }
        if !self.profile.is_verified() && !self.allow_unverified_profile {
            // The profile may not fit at all, which is the better thing to say.
            self.contact(scope).await?;
            return Err(Error::ProfileUnverified {
                profile: self.profile.name.clone(),
            });
        }
        let contact = self.contact(scope).await?;
        self.writable
            .get_or_try_init(|| async {
                let with_default = self.columns_with_default(scope).await?;
                Ok(self.judge(&contact, &with_default))
            })
            .await?
            .clone()
    }

    fn judge(
        &self,
        contact: &Contact,
        with_default: &BTreeSet<(String, String)>,
    ) -> Result<(), Error> {
        let mut problems = contact.catalogue.unfilled(&self.profile, with_default);
        if let Some(verification) = self
            .profile
            .verification
            .as_ref()
            .filter(|_| !self.allow_unverified_profile)
        {
            let release = self.profile.release.as_deref().unwrap_or_default();
            if release != contact.release {
                problems.push(format!(
                    "it was verified for the release {release:?}, and this publisher runs {:?}",
                    contact.release
                ));
            }
            let fingerprint = contact.catalogue.fingerprint();
            if verification.catalogue_fingerprint != fingerprint {
                problems.push(format!(
                    "the tables are not as they were when it was verified: their fingerprint is {fingerprint}"
                ));
            }
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(self.mismatch(problems))
        }
    }

    async fn columns_with_default(
        &self,
        scope: &Scope,
    ) -> Result<BTreeSet<(String, String)>, Error> {
        let tables = Catalogue::tables(&self.profile);
        let sql = format!(
            "SELECT t.tabname, c.colname FROM systables t, syscolumns c, sysdefaults d WHERE t.tabid = c.tabid \
             AND c.tabid = d.tabid AND c.colno = d.colno AND t.tabname IN ({})",
            quoted_list(tables.iter().map(|table| table.as_str()))
        );
        let rows = self.axl.query(&sql, scope).await?;
        Ok(rows
            .iter()
            .filter_map(|row| {
                let text = |column| row.get(column).map(|text| text.trim().to_owned());
                Some((text("tabname")?, text("colname")?))
            })
            .collect())
    }
}
