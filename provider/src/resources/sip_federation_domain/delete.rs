//! Deleting a SIP federated domain: after its routes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use imp_publisher::domain::{DomainName, Pkid, StaticRoute};
use imp_publisher::{Error, Freshness, Scope, Stored};
use tfplugin_framework::timeouts::Operation;
use tfplugin_framework::{Delete, Diagnostic, Diagnostics, Plan, Private};

use super::model::Model;
use crate::diagnostics::explain;
use crate::fleet::{Cluster, FleetCell};
use crate::resources::object::{Object, delete_row, note, pkid_of, pkid_to_delete};
use crate::resources::{placement, time_limits};
use crate::rows::{Blocked, Row, Work, pattern_key, row_key};
use crate::rules::warn_of_restart;

/// The private entry with the routes that a forced destroy may delete.
const ROUTES: &str = "force_destroy_routes";

/// Lists the routes that a forced destroy would delete, and keeps their keys for the apply.
pub(super) async fn plan_force_destroy(
    cluster: &Cluster,
    prior: &Model,
    plan: &mut Plan<Model>,
) -> Result<(), Diagnostics> {
    let scope = time_limits::reading(&prior.timeouts, &plan.context);
    let fail = |error| explain(&error, "Unable to list the static routes of the domain");
    let (publisher, snapshot) = (&cluster.publisher, Freshness::Snapshot);
    let pkid = pkid_of(prior);
    let row = <Model as Object>::Row::look_up(publisher, snapshot, pkid.as_ref(), None, &scope)
        .await
        .map_err(fail)?;
    let name = row.by_pkid.map(|row| row.value.domain_name);
    let Some(domain) = name.or_else(|| prior.key()) else {
        return Ok(());
    };
    let routes = routes_of(cluster, &domain, snapshot, &scope)
        .await
        .map_err(fail)?;
    let keys: Vec<String> = routes.iter().map(route_key).collect();
    plan.private.set(ROUTES, &keys)?;
    if !keys.is_empty() {
        let routes = match keys.len() {
            1 => "1 static route".to_owned(),
            count => format!("{count} static routes"),
        };
        let mut detail = format!(
            "`force_destroy` is true for {domain}: destroying it deletes these static routes on publisher \
             {:?} first, whoever made them:\n",
            cluster.name()
        );
        for key in &keys {
            let _ = write!(detail, "\n  {key}");
        }
        plan.diagnostics.push(
            Diagnostic::warning(format!("Destroying {domain} deletes {routes}")).detail(detail),
        );
    }
    Ok(())
}

pub(super) async fn delete(
    cell: &FleetCell,
    delete: &mut Delete<Model>,
) -> Result<(), Diagnostics> {
    let prior = delete.prior.clone();
    let cluster = placement::cluster(cell, &prior.publisher)?;
    note(&cluster, &prior);
    let name = prior.domain_name.as_str().unwrap_or_default();
    let work = Work::begin(
        &cluster,
        &delete.context,
        time_limits::of(&prior.timeouts, Operation::Delete),
        format!("Unable to delete the SIP federated domain {name}"),
    );
    let listed = take_list(&mut delete.private)?;
    let pkid = pkid_to_delete(delete)?;
    if let Some(domain) = name_on_publisher(&cluster, &work, pkid.as_ref()).await? {
        if prior.force_destroy.is(&true)
            && let Some(allowed) = &listed
        {
            delete_routes(&cluster, &work, &domain, allowed).await?;
        }
        let unplanned = prior.force_destroy.is(&true) && listed.is_none();
        let cleared = work
            .wait_until_clear(|| async {
                let routes = routes_of(&cluster, &domain, Freshness::Fresh, work.scope()).await?;
                Ok((!routes.is_empty()).then(|| Blocked::RoutesRemain {
                    domain: domain.clone(),
                    routes,
                }))
            })
            .await;
        if unplanned && cleared.is_err() {
            delete.diagnostics.push(unplanned_destruction(&domain));
        }
        cleared?;
    }
    delete_row(&cluster, &work, pkid.as_ref(), &prior).await?;
    warn_of_restart(&cluster, &mut delete.diagnostics, work.scope()).await;
    Ok(())
}

/// Terraform asks providers about destructions from version 1.3 on.
fn unplanned_destruction(domain: &DomainName) -> Diagnostic {
    Diagnostic::warning(format!("`force_destroy` of {domain} was not planned")).detail(
        "A domain takes only those routes with it that the plan has listed, and this version of Terraform plans a \
         destruction without asking the provider. Use Terraform 1.3 or later, or any OpenTofu, or destroy the routes \
         first.",
    )
}

/// The name that the row has on the publisher now: somebody may have renamed the domain. Where the row is gone, routes
/// do not matter.
async fn name_on_publisher(
    cluster: &Cluster,
    work: &Work<'_>,
    pkid: Option<&Pkid>,
) -> Result<Option<DomainName>, Diagnostics> {
    let found =
        <Model as Object>::Row::look_up_directly(&cluster.publisher, pkid, None, work.scope())
            .await
            .map_err(|error| work.explain(&error))?;
    Ok(found.by_pkid.map(|row| row.value.domain_name))
}

/// Deletes the routes that the plan listed, unless others have appeared since.
async fn delete_routes(
    cluster: &Cluster,
    work: &Work<'_>,
    domain: &DomainName,
    allowed: &BTreeSet<String>,
) -> Result<(), Diagnostics> {
    let routes = routes_of(cluster, domain, Freshness::Fresh, work.scope())
        .await
        .map_err(|error| work.explain(&error))?;
    let new: Vec<String> = routes
        .iter()
        .map(route_key)
        .filter(|key| !allowed.contains(key))
        .collect();
    if !new.is_empty() {
        return Err(Diagnostic::error(format!("New static routes of {domain} have appeared"))
            .detail(format!(
                "Since the plan was made, publisher {:?} got these static routes of {domain}, which the plan \
                 did not list:\n\n  {}\n\nNothing was deleted. Run `terraform plan` again, and look at the \
                 routes before you apply.",
                cluster.name(),
                new.join("\n  ")
            ))
            .into());
    }
    for route in &routes {
        StaticRoute::delete(&cluster.publisher, &route.pkid, work.scope())
            .await
            .map_err(|error| work.explain(&error))?;
        work.release(row_key(&route.pkid));
        let key = StaticRoute::key(&route.value);
        work.release(pattern_key(&key.destination_pattern));
    }
    Ok(())
}

/// The routes that belong to the domain and not to a longer one.
async fn routes_of(
    cluster: &Cluster,
    domain: &DomainName,
    freshness: Freshness,
    scope: &Scope,
) -> Result<Vec<Stored<StaticRoute>>, Error> {
    let domains = cluster.publisher.domains(freshness, scope).await?;
    let routes = cluster.publisher.routes(freshness, scope).await?;
    let names: Vec<&DomainName> = domains
        .rows()
        .iter()
        .map(|row| &row.value.domain_name)
        .collect();
    Ok(routes
        .rows()
        .iter()
        .filter(|row| !row.system_owned && row.value.belongs_to(domain, names.iter().copied()))
        .cloned()
        .collect())
}

fn route_key(route: &Stored<StaticRoute>) -> String {
    StaticRoute::key(&route.value).to_string()
}

/// The routes that the destroy plan listed. It is taken away, since a failed deletion keeps the private
/// data, and the list must not outlive the plan that made it.
fn take_list(private: &mut Private) -> Result<Option<BTreeSet<String>>, Diagnostics> {
    let list = private.get(ROUTES)?;
    private.remove(ROUTES);
    Ok(list)
}
