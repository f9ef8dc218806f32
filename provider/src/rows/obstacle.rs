//! What can stand in the way of a create, update or delete, and what the user is told of it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use imp_publisher::Stored;
use imp_publisher::domain::{DestinationPattern, DomainName, Pkid, StaticRoute};
use tfplugin_framework::Diagnostic;

use super::domains::name_key;
use crate::coordination::Obstacle;
use crate::rules::{Existing, full_pattern_at_apply};

/// What stands in the way of an operation.
#[derive(Clone, Debug)]
pub(crate) enum Blocked {
    /// A domain is to be deleted while routes of it are left.
    RoutesRemain {
        /// The domain.
        domain: DomainName,
        /// Its routes.
        routes: Vec<Stored<StaticRoute>>,
    },
    /// A route is to be created before its domain.
    DomainMissing {
        /// The domain that the route names.
        domain: DomainName,
    },
    /// Another row has the natural key.
    KeyTaken(Existing),
    /// A static route is to be created, and its pattern has as many as it may have.
    PatternFull {
        /// The pattern.
        pattern: DestinationPattern,
    },
}

/// The key that the end of a row, or of its natural key, releases.
pub(crate) fn row_key(pkid: &Pkid) -> String {
    format!("row:{pkid}")
}

/// The key that the end of a static route with this pattern releases.
pub(crate) fn pattern_key(pattern: &DestinationPattern) -> String {
    format!("pattern:{}", pattern.as_str().to_ascii_lowercase())
}

impl Obstacle for Blocked {
    fn keys(&self) -> BTreeSet<String> {
        match self {
            Self::RoutesRemain { routes, .. } => {
                routes.iter().map(|route| row_key(&route.pkid)).collect()
            }
            Self::DomainMissing { domain } => BTreeSet::from([name_key(domain)]),
            Self::KeyTaken(existing) => BTreeSet::from([row_key(&existing.pkid)]),
            Self::PatternFull { pattern } => BTreeSet::from([pattern_key(pattern)]),
        }
    }
}

impl Blocked {
    /// What was found on the publisher, and what to write. `why` is added at the end.
    pub(crate) fn diagnostic(&self, publisher: &str, why: &str) -> Diagnostic {
        match self {
            Self::RoutesRemain { domain, routes } => {
                Diagnostic::error(format!("Static routes of {domain} must be deleted first"))
                    .detail(routes_remain(publisher, domain, routes) + why)
            }
            Self::DomainMissing { domain } => {
                Diagnostic::error(format!("The SIP federated domain {domain} does not exist"))
                    .detail(domain_missing(publisher, domain) + why)
            }
            Self::KeyTaken(existing) => existing.at_apply(why),
            Self::PatternFull { pattern } => full_pattern_at_apply(publisher, pattern, why),
        }
    }
}

fn domain_missing(publisher: &str, domain: &DomainName) -> String {
    format!(
        "Publisher {publisher:?} has no SIP federated domain for the route to {domain}, and nothing under way in this \
         run was creating one. Refer to the domain's resource, so that Terraform creates it first:\n\n  domain = \
         imp_sip_federation_domain.NAME.domain_name\n\nTo make a route without a SIP federated domain, write \
         `destination_pattern` instead of `domain`. If this run created the domain meanwhile, simply run it again."
    )
}

fn routes_remain(publisher: &str, domain: &DomainName, routes: &[Stored<StaticRoute>]) -> String {
    let mut text = format!("Publisher {publisher:?} still has these static routes of {domain}:\n");
    for route in routes {
        let _ = write!(text, "\n  {} (pkid {})", route.value.key(), route.pkid);
    }
    text.push_str(
        "\n\nNothing was changed. A domain is deleted after its routes. Where the routes are resources, let \
         each refer to its domain, and be replaced with it:\n\n  domain = \
         imp_sip_federation_domain.NAME.domain_name\n\n  lifecycle {\n    replace_triggered_by = \
         [imp_sip_federation_domain.NAME.pkid]\n  }\n\nWhere nobody manages them any more, set `force_destroy \
         = true` on the domain, apply that, and destroy it then. If this run deleted the routes meanwhile, \
         simply run it again.",
    );
    text
}
