//! The ways of `examples/migration`: from the Microsoft servers to direct federation and to XMPP.

use std::fs;
use std::process::{Command, Stdio};

use acceptance_tests::{
    Action, Diagnostic, Feature, Plan, PlanOptions, Practice, Provider, Terraform, Workspace,
    core_with,
};
use imp_publisher_simulator::{ChangeKind, ChangedObject, DomainRow};
use serde_json::Value;

use crate::{contents, examples, log_on, workspace};

const CLUSTERS: [&str; 2] = ["emea", "apac"];

/// Two clusters, and a state that goes through the folders of the migration.
struct Migration {
    practice: Practice,
    workspace: Workspace,
}

impl Migration {
    /// Before it: the domain is reached through the Microsoft servers.
    fn begin(core: &Terraform) -> Self {
        let practice = Practice::start();
        let mut workspace = workspace(core);
        log_on(&mut workspace);
        workspace.set_variable("publishers", &practice.publishers());
        let mut migration = Self {
            practice,
            workspace,
        };
        migration.plan("through-microsoft");
        migration.apply();
        assert_eq!(contents(&migration.practice).len(), 6);
        migration
    }

    /// Plans the configuration of a folder.
    fn plan(&mut self, folder: &str) -> Plan {
        self.workspace.use_configuration(&examples()).unwrap();
        let main = examples().join("migration").join(folder).join("main.tf");
        // The modules lie elsewhere, seen from the working directory.
        let text = fs::read_to_string(main).unwrap();
        let text = text.replace("../../modules/", "./modules/");
        self.workspace.write("main.tf", &text).unwrap();
        self.workspace.get_modules().unwrap();
        match self.workspace.plan(&PlanOptions::new()).unwrap() {
            Ok(plan) => plan,
            Err(diagnostics) => panic!("{diagnostics:#?}"),
        }
    }

    /// Applies the plan made last; on which clusters the restart is called for.
    fn apply(&mut self) -> Vec<&'static str> {
        let diagnostics = self.workspace.apply_saved_plan().unwrap();
        assert!(
            !diagnostics.iter().any(Diagnostic::is_error),
            "{diagnostics:#?}"
        );
        let calls = |cluster: &&str| {
            let end = format!("restarted on cluster {cluster} [IMP211]");
            diagnostics.iter().any(|said| said.summary.ends_with(&end))
        };
        CLUSTERS.into_iter().filter(calls).collect()
    }

    /// What has become of rows on a cluster since the journal had so many entries, in order.
    fn effects(&self, cluster: &str, since: usize) -> Vec<String> {
        let journal = self.practice.simulator().journal();
        let entries = journal.iter().skip(since);
        let changes = entries
            .filter(|entry| entry.cluster == cluster)
            .flat_map(|entry| &entry.changes);
        let effect = |kind, what: &str| match kind {
            ChangeKind::Added => format!("+ {what}"),
            ChangeKind::Changed => format!("~ {what}"),
            ChangeKind::Removed => format!("- {what}"),
        };
        changes
            .filter_map(|change| match change.object {
                ChangedObject::Domain => Some(effect(change.kind, "domain")),
                ChangedObject::Route => Some(effect(change.kind, "route")),
                _ => None,
            })
            .collect()
    }

    fn journal_length(&self) -> usize {
        self.practice.simulator().journal().len()
    }
}

/// The codes of what a review finds, without those that are so before.
fn reviewed(plan: &Plan) -> Vec<String> {
    let mut child = Command::new(Provider::imp().unwrap().executable())
        .args(["review", "-", "--format=json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    serde_json::to_writer(child.stdin.take().unwrap(), &plan.json).unwrap();
    let output = child.wait_with_output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let mut codes: Vec<String> = findings
        .map(|finding| finding["code"].as_str().unwrap().to_owned())
        .collect();
    codes.sort();
    codes.dedup();
    codes
}

fn actions(plan: &Plan) -> Vec<(String, Action)> {
    let mut actions: Vec<(String, Action)> = plan
        .resource_changes()
        .map(|change| (change.address().to_owned(), change.action()))
        .filter(|(_, action)| *action != Action::NoOp)
        .collect();
    actions.sort_by(|left, right| left.0.cmp(&right.0));
    actions
}

fn domain(cluster: &str) -> String {
    format!("module.remote.module.cluster[\"{cluster}\"].imp_sip_federation_domain.this")
}

fn route(cluster: &str, next_hop: &str) -> String {
    format!("module.remote.module.cluster[\"{cluster}\"].imp_static_route.this[\"{next_hop}\"]")
}

#[test]
fn in_one_apply_routes_go_then_the_domain_which_comes_anew() {
    let Some(core) = core_with!(Feature::OptionalAttributes) else {
        return;
    };
    let mut migration = Migration::begin(&core);
    let before = migration.journal_length();
    let plan = migration.plan("directly");
    assert_eq!(
        actions(&plan),
        [
            (domain("apac"), Action::Replace),
            (route("apac", "10.30.0.15"), Action::Delete),
            (route("apac", "10.30.0.16"), Action::Delete),
            (domain("emea"), Action::Replace),
            (route("emea", "10.20.0.15"), Action::Delete),
            (route("emea", "10.20.0.16"), Action::Delete),
            (route("emea", "10.20.8.1"), Action::Create),
        ]
    );
    assert_eq!(reviewed(&plan), ["IMP301", "IMP302", "IMP310", "IMP312"]);
    assert_eq!(migration.apply(), CLUSTERS);
    assert_eq!(
        migration.effects("emea", before),
        ["- route", "- route", "- domain", "+ domain", "+ route"]
    );
    assert_eq!(
        migration.effects("apac", before),
        ["- route", "- route", "- domain", "+ domain"]
    );
    for cluster in CLUSTERS {
        let row = migration.practice.cluster(cluster).domain("remote.com");
        assert!(!row.unwrap().unwrap().direct_federation);
    }
    assert!(migration.plan("directly").is_empty);
}

#[test]
fn in_two_applies_each_is_reviewed_and_followed_by_a_restart() {
    let Some(core) = core_with!(Feature::OptionalAttributes) else {
        return;
    };
    let mut migration = Migration::begin(&core);
    let before = migration.journal_length();
    let removal = migration.plan("removed");
    assert!(
        actions(&removal)
            .iter()
            .all(|(_, action)| *action == Action::Delete)
    );
    assert_eq!(reviewed(&removal), ["IMP310", "IMP312"]);
    assert_eq!(migration.apply(), CLUSTERS);
    for cluster in CLUSTERS {
        let removed = ["- route", "- route", "- domain"];
        assert_eq!(migration.effects(cluster, before), removed);
        let cluster = migration.practice.cluster(cluster);
        for (node, _, _) in cluster.nodes() {
            assert!(cluster.restart_router(&node));
        }
    }

    let before = migration.journal_length();
    let addition = migration.plan("directly");
    assert!(
        actions(&addition)
            .iter()
            .all(|(_, action)| *action == Action::Create)
    );
    assert_eq!(reviewed(&addition), ["IMP302", "IMP310", "IMP312"]);
    assert_eq!(migration.apply(), CLUSTERS);
    assert_eq!(migration.effects("emea", before), ["+ domain", "+ route"]);
    assert_eq!(migration.effects("apac", before), ["+ domain"]);
}

#[test]
fn cluster_by_cluster_the_others_are_left_alone() {
    let Some(core) = core_with!(Feature::OptionalAttributes) else {
        return;
    };
    let mut migration = Migration::begin(&core);
    let before = migration.journal_length();
    let plan = migration.plan("cluster-by-cluster");
    assert_eq!(migration.apply(), ["emea"]);
    assert_eq!(
        migration.effects("emea", before),
        ["- route", "- route", "- domain", "+ domain", "+ route"]
    );
    assert_eq!(migration.effects("apac", before), Vec::<String>::new());
    assert_eq!(reviewed(&plan), ["IMP301", "IMP307", "IMP312"]);
}

#[test]
fn towards_xmpp_there_is_only_removal() {
    let Some(core) = core_with!(Feature::OptionalAttributes) else {
        return;
    };
    let mut migration = Migration::begin(&core);
    migration.plan("removed");
    migration.apply();
    assert_eq!(contents(&migration.practice), Vec::<String>::new());
    // Somebody adds it in the administration pages.
    let xmpp = DomainRow {
        integration_type: "xmpp".to_owned(),
        direct_federation: false,
        ..DomainRow::named("remote.com")
    };
    migration.practice.emea().load(&[xmpp], &[]).unwrap();
    assert!(migration.plan("removed").is_empty);
}
