//! The mock core as an engine.

use std::collections::BTreeMap;
use std::time::Duration;

use acceptance_tests::Practice;
use imp_publisher_simulator::pattern_of_domain;
use mock_core::config::reference;
use mock_core::value::Path;
use mock_core::{
    Configuration, Core, Failure, Interrupt, Lifecycle, Plan, PlanMode, PlanOptions, ProblemKind,
    ResourceConfig, State, Trigger, Workspace, config,
};
use rustix::process::{Pid, Signal, kill_process};
use tokio::runtime::Runtime;

use super::engine::{Applied, Complaint, Cut, CutBy, Engine, Held, Speaker, on_one_line};
use super::wanted::{Connection, Object};
use crate::process::Process;
use crate::rows::Kind;

/// A state, and a provider process of its own for each plan and each apply.
pub(super) struct MockCore<'a> {
    runtime: &'a Runtime,
    practice: &'a Practice,
    /// A core that has learned the schemas from a process that is gone.
    known: &'a Core,
    writes: &'static str,
    state: State,
    plan: Option<Plan>,
}

impl<'a> MockCore<'a> {
    /// With so many writes at once.
    pub(super) fn new(
        runtime: &'a Runtime,
        practice: &'a Practice,
        known: &'a Core,
        writes: &'static str,
    ) -> Self {
        Self {
            runtime,
            practice,
            known,
            writes,
            state: State::default(),
            plan: None,
        }
    }

    async fn start(&self) -> (Process, Workspace) {
        let variables = [("IMP_MAX_CONCURRENT_WRITES", self.writes)];
        let cluster = self.practice.emea();
        let process = Process::start_after(self.known, self.practice, cluster, &variables).await;
        let mut workspace = Workspace::new(process.core.clone());
        workspace.state = self.state.clone();
        (process, workspace)
    }

    /// Waits for the moment of a cut, and strikes.
    async fn strike(&self, cut: Option<Cut>, process: &Process, interrupt: Interrupt) -> CutBy {
        let Some(cut) = cut else {
            return std::future::pending().await;
        };
        while !has_fired(self.practice, cut.fault) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        match cut.by {
            CutBy::ProviderKilled => {
                let process = i32::try_from(process.plugin.process()).unwrap();
                kill_process(Pid::from_raw(process).unwrap(), Signal::KILL).unwrap();
            }
            CutBy::TerraformKilled => {}
            CutBy::Interrupt => interrupt.interrupt().await.unwrap(),
        }
        cut.by
    }

    async fn applied(&mut self, plan: Plan, cut: Option<Cut>) -> Applied {
        let (process, mut workspace) = self.start().await;
        let (result, cut) = {
            let strike = self.strike(cut, &process, workspace.interrupt());
            let apply = workspace.apply(&plan);
            tokio::pin!(apply, strike);
            tokio::select! {
                result = &mut apply => (Some(result), None),
                by = &mut strike => match by {
                    CutBy::TerraformKilled => (None, Some(by)),
                    CutBy::ProviderKilled | CutBy::Interrupt => (Some(apply.await), Some(by)),
                },
            }
        };
        self.state = workspace.state.clone();
        drop(workspace);
        let Process { mut plugin, core } = process;
        drop(core);
        match cut {
            Some(CutBy::ProviderKilled) => drop(plugin.finished().await),
            // The provider is left alone, and ends by itself.
            Some(CutBy::TerraformKilled) => {
                plugin.disconnect();
                plugin.finished().await.unwrap();
            }
            Some(CutBy::Interrupt) | None => drop(plugin.shut_down().await.unwrap()),
        }
        let complaints = match result {
            Some(Ok(_)) => Vec::new(),
            Some(Err(failure)) => complaints(&failure),
            None => vec![Complaint {
                address: None,
                text: "Terraform was killed".to_owned(),
                by: Speaker::Core,
            }],
        };
        Applied {
            complaints,
            is_cut: cut.is_some(),
        }
    }
}

impl Engine for MockCore<'_> {
    fn plan(&mut self, objects: &[Object], is_destroy: bool) -> Result<bool, Vec<Complaint>> {
        self.plan = None;
        let mode = if is_destroy {
            PlanMode::Destroy
        } else {
            PlanMode::Normal
        };
        let options = PlanOptions {
            mode,
            ..PlanOptions::default()
        };
        let planned = self.runtime.block_on(async {
            let (process, workspace) = self.start().await;
            let planned = workspace.plan_with(&configuration(objects), options).await;
            process.end().await;
            planned
        });
        let plan = planned.map_err(|failure| complaints(&failure))?;
        let is_empty = plan.is_empty();
        self.plan = Some(plan);
        Ok(is_empty)
    }

    fn apply(&mut self, cut: Option<Cut>) -> Applied {
        let plan = self.plan.take().unwrap();
        if plan.is_empty() {
            // Nothing is asked; what the refresh found is stored.
            self.state = plan.refreshed;
            return Applied {
                complaints: Vec::new(),
                is_cut: false,
            };
        }
        let runtime = self.runtime;
        runtime.block_on(self.applied(plan, cut))
    }

    fn import(&mut self, address: &str, id: &str) -> Result<(), Vec<Complaint>> {
        let runtime = self.runtime;
        runtime.block_on(async {
            let (process, mut workspace) = self.start().await;
            let imported = workspace.import(address, id).await;
            self.state = workspace.state.clone();
            process.end().await;
            imported.map(drop).map_err(|failure| complaints(&failure))
        })
    }

    fn state(&self) -> BTreeMap<String, Held> {
        assert!(self.state.deposed.is_empty(), "{:?}", self.state.deposed);
        let resources = self.state.resources.iter();
        resources
            .map(|(address, stored)| {
                let attributes = serde_json::from_str(&stored.attributes).unwrap();
                (address.clone(), Held::of(&attributes, stored.tainted))
            })
            .collect()
    }
}

/// Whether an injected fault has hit a request.
pub(super) fn has_fired(practice: &Practice, fault: u64) -> bool {
    let faults = practice.simulator().faults();
    faults
        .iter()
        .any(|status| status.id == fault && status.fired > 0)
}

fn complaints(failure: &Failure) -> Vec<Complaint> {
    let problems = failure.problems.iter();
    problems
        .map(|problem| Complaint {
            address: problem.address.clone(),
            text: on_one_line(&problem.kind.to_string()),
            by: match problem.kind {
                ProblemKind::Provider(_) => Speaker::Provider,
                ProblemKind::Violation(_) => Speaker::Rules,
                ProblemKind::Call(_) | ProblemKind::Core(_) => Speaker::Core,
            },
        })
        .collect()
}

fn configuration(objects: &[Object]) -> Configuration {
    objects
        .iter()
        .fold(Configuration::new(), |configuration, object| {
            configuration.resource(&object.address, resource(object))
        })
}

fn resource(object: &Object) -> ResourceConfig {
    let description = (!object.description.is_empty()).then_some(object.description);
    if object.kind == Kind::Domain {
        return config! { domain_name = object.domain, description = description }.into();
    }
    let route = config! {
        next_hop = &object.next_hop,
        priority = object.priority,
        description = description,
    };
    match &object.connection {
        Connection::Pattern => route
            .with("destination_pattern", pattern_of_domain(object.domain))
            .into(),
        Connection::Name => route.with("domain", object.domain).into(),
        Connection::Reference(domain) => {
            let route = route.with("domain", reference(domain, "domain_name"));
            ResourceConfig::from(route).lifecycle(Lifecycle {
                replace_triggered_by: vec![Trigger {
                    address: domain.clone(),
                    attribute: Path::attributes("pkid"),
                }],
                ..Lifecycle::default()
            })
        }
    }
}
