//! A review: what a plan does, and what there is to say about it.

use imp_federation_rules::{LAST_ROUTE_REMOVED, Severity, WINDOW_WITHOUT_ROUTE};

use crate::configuration::Blocks;
use crate::estate::{Cluster, Estate, Here};
use crate::finding::Finding;
use crate::plan::{Action, Cause, Change, Domain, Object, Plan, Route};
use crate::rules::{self, Scene};
use crate::silence::Silences;

/// What to leave out.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The codes of rules whose findings do not count.
    pub ignored: Vec<String>,
}

/// A review.
#[derive(Debug)]
pub struct Review {
    /// The version of the core that made the plan, where it says so.
    pub terraform_version: Option<String>,
    /// Every cluster that the plan knows, by name.
    pub clusters: Vec<ClusterReview>,
    /// What is done to objects of which only the apply will tell where they are.
    pub unplaced: Vec<Line>,
    /// What counts, the gravest first.
    pub findings: Vec<Finding>,
    /// What was accepted.
    pub silenced: Vec<Finding>,
    /// What else a reviewer should know.
    pub remarks: Vec<String>,
}

/// What a plan does to one cluster.
#[derive(Debug)]
pub struct ClusterReview {
    /// The name of its publisher.
    pub name: String,
    /// Times in which messages to a domain find no route.
    pub outages: Vec<Outage>,
    /// What becomes of Cisco XCP Router.
    pub restart: Restart,
    /// What is done to each object that is not kept, domains first.
    pub lines: Vec<Line>,
    /// How many domains there are after the plan.
    pub domains: usize,
    /// How many routes there are after the plan.
    pub routes: usize,
    /// Whether anything is written.
    pub is_changed: bool,
}

/// A time in which messages to a domain find no route.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Outage {
    /// The domain, as it may be shown.
    pub domain: String,
    /// Whether it lasts after the plan.
    pub lasts: bool,
    /// The code of the rule that says more.
    pub code: &'static str,
}

/// What becomes of Cisco XCP Router on the nodes of a cluster.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Restart {
    /// Nothing.
    None,
    /// It has to be restarted after the apply.
    Needed,
    /// The plan restarts it on these nodes; on all where none is named.
    Planned(Vec<String>),
}

/// What is done to one object.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Line {
    /// What is done.
    pub sign: Sign,
    /// What it is done to.
    pub kind: Kind,
    /// What the object is, in a few words.
    pub what: String,
    /// The address of the resource.
    pub address: String,
    /// Each attribute that changes in place: name, before, and after.
    pub attributes: Vec<(&'static str, String, String)>,
    /// What else to know.
    pub remark: Option<String>,
}

/// What is done.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Sign {
    Added,
    Changed,
    Replaced,
    Removed,
    /// Nothing is written; it enters the state.
    Imported,
    /// Nothing is written; it leaves the state.
    Forgotten,
    /// Nothing is written; the publisher has another name.
    Renamed,
}

/// What something is done to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Kind {
    Domain,
    Route,
}

impl Review {
    /// Reviews a plan.
    pub fn of(plan: &Plan, options: &Options) -> Self {
        let blocks = Blocks::new(&plan.configuration);
        let estate = Estate::of(plan, &blocks);
        let found = rules::findings(&Scene {
            plan,
            blocks: &blocks,
            estate: &estate,
        });
        let mut accepted = Silences::of(plan, &options.ignored);
        let (mut findings, mut silenced) = (Vec::new(), Vec::new());
        for mut finding in found {
            finding.silenced = accepted.of_finding(&finding);
            if finding.silenced.is_some() {
                silenced.push(finding);
            } else {
                findings.push(finding);
            }
        }
        // Stable, so that findings of one rule stay in the order of clusters and domains.
        findings.sort_by_key(|finding| {
            (
                std::cmp::Reverse(finding.severity),
                !finding.is_new,
                outage(finding).is_none(),
                finding.rule.code,
            )
        });
        silenced.sort_by_key(|finding| finding.rule.code);
        let all: Vec<&Finding> = findings.iter().chain(&silenced).collect();
        let clusters = estate
            .clusters
            .iter()
            .map(|(name, cluster)| ClusterReview::of(name, cluster, plan, &all))
            .collect();
        let mut unplaced: Vec<Line> = Vec::new();
        unplaced.extend(
            estate
                .unplaced_domains
                .iter()
                .filter_map(|change| domain_line(&here(change))),
        );
        unplaced.extend(
            estate
                .unplaced_routes
                .iter()
                .filter_map(|change| route_line(&here(change))),
        );
        Self {
            terraform_version: plan.terraform_version.clone(),
            clusters,
            unplaced,
            remarks: remarks(plan, &estate, &accepted),
            findings,
            silenced,
        }
    }

    /// The gravest that was found.
    pub fn gravest(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}

impl ClusterReview {
    fn of(name: &str, cluster: &Cluster<'_>, plan: &Plan, findings: &[&Finding]) -> Self {
        let outages = findings
            .iter()
            .filter(|finding| finding.is_new && finding.publishers.iter().any(|on| on == name))
            .filter_map(|finding| outage(finding))
            .collect();
        let planned = plan
            .restarts
            .iter()
            .find(|restart| restart.publisher.value().is_some_and(|on| on == name));
        let restart = match planned {
            Some(restart) => Restart::Planned(restart.nodes.clone()),
            None if cluster.domains.iter().any(|here| here.change.writes()) => Restart::Needed,
            None => Restart::None,
        };
        let mut lines: Vec<Line> = cluster.domains.iter().filter_map(domain_line).collect();
        lines.sort_by_key(|line| line.sign);
        let mut routes: Vec<Line> = cluster.routes.iter().filter_map(route_line).collect();
        routes.sort_by_key(|line| line.sign);
        lines.append(&mut routes);
        Self {
            name: name.to_owned(),
            outages,
            restart,
            lines,
            domains: cluster.after.domain_names().count(),
            routes: cluster
                .after
                .patterns()
                .map(|(_, routes)| routes.len())
                .sum(),
            is_changed: cluster.is_changed(),
        }
    }
}

/// The outage that a finding is about, where it is about one.
fn outage(finding: &Finding) -> Option<Outage> {
    let lasts = if *finding.rule == WINDOW_WITHOUT_ROUTE {
        false
    } else if *finding.rule == LAST_ROUTE_REMOVED {
        true
    } else {
        return None;
    };
    Some(Outage {
        domain: finding.domain.clone().unwrap_or_default(),
        lasts,
        code: finding.rule.code,
    })
}

/// An object that is on no certain cluster.
fn here<T>(change: &Change<T>) -> Here<'_, T> {
    Here {
        change,
        from_elsewhere: false,
        to_elsewhere: false,
    }
}

fn domain_line(here: &Here<'_, Domain>) -> Option<Line> {
    line(here, Kind::Domain, |domain| {
        let way = match (
            domain.integration_type.value(),
            domain.direct_federation.value(),
        ) {
            (Some(word), Some(true)) => format!("{word}, direct federation"),
            (Some(word), _) => word.clone(),
            (None, _) => domain.integration_type.to_string(),
        };
        format!("{} ({way})", domain.domain_name)
    })
}

fn route_line(here: &Here<'_, Route>) -> Option<Line> {
    line(here, Kind::Route, |route| {
        let mut what = format!(
            "{} → {}, priority {}",
            route.destination_pattern,
            route.target(),
            route.priority
        );
        if route.in_service.is(&false) {
            what.push_str(", not in service");
        }
        if route.block_route.is(&true) {
            what.push_str(", blocked");
        }
        what
    })
}

fn line<T: Object>(here: &Here<'_, T>, kind: Kind, what: impl Fn(&T) -> String) -> Option<Line> {
    let change = here.change;
    let sign = sign(here)?;
    let object = match sign {
        Sign::Removed | Sign::Forgotten => change.before.as_ref(),
        _ => change.after.as_ref(),
    }?;
    let attributes = match sign {
        Sign::Changed | Sign::Replaced => change.differences(),
        _ => Vec::new(),
    };
    let before = change
        .before
        .as_ref()
        .map(|object| object.publisher().to_string());
    let after = change
        .after
        .as_ref()
        .map(|object| object.publisher().to_string());
    let remark = match sign {
        Sign::Replaced => Some(why_replaced(change)),
        Sign::Added if here.from_elsewhere => before.map(|name| format!("it was on {name}")),
        Sign::Removed if here.to_elsewhere => after.map(|name| format!("it goes to {name}")),
        Sign::Imported => Some("imported, as it is".to_owned()),
        Sign::Changed if change.is_import => Some("imported, and changed".to_owned()),
        Sign::Forgotten => Some("stays on the publisher, and is no longer managed".to_owned()),
        Sign::Renamed => {
            before.map(|name| format!("the publisher was called {name}; nothing is written"))
        }
        _ => None,
    };
    Some(Line {
        sign,
        kind,
        what: what(object),
        address: change.address.clone(),
        attributes,
        remark,
    })
}

fn why_replaced<T>(change: &Change<T>) -> String {
    if !change.replaced_for.is_empty() {
        return format!("replaced because of {}", change.replaced_for.join(", "));
    }
    let why = match change.replaced_by {
        Some(Cause::Taint) => "replaced because it is tainted",
        Some(Cause::Request) => "replaced because the plan was asked to",
        Some(Cause::Trigger) => "replaced because of replace_triggered_by",
        None => "replaced",
    };
    why.to_owned()
}

fn sign<T: Object>(here: &Here<'_, T>) -> Option<Sign> {
    let change = here.change;
    Some(match change.action {
        Action::Create => Sign::Added,
        Action::Delete => Sign::Removed,
        Action::Forget => Sign::Forgotten,
        Action::Replace | Action::ReplaceCreatingFirst if here.from_elsewhere => Sign::Added,
        Action::Replace | Action::ReplaceCreatingFirst if here.to_elsewhere => Sign::Removed,
        Action::Replace | Action::ReplaceCreatingFirst => Sign::Replaced,
        Action::Keep | Action::Update if here.to_elsewhere => return None,
        Action::Update if change.writes() => Sign::Changed,
        Action::Keep | Action::Update if change.is_import => Sign::Imported,
        Action::Keep | Action::Update if here.from_elsewhere => Sign::Renamed,
        Action::Keep | Action::Update => return None,
    })
}

fn remarks(plan: &Plan, estate: &Estate<'_>, silences: &Silences) -> Vec<String> {
    let mut remarks = Vec::new();
    if plan.is_errored {
        remarks.push("Planning ended with an error: this is not the whole plan.".to_owned());
    }
    if plan.is_incomplete && !plan.is_errored {
        remarks.push("The plan is not complete: after its apply another one is needed.".to_owned());
    }
    if plan.drifted > 0 {
        let objects = if plan.drifted == 1 {
            "1 object was".to_owned()
        } else {
            format!("{} objects were", plan.drifted)
        };
        remarks.push(format!(
            "{objects} changed outside of Terraform since the last apply."
        ));
    }
    if !estate.is_comparable {
        remarks.push(
            "It is not certain on which cluster each object is, so that clusters were not compared.".to_owned(),
        );
    }
    for restart in &plan.restarts {
        if restart
            .publisher
            .value()
            .is_none_or(|name| !estate.clusters.contains_key(name))
        {
            remarks.push(format!(
                "{} restarts Cisco XCP Router on {}.",
                restart.address, restart.publisher
            ));
        }
    }
    if plan.others > 0 {
        let resources = if plan.others == 1 {
            "1 resource".to_owned()
        } else {
            format!("{} resources", plan.others)
        };
        remarks.push(format!(
            "The plan also changes {resources} of other types, which are not reviewed here."
        ));
    }
    remarks.extend(silences.remarks.iter().cloned());
    remarks.extend(silences.unused());
    remarks
}
