//! Rules for federated domains that need the publisher's settings.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use imp_federation_rules::{
    EMAIL_ADDRESS_FOR_FEDERATION, EMAIL_ADDRESS_NOT_READABLE, OWN_PROXY_DOMAIN,
    PARTITIONED_FEDERATION_OFF,
};
use imp_publisher::FederationSettings;
use imp_publisher::domain::{DestinationPattern, DomainName};
use tfplugin_framework::{Diagnostic, Diagnostics};

use super::{Asked, Change, error, warning};
use crate::fleet::Cluster;

/// Where the setting is, in Cisco's words.
const STANDARD_CONFIGURATION: &str = "Presence > Settings > Standard Configuration";

/// What Cisco says of the setting.
const UNSUPPORTED: &str = "Cisco does not support the two anywhere in one deployment.";

/// A federated domain as it is planned.
#[derive(Clone, Debug)]
pub(crate) struct PlannedDomain {
    /// Its name.
    pub(crate) name: DomainName,
    /// Whether its integration type is `ocs_lync`.
    pub(crate) is_microsoft: bool,
    /// Whether it has direct federation.
    pub(crate) is_direct: bool,
}

/// The federated domains of a cluster that were planned in this process.
#[derive(Debug, Default)]
pub(crate) struct PlannedDomains(Mutex<BTreeMap<String, PlannedDomain>>);

impl PlannedDomains {
    /// Notes a domain.
    pub(crate) fn note(&self, domain: PlannedDomain) {
        let name = domain.name.as_str().to_ascii_lowercase();
        let mut domains = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        domains.insert(name, domain);
    }

    /// The one that a pattern belongs to.
    pub(super) fn owner(&self, pattern: &DestinationPattern) -> Option<PlannedDomain> {
        let domains = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let owner = pattern.owner(domains.values().map(|domain| &domain.name))?;
        domains.get(&owner.as_str().to_ascii_lowercase()).cloned()
    }
}

/// For each publisher, the first domain that is made or changed in this process and reached through Microsoft servers.
#[derive(Debug, Default)]
pub(crate) struct ThroughMicrosoft(Mutex<BTreeMap<String, DomainName>>);

impl ThroughMicrosoft {
    fn note(&self, publisher: &str, domain: &DomainName) {
        let mut domains = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        domains
            .entry(publisher.to_owned())
            .or_insert_with(|| domain.clone());
    }

    /// One that is on another publisher.
    pub(crate) fn elsewhere(&self, publisher: &str) -> Option<(String, DomainName)> {
        let domains = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = domains.iter().find(|(name, _)| *name != publisher);
        found.map(|(name, domain)| (name.clone(), domain.clone()))
    }
}

/// Asks all rules about a planned domain.
pub(crate) async fn check_domain(
    asked: &Asked<'_>,
    domain: &PlannedDomain,
    diagnostics: &mut Diagnostics,
) {
    let through_microsoft = domain.is_microsoft && domain.is_direct;
    if through_microsoft && asked.change.is_new() {
        let noted = &asked.fleet.through_microsoft;
        noted.note(asked.cluster.name(), &domain.name);
    }
    if !through_microsoft {
        diagnostics.extend(email_address_here(asked).await);
    }
    // Of what stays as it is, only the address setting can make trouble later.
    if asked.change == Change::Nothing && !through_microsoft || !asked.may_ask() {
        return;
    }
    let publisher = &asked.cluster.publisher;
    let (settings, problem) = match publisher.federation_settings(&asked.scope).await {
        Ok(settings) => (settings, None),
        // A rule must not stand in the way because it cannot be asked.
        Err(error) => (FederationSettings::default(), Some(error.to_string())),
    };
    if through_microsoft {
        match settings.email_address_for_federation {
            Some(true) => diagnostics.extend(email_address(asked, domain, asked.cluster)),
            Some(false) => {}
            None => diagnostics.extend(email_address_not_readable(asked, problem.as_deref())),
        }
        for cluster in email_addresses_elsewhere(asked).await {
            diagnostics.extend(email_address(asked, domain, &cluster));
        }
        if settings.partitioned_federation == Some(false) {
            diagnostics.extend(partitioned_federation_off(asked, domain));
        }
    }
    if let Some(own) = settings.proxy_domain {
        diagnostics.extend(own_proxy_domain(asked, domain, &own));
    }
}

/// The other clusters in which the setting is on, of those that this run uses.
async fn email_addresses_elsewhere(asked: &Asked<'_>) -> Vec<Arc<Cluster>> {
    let mut found = Vec::new();
    for cluster in asked.fleet.managed() {
        if cluster.name() != asked.cluster.name()
            && cluster.publisher.is_contacted()
            && email_address_is_on(&cluster, asked).await
        {
            found.push(cluster);
        }
    }
    found
}

async fn email_address_is_on(cluster: &Cluster, asked: &Asked<'_>) -> bool {
    let settings = cluster.publisher.federation_settings(&asked.scope).await;
    settings.is_ok_and(|settings| settings.email_address_for_federation == Some(true))
}

/// IMP201, of an object that is not reached through Microsoft servers: it brings its publisher into the run, perhaps
/// after the domains of other publishers were planned, which the setting of this one is in the way of.
pub(super) async fn email_address_here(asked: &Asked<'_>) -> Option<Diagnostic> {
    let (rule, name) = (EMAIL_ADDRESS_FOR_FEDERATION, asked.cluster.name());
    let (publisher, domain) = asked.fleet.through_microsoft.elsewhere(name)?;
    if !asked.may_ask() || !email_address_is_on(asked.cluster, asked).await {
        return None;
    }
    asked.cluster.first_time("IMP201 elsewhere").then(|| {
        let detail = format!(
            "Email Address for Federation is on in the cluster of publisher {name:?}, and this plan has {domain} on \
             publisher {publisher:?}, which is federated through the company's own Microsoft servers. {UNSUPPORTED} Turn \
             it off in the administration of that cluster ({STANDARD_CONFIGURATION}), and see that it is off on every \
             other cluster too. Then plan again."
        );
        if asked.change.is_new() {
            error(&rule, rule.title, detail)
        } else {
            warning(&rule, rule.title, detail)
        }
    })
}

/// IMP201, where the setting is on in a cluster: that of the domain or another one.
fn email_address(asked: &Asked<'_>, domain: &PlannedDomain, on: &Cluster) -> Option<Diagnostic> {
    let (rule, name) = (EMAIL_ADDRESS_FOR_FEDERATION, on.name());
    let remedy = format!(
        "Turn it off in the administration of that cluster ({STANDARD_CONFIGURATION}), and see that it is off on every \
         other cluster too."
    );
    if asked.change.is_new() {
        let detail = format!(
            "Email Address for Federation is on in the cluster of publisher {name:?}, and {} on publisher {:?} is \
             federated through the company's own Microsoft servers. {UNSUPPORTED} {remedy} Then plan again.",
            domain.name,
            asked.cluster.name()
        );
        return Some(error(&rule, rule.title, detail).at("direct_federation"));
    }
    on.first_time(rule.code).then(|| {
        let detail = format!(
            "Email Address for Federation is on in the cluster of publisher {name:?}, and there are domains that are \
             federated through the company's own Microsoft servers, such as {} on publisher {:?}. {UNSUPPORTED} {remedy} \
             Until then no such domain can be added or changed here.",
            domain.name,
            asked.cluster.name()
        );
        warning(&rule, rule.title, detail)
    })
}

/// IMP202.
fn email_address_not_readable(asked: &Asked<'_>, problem: Option<&str>) -> Option<Diagnostic> {
    let rule = EMAIL_ADDRESS_NOT_READABLE;
    if asked.change == Change::Nothing || !asked.fleet.first_time(rule.code) {
        return None;
    }
    let reason = match problem {
        Some(problem) => format!("could not be asked for it: {problem}"),
        None => "cannot be asked for it: the schema profile does not say where it is kept, or what is kept there is \
                 not understood."
            .to_owned(),
    };
    let detail = format!(
        "Email Address for Federation must be off where federation goes through the company's own Microsoft servers. \
         Publisher {:?} {reason} Look by hand, on every cluster: {STANDARD_CONFIGURATION}.",
        asked.cluster.name()
    );
    Some(warning(&rule, rule.title, detail))
}

/// IMP203.
fn own_proxy_domain(asked: &Asked<'_>, domain: &PlannedDomain, own: &str) -> Option<Diagnostic> {
    let same = domain.name.as_str().eq_ignore_ascii_case(own);
    (same && asked.change.is_new()).then(|| {
        let detail = format!(
            "{own} is the SIP proxy domain of publisher {:?} itself, and the publisher refuses it as a federated \
             domain. Write the remote domain.",
            asked.cluster.name()
        );
        error(&OWN_PROXY_DOMAIN, OWN_PROXY_DOMAIN.title, detail).at("domain_name")
    })
}

/// IMP209.
fn partitioned_federation_off(asked: &Asked<'_>, domain: &PlannedDomain) -> Option<Diagnostic> {
    let rule = PARTITIONED_FEDERATION_OFF;
    if asked.change == Change::Nothing || !asked.cluster.first_time(rule.code) {
        return None;
    }
    let detail = format!(
        "{} has direct federation, that is, it is reached through the company's own Microsoft servers, and \
         Partitioned Intradomain Federation is off in the cluster of publisher {:?}. Enable it there \
         ({STANDARD_CONFIGURATION}), or write `direct_federation = false` where those servers are not used.",
        domain.name,
        asked.cluster.name()
    );
    Some(warning(&rule, rule.title, detail).at("direct_federation"))
}
