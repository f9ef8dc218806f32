//! What can be said before anything is restarted.

use tfplugin_framework::action::ActionPlan;
use tfplugin_framework::{Diagnostic, Diagnostics, Field};

use super::ROUTER;
use super::model::Model;
use super::outcome::Outcome;
use super::run::all_known;
use crate::data_sources::filters::scope;
use crate::diagnostics::explain;
use crate::fleet::{FleetCell, Selection};
use crate::nodes::installed;
use crate::resources::placement;

/// A confirmation of another name than the one beside it.
pub(super) fn validate(config: &Model, diagnostics: &mut Diagnostics) {
    if let Some(name) = config.publisher.as_str() {
        diagnostics.capture(confirmed(&config.confirm, name));
    }
}

/// The confirmation must be the name of the publisher; an unknown one may still turn out to be.
pub(super) fn confirmed(confirm: &Field<String>, name: &str) -> Result<(), Diagnostics> {
    match confirm.as_str() {
        Some(text) if text != name => Err(Diagnostic::error("The restart is not confirmed")
            .detail(format!(
                "`confirm` is {text:?}, and the publisher is {name:?}. A restart of {ROUTER} is an outage for the \
                 users of the whole cluster: write `confirm = {name:?}` if this is the cluster that is meant."
            ))
            .at("confirm")
            .into()),
        _ => Ok(()),
    }
}

/// Says what will happen to whom.
pub(super) async fn plan(
    cell: &FleetCell,
    plan: &mut ActionPlan<Model>,
) -> Result<(), Diagnostics> {
    let fleet = placement::fleet(cell)?;
    let name = placement::planned(&fleet, &plan.config.publisher, None)?;
    let Some(name) = name.as_str() else {
        return Ok(());
    };
    confirmed(&plan.config.confirm, name)?;
    if matches!(fleet.select(name), Selection::NotYetKnown) {
        return Ok(());
    }
    let cluster = placement::cluster(cell, &Field::from(name))?;
    if cluster.publisher.is_read_only() {
        return Err(explain(
            &imp_publisher::Error::ReadOnly,
            "Unable to restart services",
        )
        .into());
    }
    let nodes = installed(&cluster.publisher, &scope(&plan.context))
        .await
        .map_err(|error| explain(&error, "Unable to read the nodes of the cluster"))?;
    let wanted = plan.config.wanted();
    all_known(&wanted, &plan.config.addresses()?, &nodes)
        .map_err(|problem| Outcome::default().failed(&problem))?;
    let names: Vec<&str> = nodes
        .iter()
        .map(|node| node.name.as_str())
        .filter(|name| wanted.as_ref().is_none_or(|wanted| wanted.contains(name)))
        .collect();
    let where_and_how = match names[..] {
        [name] => name.to_owned(),
        _ => format!("{}, one node after the other", names.join(", ")),
    };
    plan.diagnostics.push(
        Diagnostic::warning(format!("An outage of cluster {name}"))
            .detail(format!(
                "{ROUTER} will be restarted on {where_and_how}. All XCP services of a node restart \
                 with it, and its users lose presence and messages meanwhile. Where high availability is on, an \
                 outage that is longer than the Critical Service Down Delay (90 seconds by default) may start a \
                 failover."
            ))
            .at("publisher"),
    );
    Ok(())
}
