//! What can stand in the way of a create, update or delete, and what the user is told of it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use imp_publisher::Stored;
use imp_publisher::domain::{DomainName, Pkid, StaticRoute};

use super::domains::name_key;
use crate::coordination::Obstacle;

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
    KeyTaken {
        /// What a person calls such a row.
        name: &'static str,
        /// The resource type that manages such rows.
        type_name: &'static str,
        /// The key.
        key: String,
        /// What an import takes.
        import_id: String,
        /// The other row.
        pkid: Pkid,
        /// The id of the object in the state that holds the other row, where this process has seen one.
        holder: Option<String>,
    },
}

/// What to do where a row is in its own way.
const OWN_ROW: &str = "If it is the row of this very resource, it cannot be created anew before it is \
                       destroyed: remove `create_before_destroy` from the resource, and from what depends on \
                       it.";

/// The key that the end of a row, or of its natural key, releases.
pub(crate) fn row_key(pkid: &Pkid) -> String {
    format!("row:{pkid}")
}

impl Obstacle for Blocked {
    fn keys(&self) -> BTreeSet<String> {
        match self {
            Self::RoutesRemain { routes, .. } => {
                routes.iter().map(|route| row_key(&route.pkid)).collect()
            }
            Self::DomainMissing { domain } => BTreeSet::from([name_key(domain)]),
            Self::KeyTaken { pkid, .. } => BTreeSet::from([row_key(pkid)]),
        }
    }
}

impl Blocked {
    /// One line for the head of the message.
    pub(crate) fn summary(&self) -> String {
        match self {
            Self::RoutesRemain { domain, .. } => {
                format!("Static routes of {domain} must be deleted first")
            }
            Self::DomainMissing { domain } => {
                format!("The SIP federated domain {domain} does not exist")
            }
            Self::KeyTaken { name, key, .. } => format!("A {name} {key} already exists"),
        }
    }

    /// What was found on the publisher, and what to write.
    pub(crate) fn detail(&self, publisher: &str) -> String {
        match self {
            Self::RoutesRemain { domain, routes } => routes_remain(publisher, domain, routes),
            Self::DomainMissing { domain } => format!(
                "Publisher {publisher:?} has no SIP federated domain for the route to {domain}, and nothing \
                 under way in this run was creating one. Refer to the domain's resource, so that Terraform \
                 creates it first:\n\n  domain = imp_sip_federation_domain.NAME.domain_name\n\nTo make a \
                 route without a SIP federated domain, write `destination_pattern` instead of `domain`. If \
                 this run created the domain meanwhile, simply run it again.",
            ),
            Self::KeyTaken {
                holder: Some(holder),
                name,
                pkid,
                ..
            } => format!(
                "On publisher {publisher:?} that {name} (pkid {pkid}) belongs to the object {holder} of this \
                 configuration, and nothing under way in this run was giving it up; nothing was changed. \
                 Where objects swap their values, go through a free value first, in two applies. {OWN_ROW} \
                 If this run gave it up meanwhile, simply run it again.",
            ),
            Self::KeyTaken {
                name,
                type_name,
                import_id,
                pkid,
                ..
            } => format!(
                "Publisher {publisher:?} already has that {name}, with the pkid {pkid}; nothing was changed. \
                 If no resource manages it yet, import it:\n\n  import {{\n    to = {type_name}.NAME\n    \
                 id = {import_id:?}\n  }}\n\n{OWN_ROW} If this run took it away from another resource \
                 meanwhile, as after a renaming, simply run it again.",
            ),
        }
    }
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
