//! What data sources and list resources share: choosing publishers and rows.

use std::sync::Arc;

use imp_publisher::domain::{DomainName, NextHop, StaticRoute};
use imp_publisher::{Scope, Stored};
use tfplugin_framework::validators::parses_as;
use tfplugin_framework::{Attribute, Diagnostics, Field, RequestContext};

use crate::fleet::{Cluster, FleetCell};
use crate::resources::fields::optional;
use crate::resources::{placement, time_limits};

/// The attribute `publisher` of a data source that reads one publisher.
pub(crate) fn one_publisher() -> Attribute {
    Attribute::string().optional().computed().describe(
        "The name of the publisher in the provider's `publishers`. May be left out where there is only one.",
    )
}

/// The attribute `publisher` of a data source that reads any number of publishers.
pub(crate) fn any_publisher() -> Attribute {
    Attribute::string()
        .optional()
        .describe("Only of the publisher with this name. All managed ones where it is left out.")
}

/// The attributes with which routes are searched for.
pub(crate) fn route_search() -> [(&'static str, Attribute); 4] {
    let text = || Attribute::string().optional();
    [
        ("publisher", any_publisher()),
        (
            "domain",
            text()
                .validate(parses_as::<DomainName>())
                .describe("Only routes whose pattern lies within this domain."),
        ),
        (
            "pattern_prefix",
            text().describe("Only routes whose pattern begins with this, in any case."),
        ),
        (
            "next_hop",
            text()
                .validate(parses_as::<NextHop>())
                .describe("Only routes to this next hop."),
        ),
    ]
}

/// The attribute that lets rows of the publisher's own in.
pub(crate) fn include_system_owned() -> Attribute {
    Attribute::bool().optional().describe(
        "Whether to include what the publisher looks after itself: the predefined route `.*` and domains \
         learned by open federation. `false` by default.",
    )
}

/// The one publisher that a data source reads.
pub(crate) fn cluster(
    cell: &FleetCell,
    publisher: &Field<String>,
) -> Result<Arc<Cluster>, Diagnostics> {
    let fleet = placement::fleet(cell)?;
    let name = placement::planned(&fleet, publisher, None)?;
    placement::cluster(cell, &name)
}

/// Every publisher that a data source reads.
pub(crate) fn clusters(
    cell: &FleetCell,
    publisher: &Field<String>,
) -> Result<Vec<Arc<Cluster>>, Diagnostics> {
    if !publisher.is_null() {
        return Ok(vec![placement::cluster(cell, publisher)?]);
    }
    Ok(placement::fleet(cell)?.managed())
}

/// The limits of a reading.
pub(crate) fn scope(context: &RequestContext) -> Scope {
    time_limits::reading(&Field::Null, context)
}

/// Which routes are wanted.
pub(crate) struct RouteFilter {
    domain: Option<DomainName>,
    pattern_prefix: Option<String>,
    next_hop: Option<NextHop>,
    include_system_owned: bool,
}

impl RouteFilter {
    /// What the attributes of these names ask for.
    pub(crate) fn new(
        domain: &Field<String>,
        pattern_prefix: &Field<String>,
        next_hop: &Field<String>,
        include_system_owned: Field<bool>,
    ) -> Result<Self, Diagnostics> {
        Ok(Self {
            domain: optional(domain, "domain")?,
            pattern_prefix: pattern_prefix.as_str().map(str::to_ascii_lowercase),
            next_hop: optional(next_hop, "next_hop")?,
            include_system_owned: include_system_owned.is(&true),
        })
    }

    /// The wanted routes, by pattern and priority.
    pub(crate) fn sorted<'a>(
        &self,
        rows: &'a [Stored<StaticRoute>],
    ) -> Vec<&'a Stored<StaticRoute>> {
        let mut wanted: Vec<_> = rows.iter().filter(|row| self.takes(row)).collect();
        wanted.sort_by_cached_key(|row| {
            let pattern = row.value.destination_pattern.as_str().to_ascii_lowercase();
            (pattern, row.value.priority, row.pkid.clone())
        });
        wanted
    }

    fn takes(&self, row: &Stored<StaticRoute>) -> bool {
        let route = &row.value;
        let within =
            |domain: &DomainName| route.destination_pattern.labels_within(domain).is_some();
        let begins = |prefix: &String| {
            let pattern = route.destination_pattern.as_str().to_ascii_lowercase();
            pattern.starts_with(prefix.as_str())
        };
        (self.include_system_owned || !row.system_owned)
            && self.domain.as_ref().is_none_or(within)
            && self.pattern_prefix.as_ref().is_none_or(begins)
            && self
                .next_hop
                .as_ref()
                .is_none_or(|hop| route.next_hop == *hop)
    }
}
