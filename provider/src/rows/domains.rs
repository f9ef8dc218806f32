//! Federated domains as rows.

use imp_federation_rules::{DOMAIN_EXISTS, LEARNED_DOMAIN, Rule, XMPP_DOMAIN};
use imp_publisher::domain::{DomainName, FederatedDomain, IntegrationType, Pkid};
use imp_publisher::{Deletion, Error, Freshness, Publisher, Scope, Stored};

use super::{Found, Row};
use crate::coordination::Sightings;
use crate::fleet::Cluster;

/// The key that the creation of a domain releases.
pub(crate) fn name_key(domain: &DomainName) -> String {
    format!("domain:{}", domain.as_str().to_ascii_lowercase())
}

impl Row for FederatedDomain {
    type Key = DomainName;

    const NAME: &'static str = "SIP federated domain";

    const TYPE_NAME: &'static str = "imp_sip_federation_domain";

    fn key(&self) -> DomainName {
        self.domain_name.clone()
    }

    fn is_replaced_by(&self, other: &Self) -> bool {
        self.domain_name != other.domain_name
            || self.integration_type != other.integration_type
            || self.direct_federation != other.direct_federation
    }

    fn unmanageable(stored: &Stored<Self>) -> Option<&'static str> {
        if stored.system_owned {
            Some("was learned by the publisher itself, which may change or remove it at any time")
        } else if stored.value.integration_type == IntegrationType::Xmpp {
            Some("is federated over XMPP, which other administration pages are for")
        } else {
            None
        }
    }

    const NEEDS_RESTART: bool = true;

    fn in_the_way(stored: &Stored<Self>) -> &'static Rule {
        if stored.value.integration_type == IntegrationType::Xmpp {
            &XMPP_DOMAIN
        } else if stored.system_owned {
            &LEARNED_DOMAIN
        } else {
            &DOMAIN_EXISTS
        }
    }

    fn seen(cluster: &Cluster) -> &Sightings {
        &cluster.domains_seen
    }

    async fn look_up(
        publisher: &Publisher,
        freshness: Freshness,
        pkid: Option<&Pkid>,
        key: Option<&DomainName>,
        scope: &Scope,
    ) -> Result<Found<Self>, Error> {
        let table = publisher.domains(freshness, scope).await?;
        Ok(Found {
            by_pkid: pkid.and_then(|pkid| table.by_pkid(pkid)).cloned(),
            by_key: key.and_then(|name| table.by_key(name)).cloned(),
        })
    }

    async fn look_up_directly(
        publisher: &Publisher,
        pkid: Option<&Pkid>,
        key: Option<&DomainName>,
        scope: &Scope,
    ) -> Result<Found<Self>, Error> {
        let rows = publisher.find_domain(pkid, key, scope).await?;
        Ok(Found::among(&rows, pkid, key))
    }

    async fn create(
        &self,
        publisher: &Publisher,
        pkid: &Pkid,
        scope: &Scope,
    ) -> Result<Stored<Self>, Error> {
        publisher.create_domain(pkid, self, scope).await
    }

    async fn update(
        &self,
        publisher: &Publisher,
        pkid: &Pkid,
        prior: &Self,
        scope: &Scope,
    ) -> Result<Stored<Self>, Error> {
        publisher.update_domain(pkid, prior, self, scope).await
    }

    async fn delete(publisher: &Publisher, pkid: &Pkid, scope: &Scope) -> Result<Deletion, Error> {
        publisher.delete_domain(pkid, scope).await
    }
}
