//! Static routes as rows.

use imp_federation_rules::{ROUTE_EXISTS, Rule};
use imp_publisher::domain::{Pkid, RouteKey, StaticRoute};
use imp_publisher::{Deletion, Error, Freshness, Publisher, Scope, Stored};

use super::{Blocked, Found, Row, pattern_key};
use crate::coordination::Sightings;
use crate::fleet::Cluster;

impl Row for StaticRoute {
    type Key = RouteKey;

    const NAME: &'static str = "static route";

    const TYPE_NAME: &'static str = "imp_static_route";

    fn key(&self) -> RouteKey {
        StaticRoute::key(self)
    }

    fn is_replaced_by(&self, other: &Self) -> bool {
        self.destination_pattern != other.destination_pattern
    }

    const NEEDS_RESTART: bool = false;

    fn in_the_way(_stored: &Stored<Self>) -> &'static Rule {
        &ROUTE_EXISTS
    }

    async fn crowded(
        cluster: &Cluster,
        freshness: Freshness,
        own: Option<&Pkid>,
        key: &RouteKey,
        scope: &Scope,
    ) -> Result<Option<Blocked>, Error> {
        let pattern = &key.destination_pattern;
        let routes = cluster.publisher.routes(freshness, scope).await?;
        let others = routes
            .rows()
            .iter()
            .filter(|row| own != Some(&row.pkid) && row.value.destination_pattern == *pattern);
        let is_full = others.count() >= Self::MAX_PER_PATTERN;
        Ok(is_full.then(|| Blocked::PatternFull {
            pattern: pattern.clone(),
        }))
    }

    fn released_with(key: &RouteKey) -> Option<String> {
        Some(pattern_key(&key.destination_pattern))
    }

    fn seen(cluster: &Cluster) -> &Sightings {
        &cluster.routes_seen
    }

    async fn look_up(
        publisher: &Publisher,
        freshness: Freshness,
        pkid: Option<&Pkid>,
        key: Option<&RouteKey>,
        scope: &Scope,
    ) -> Result<Found<Self>, Error> {
        let table = publisher.routes(freshness, scope).await?;
        Ok(Found {
            by_pkid: pkid.and_then(|pkid| table.by_pkid(pkid)).cloned(),
            by_key: key.and_then(|key| table.by_key(key)).cloned(),
        })
    }

    async fn look_up_directly(
        publisher: &Publisher,
        pkid: Option<&Pkid>,
        key: Option<&RouteKey>,
        scope: &Scope,
    ) -> Result<Found<Self>, Error> {
        let rows = publisher.find_route(pkid, key, scope).await?;
        Ok(Found::among(&rows, pkid, key))
    }

    async fn create(
        &self,
        publisher: &Publisher,
        pkid: &Pkid,
        scope: &Scope,
    ) -> Result<Stored<Self>, Error> {
        publisher.create_route(pkid, self, scope).await
    }

    async fn update(
        &self,
        publisher: &Publisher,
        pkid: &Pkid,
        prior: &Self,
        scope: &Scope,
    ) -> Result<Stored<Self>, Error> {
        publisher.update_route(pkid, prior, self, scope).await
    }

    async fn delete(publisher: &Publisher, pkid: &Pkid, scope: &Scope) -> Result<Deletion, Error> {
        publisher.delete_route(pkid, scope).await
    }
}
