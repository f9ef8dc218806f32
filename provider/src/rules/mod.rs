//! Cisco's rules for federation, as the provider tells them while it validates, plans and applies.
//!
//! Each rule is a small function here; its code, its page and the reason for it are in the crate
//! `imp-federation-rules`. This room knows domains, routes and what publishers say, and no attributes of resources but
//! the names that a diagnostic points at.
//!
//! What holds for all of them: only publishers that the run uses are asked; what a publisher says is an error only
//! where the object is created or changed, and then never because of the object's own row; nothing here has a say in a
//! destroy.

mod change;
mod domains;
mod existing;
mod provider;
mod restart;
mod routes;
#[cfg(test)]
mod tests;

use std::fmt::Display;

use imp_federation_rules::Rule;
use tfplugin_framework::Diagnostic;

pub(crate) use change::{Asked, Change};
pub(crate) use domains::{PlannedDomain, PlannedDomains, ThroughMicrosoft, check_domain};
pub(crate) use existing::{Existing, full_pattern_at_apply, full_pattern_at_plan, refusal};
pub(crate) use provider::certificates_not_verified;
pub(crate) use restart::{LastWrite, note_restart, note_write, remind_of_restart, warn_of_restart};
pub(crate) use routes::{PlannedRoute, check_route, load_balancer, other_transport, srv_port};

/// An error by a rule.
pub(crate) fn error(rule: &Rule, summary: impl Display, detail: impl Display) -> Diagnostic {
    Diagnostic::error(rule.heading(summary)).detail(with_page(rule, detail))
}

/// A warning by a rule.
pub(crate) fn warning(rule: &Rule, summary: impl Display, detail: impl Display) -> Diagnostic {
    Diagnostic::warning(rule.heading(summary)).detail(with_page(rule, detail))
}

fn with_page(rule: &Rule, detail: impl Display) -> String {
    format!("{detail}\n\nMore about {}: {}", rule.code, rule.url())
}
