//! Validating and planning a SIP federated domain.

use imp_publisher::domain::IntegrationType;
use tfplugin_framework::{Diagnostic, Diagnostics, Field, Plan};

use super::delete::plan_force_destroy;
use super::model::{Model, id};
use crate::fleet::{Fleet, FleetCell};
use crate::resources::fields::in_prior_spelling;
use crate::resources::object::{Object, asked, finish_plan};
use crate::resources::placement;
use crate::rules::{PlannedDomain, check_domain, remind_of_restart};

const AOL: &str = IntegrationType::Aol.as_str();

/// Rules between attributes.
pub(super) fn validate(config: &Model, diagnostics: &mut Diagnostics) {
    if config.integration_type.is(AOL) && config.direct_federation.is(&true) {
        diagnostics.push(
            Diagnostic::error("Direct federation is for Microsoft servers")
                .detail(
                    "A domain of the integration type \"aol\" is not reached through the company's own \
                     Microsoft servers. Remove `direct_federation`, or write `integration_type = \
                     \"ocs_lync\"`.",
                )
                .at("direct_federation"),
        );
    }
}

/// What Cisco's rules say of the planned domain.
async fn check_rules(fleet: &Fleet, plan: &mut Plan<Model>) -> Result<(), Diagnostics> {
    let Some(planned) = plan.planned.clone() else {
        return Ok(());
    };
    let selection = fleet.select(planned.publisher.as_str().unwrap_or_default());
    let Some(cluster) = selection.cluster() else {
        return Ok(());
    };
    let asked = asked(fleet, cluster, plan, &planned).await?;
    if let Some(name) = planned.key() {
        let domain = PlannedDomain {
            name,
            is_microsoft: planned
                .integration_type
                .is(IntegrationType::OcsLync.as_str()),
            is_direct: planned.direct_federation.is(&true),
        };
        cluster.domains_planned.note(domain.clone());
        check_domain(&asked, &domain, &mut plan.diagnostics).await;
    }
    let diagnostics = &mut plan.diagnostics;
    remind_of_restart(fleet, cluster, &plan.private, diagnostics, &asked.scope).await
}

/// Plans everything but the pkid, so that a reviewer sees it.
pub(super) async fn plan(cell: &FleetCell, plan: &mut Plan<Model>) -> Result<(), Diagnostics> {
    let fleet = placement::fleet(cell)?;
    if let (Some(config), Some(planned)) = (&plan.config, &mut plan.planned) {
        let prior = plan.prior.as_ref();
        planned.publisher = placement::planned(
            &fleet,
            &config.publisher,
            prior.map(|prior| &prior.publisher),
        )?;
        if config.direct_federation.is_null() {
            planned.direct_federation = planned
                .integration_type
                .as_ref()
                .map(|integration_type| integration_type != AOL);
        }
        planned.id = match id(&planned.publisher, &planned.domain_name) {
            Some(id) => in_prior_spelling(prior.map(|prior| &prior.id), id),
            None => Field::Unknown,
        };
        plan.require_replace("direct_federation");
    }
    finish_plan(&fleet, plan).await?;
    check_rules(&fleet, plan).await?;
    if plan.planned.is_none()
        && let Some(prior) = plan.prior.clone()
        && prior.force_destroy.is(&true)
    {
        let name = prior.publisher.as_str().unwrap_or_default();
        if let Some(cluster) = fleet.select(name).cluster() {
            plan_force_destroy(cluster, &prior, plan).await?;
        }
    }
    Ok(())
}
