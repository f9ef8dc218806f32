//! The settings of a cluster that federation depends on, wherever the profile says they are kept.

use tokio::sync::Mutex;
use tokio::time::Instant;

use super::Shared;
use super::contact::within;
use super::store::SNAPSHOT_LIFE;
use crate::axl::Row;
use crate::profile::Setting;
use crate::sql::quoted;
use crate::{Error, Scope};

/// The settings of a cluster that federation depends on. `None` is *unknown*: the profile does not say where the
/// setting is kept, or what is kept there is not understood.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct FederationSettings {
    /// The cluster's own SIP proxy domain, which no federated domain may have.
    pub proxy_domain: Option<String>,
    /// *Enable use of Email Address for Federation*: not supported beside federation through Microsoft servers.
    pub email_address_for_federation: Option<bool>,
    /// *Partitioned Intradomain Federation*.
    pub partitioned_federation: Option<bool>,
    /// The subjects of the TLS peers, sorted: the next hop of a TLS route must be among them.
    pub tls_peer_subjects: Option<Vec<String>>,
}

/// The settings as they were last read, and when.
#[derive(Debug, Default)]
pub(super) struct SettingsCell(Mutex<Option<(Instant, FederationSettings)>>);

impl Shared {
    /// Reads the settings, each with one request. Those who ask at the same time share one reading, which
    /// serves as long as a snapshot does.
    pub(super) async fn federation_settings(
        &self,
        scope: &Scope,
    ) -> Result<FederationSettings, Error> {
        let mut kept = within(scope, self.settings.0.lock()).await?;
        if let Some((at, settings)) = &*kept
            && at.elapsed() < SNAPSHOT_LIFE
        {
            return Ok(settings.clone());
        }
        self.contact(scope).await?;
        let places = &self.profile.settings;
        let settings = FederationSettings {
            proxy_domain: only(self.values(places.proxy_domain.as_ref(), scope).await?),
            email_address_for_federation: switch(
                self.values(places.email_address_for_federation.as_ref(), scope)
                    .await?,
            ),
            partitioned_federation: switch(
                self.values(places.partitioned_federation.as_ref(), scope)
                    .await?,
            ),
            tls_peer_subjects: self
                .values(places.tls_peer_subjects.as_ref(), scope)
                .await?
                .map(sorted),
        };
        *kept = Some((Instant::now(), settings.clone()));
        Ok(settings)
    }

    /// Every value that is kept in a place; `None` where the profile does not name it.
    async fn values(
        &self,
        place: Option<&Setting>,
        scope: &Scope,
    ) -> Result<Option<Vec<String>>, Error> {
        let Some(place) = place else {
            return Ok(None);
        };
        let rows = self.axl.query(&place.select(), scope).await?;
        let value = |row: &Row| Some(row.get(place.column.as_str())?.trim().to_owned());
        let mut values: Vec<String> = rows.iter().filter_map(value).collect();
        values.retain(|value| !value.is_empty());
        Ok(Some(values))
    }
}

impl Setting {
    fn select(&self) -> String {
        let conditions: Vec<String> = self
            .condition
            .iter()
            .map(|(column, value)| format!("{column} = {}", quoted(value)))
            .collect();
        let condition = if conditions.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", conditions.join(" AND "))
        };
        format!("SELECT {} FROM {}{condition}", self.column, self.table)
    }
}

/// The one value that all rows agree on.
fn only(values: Option<Vec<String>>) -> Option<String> {
    let mut values = values?;
    values.dedup();
    match values.len() {
        1 => values.pop(),
        _ => None,
    }
}

fn switch(values: Option<Vec<String>>) -> Option<bool> {
    match only(values)?.to_ascii_lowercase().as_str() {
        "t" | "true" | "1" => Some(true),
        "f" | "false" | "0" => Some(false),
        _ => None,
    }
}

fn sorted(mut values: Vec<String>) -> Vec<String> {
    values.sort_unstable();
    values.dedup();
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn a_switch_is_on_off_or_unknown() {
        for (texts, expected) in [
            (&["t"][..], Some(true)),
            (&["True", "True"], Some(true)),
            (&["1"], Some(true)),
            (&["f"], Some(false)),
            (&["0"], Some(false)),
            (&["maybe"], None),
            (&["t", "f"], None),
            (&[], None),
        ] {
            assert_eq!(switch(Some(values(texts))), expected, "{texts:?}");
        }
        assert_eq!(switch(None), None);
    }

    #[test]
    fn texts_that_contradict_each_other_are_unknown() {
        assert_eq!(only(Some(values(&["a.com"]))), Some("a.com".to_owned()));
        assert_eq!(only(Some(values(&["a.com", "b.com"]))), None);
    }
}
