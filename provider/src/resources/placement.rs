//! On which publisher an object is, or will be.

use std::sync::Arc;

use tfplugin_framework::{Diagnostic, Diagnostics, Field};

use crate::fleet::{Cluster, Fleet, FleetCell, Selection};

/// The planned `publisher`: what is configured, else the only publisher there is, else what the state says.
pub(crate) fn planned(
    fleet: &Fleet,
    config: &Field<String>,
    prior: Option<&Field<String>>,
) -> Result<Field<String>, Diagnostics> {
    if !config.is_null() {
        return Ok(config.clone());
    }
    match fleet.names().as_deref() {
        Some([only]) => Ok(Field::Known((*only).to_owned())),
        None => Ok(prior.cloned().unwrap_or(Field::Unknown)),
        Some(names) => Err(Diagnostic::error("Missing publisher")
            .detail(format!(
                "The provider is configured with {} publishers. Write `publisher` with one of {}.",
                names.len(),
                listed(names)
            ))
            .at("publisher")
            .into()),
    }
}

/// The publishers of this process, which are configured by the time that anything is read or written.
pub(crate) fn fleet(cell: &FleetCell) -> Result<Arc<Fleet>, Diagnostics> {
    cell.get().ok_or_else(|| {
        Diagnostic::error("The provider is not configured")
            .detail("Terraform asked for an object before it configured the provider.")
            .into()
    })
}

/// The publisher of an object that is about to be written.
pub(crate) fn cluster(
    cell: &FleetCell,
    publisher: &Field<String>,
) -> Result<Arc<Cluster>, Diagnostics> {
    let fleet = fleet(cell)?;
    let name = publisher.as_str().unwrap_or_default();
    match fleet.select(name) {
        Selection::Managed(cluster) => Ok(cluster),
        Selection::Unmanaged => Err(unmanaged(name)),
        Selection::NotYetKnown => Err(Diagnostic::error("The publisher is not known yet")
            .detail(format!(
                "The configuration of publisher {name:?} depends on values that are not known."
            ))
            .at("publisher")
            .into()),
        Selection::NotConfigured => Err(not_configured(&fleet, name)),
    }
}

/// An object is to be changed on a publisher that the configuration does not name.
pub(crate) fn not_configured(fleet: &Fleet, name: &str) -> Diagnostics {
    let names = fleet.names().unwrap_or_default();
    Diagnostic::error("Unknown publisher")
        .detail(format!(
            "The provider's `publishers` has no entry {name:?}; it has {}. Write one of these, or add the \
             entry. To remove objects together with their publisher, destroy the objects first, or take \
             them out of the state with a `removed` block.",
            listed(&names)
        ))
        .at("publisher")
        .into()
}

/// An object is to be changed on a publisher that is frozen.
pub(crate) fn unmanaged(name: &str) -> Diagnostics {
    Diagnostic::error("The publisher is not managed")
        .detail(format!(
            "Publisher {name:?} has `managed = false`, so that nothing on it is changed. Undo the change to \
             this object, or set `managed = true`."
        ))
        .at("publisher")
        .into()
}

fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    quoted.join(", ")
}
