//! A real Terraform as an engine.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use acceptance_tests::{
    Diagnostic, PlanOptions, Practice, Provider, Running, Signal, Terraform, Workspace,
};
use imp_publisher_simulator::pattern_of_domain;
use rustix::process::{Pid, kill_process};
use serde_json::Value;

use super::engine::{Applied, Complaint, Cut, CutBy, Engine, Held, Speaker, on_one_line};
use super::mock::has_fired;
use super::wanted::{Connection, Object};
use crate::process;
use crate::rows::Kind;

const LIMIT: Duration = Duration::from_secs(120);

pub(super) struct RealCore<'a> {
    practice: &'a Practice,
    workspace: Workspace,
}

impl<'a> RealCore<'a> {
    /// With so many writes at once.
    pub(super) fn new(practice: &'a Practice, writes: &str) -> Self {
        let mut workspace = Workspace::new(Terraform::find().unwrap()).unwrap();
        workspace.add_provider(Provider::imp().unwrap()).unwrap();
        for (name, value) in process::environment(practice, practice.emea()) {
            workspace.set_environment(name, value);
        }
        workspace.set_environment("IMP_MAX_CONCURRENT_WRITES", writes);
        Self {
            practice,
            workspace,
        }
    }

    /// Waits for the moment, unless the command ends before; then strikes. Says whether it did.
    fn strike(&self, running: &Running, cut: Cut) -> bool {
        let group = running.process_id();
        while !has_fired(self.practice, cut.fault) {
            if members(group).is_empty() {
                return false;
            }
            thread::sleep(Duration::from_millis(2));
        }
        match cut.by {
            CutBy::Interrupt => running.signal_group(Signal::Interrupt).unwrap(),
            CutBy::TerraformKilled => running.signal(Signal::Kill).unwrap(),
            CutBy::ProviderKilled => {
                for (process, name) in members(group) {
                    if name.starts_with("terraform-prov") {
                        let process = Pid::from_raw(process).unwrap();
                        let _ = kill_process(process, rustix::process::Signal::KILL);
                    }
                }
            }
        }
        true
    }
}

impl Engine for RealCore<'_> {
    fn plan(&mut self, objects: &[Object], is_destroy: bool) -> Result<bool, Vec<Complaint>> {
        self.workspace
            .write("main.tf", &configuration(objects))
            .unwrap();
        let options = PlanOptions::new();
        let options = if is_destroy {
            options.destroy()
        } else {
            options
        };
        match self.workspace.plan(&options).unwrap() {
            Ok(plan) => Ok(plan.is_empty),
            Err(diagnostics) => Err(complaints(&diagnostics)),
        }
    }

    fn apply(&mut self, cut: Option<Cut>) -> Applied {
        let Some(cut) = cut else {
            let diagnostics = self.workspace.apply_saved_plan().unwrap();
            return Applied {
                complaints: complaints(&diagnostics),
                is_cut: false,
            };
        };
        let arguments = ["apply", "-no-color", "saved.tfplan"];
        let running = self.workspace.start(arguments).unwrap();
        let is_cut = self.strike(&running, cut);
        let group = running.process_id();
        let outcome = running.wait(LIMIT).unwrap();
        // What Terraform has left alone ends by itself.
        let began = Instant::now();
        while !members(group).is_empty() {
            assert!(began.elapsed() < LIMIT, "the provider outlives Terraform");
            thread::sleep(Duration::from_millis(5));
        }
        let complaints = if outcome.success() {
            Vec::new()
        } else {
            let text = outcome.text();
            vec![Complaint {
                address: None,
                by: if is_cut && speaker(&text) == Speaker::Provider {
                    Speaker::Core
                } else {
                    speaker(&text)
                },
                text,
            }]
        };
        Applied { complaints, is_cut }
    }

    fn import(&mut self, address: &str, id: &str) -> Result<(), Vec<Complaint>> {
        let outcome = self.workspace.import(address, id).unwrap();
        if outcome.success() {
            return Ok(());
        }
        let text = outcome.text();
        Err(vec![Complaint {
            address: Some(address.to_owned()),
            by: speaker(&text),
            text,
        }])
    }

    fn state(&self) -> BTreeMap<String, Held> {
        let text = self.workspace.state_text();
        if text.is_empty() {
            return BTreeMap::new();
        }
        let state: Value = serde_json::from_str(&text).unwrap();
        let resources = state["resources"].as_array().into_iter().flatten();
        resources
            .filter_map(|resource| {
                let name = |part: &str| resource[part].as_str().unwrap_or_default();
                let address = format!("{}.{}", name("type"), name("name"));
                let instances = resource["instances"].as_array().unwrap();
                assert!(instances.len() < 2, "{instances:?}");
                // A Terraform that is killed between the two halves of a replacement leaves a resource without any.
                let instance = instances.first()?;
                let is_tainted = instance["status"] == "tainted";
                Some((address, Held::of(&instance["attributes"], is_tainted)))
            })
            .collect()
    }
}

fn complaints(diagnostics: &[Diagnostic]) -> Vec<Complaint> {
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error());
    errors
        .map(|error| Complaint {
            address: error.address.clone(),
            by: speaker(&error.summary),
            text: on_one_line(&format!("{}: {}", error.summary, error.detail)),
        })
        .collect()
}

/// Who says that, by Terraform's own words about providers.
fn speaker(text: &str) -> Speaker {
    if text.contains("Provider produced") || text.contains("Provider returned invalid") {
        Speaker::Rules
    } else {
        Speaker::Provider
    }
}

/// The processes of a group that have not ended, and their names.
fn members(group: u32) -> Vec<(i32, String)> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    processes
        .filter_map(|process| {
            let stat = fs::read_to_string(process.path().join("stat")).ok()?;
            // Number, name in brackets, state, parent, group.
            let (number, rest) = stat.split_once(" (")?;
            let (name, rest) = rest.rsplit_once(") ")?;
            let mut fields = rest.split(' ');
            let is_dead = fields.next() == Some("Z");
            let is_member = fields.nth(1) == Some(&group.to_string());
            (is_member && !is_dead).then(|| (number.parse().unwrap(), name.to_owned()))
        })
        .collect()
}

fn configuration(objects: &[Object]) -> String {
    let mut text = String::from(
        "terraform {\n  required_providers {\n    imp = { source = \"imp-federation/imp\" }\n  }\n}\n\n\
         provider \"imp\" {}\n",
    );
    for object in objects {
        let (type_name, name) = object.address.split_once('.').unwrap();
        let _ = write!(text, "\nresource {type_name:?} {name:?} {{\n");
        if object.kind == Kind::Domain {
            let _ = writeln!(text, "  domain_name = {:?}", object.domain);
        } else {
            let _ = writeln!(text, "  next_hop = {:?}", object.next_hop);
            let _ = writeln!(text, "  priority = {}", object.priority);
            let _ = match &object.connection {
                Connection::Pattern => {
                    writeln!(
                        text,
                        "  destination_pattern = {:?}",
                        pattern_of_domain(object.domain)
                    )
                }
                Connection::Name => writeln!(text, "  domain = {:?}", object.domain),
                Connection::Reference(domain) => writeln!(
                    text,
                    "  domain = {domain}.domain_name\n  lifecycle {{\n    replace_triggered_by = \
                     [{domain}.pkid]\n  }}"
                ),
            };
        }
        if !object.description.is_empty() {
            let _ = writeln!(text, "  description = {:?}", object.description);
        }
        text.push_str("}\n");
    }
    text
}
