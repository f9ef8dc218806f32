//! Creating a static route: after its domain, where it names one.

use imp_publisher::domain::{DestinationPattern, DomainName};
use imp_publisher::{Error, Freshness, Scope};
use tfplugin_framework::timeouts::Operation;
use tfplugin_framework::{Create, Diagnostics};
use tokio::time::Instant;

use super::model::Model;
use crate::fleet::{Cluster, FleetCell};
use crate::resources::fields::optional;
use crate::resources::{object, placement, time_limits};
use crate::rows::Blocked;

pub(super) async fn create(
    cell: &FleetCell,
    create: &mut Create<Model>,
) -> Result<(), Diagnostics> {
    let cluster = placement::cluster(cell, &create.plan.publisher)?;
    // A bare pattern asks for no domain; a domain that was only planned from the pattern does not count.
    let domain: Option<DomainName> = optional(&create.config.domain, "domain")?;
    let scope = Scope {
        deadline: Instant::now() + time_limits::of(&create.plan.timeouts, Operation::Create),
        cancellation: create.context.cancellation.clone(),
    };
    object::create(&cluster, create, || async {
        match &domain {
            Some(domain) => missing_domain(&cluster, domain, &scope).await,
            None => Ok(None),
        }
    })
    .await?;
    Ok(())
}

/// The domain, while the publisher has no federated domain that the route would belong to.
async fn missing_domain(
    cluster: &Cluster,
    domain: &DomainName,
    scope: &Scope,
) -> Result<Option<Blocked>, Error> {
    // Read afresh: another process may have deleted the domain since the last reading.
    let domains = cluster.publisher.domains(Freshness::Fresh, scope).await?;
    let names = domains.rows().iter().map(|row| &row.value.domain_name);
    if DestinationPattern::from_domain(domain)
        .owner(names)
        .is_some()
    {
        return Ok(None);
    }
    Ok(Some(Blocked::DomainMissing {
        domain: domain.clone(),
    }))
}
