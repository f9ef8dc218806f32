//! Planning each instance once those it depends on are planned.

use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;

use super::{Plan, PlanMode, PlanOptions, PlannedChange};
use crate::core::{Core, Phase};
use crate::instance::{ImportTarget, Instance, InstancePlan, Lifecycle, PlanInput};
use crate::report::Report;
use crate::state::{Object, State, StoredObject};
use crate::value::Value;
use crate::workspace::interrupt::Interrupt;
use crate::workspace::resolve::evaluate_with;
use crate::workspace::walk::{Operation, Walker};
use crate::workspace::{Configuration, Workspace, type_of};

/// One object to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// The current object of an address.
    Current(String),
    /// A deposed object.
    Deposed(usize),
}

impl fmt::Display for Node {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Current(address) => formatter.write_str(address),
            Self::Deposed(index) => write!(formatter, "deposed object {index}"),
        }
    }
}

pub(super) struct PlanWalker<'a> {
    core: Core,
    configuration: &'a Configuration,
    options: PlanOptions,
    interrupt: Interrupt,
    prior: &'a State,
    /// What references stand for so far.
    values: BTreeMap<String, Value>,
    plan: Plan,
    report: Report,
}

/// What became of one object.
pub(super) struct Outcome {
    report: Report,
    /// The object after refreshing or importing, in its stored form.
    refreshed: Option<StoredObject>,
    change: Option<InstancePlan>,
    ok: bool,
}

impl<'a> PlanWalker<'a> {
    pub(super) fn new(
        workspace: &'a Workspace,
        configuration: &'a Configuration,
        options: PlanOptions,
    ) -> Self {
        Self {
            core: workspace.core.in_phase(Phase::Plan),
            configuration,
            options,
            interrupt: workspace.interrupt.clone(),
            prior: &workspace.state,
            values: BTreeMap::new(),
            plan: Plan {
                changes: BTreeMap::new(),
                deposed: Vec::new(),
                refreshed: State::default(),
                warnings: Vec::new(),
                configuration: configuration.clone(),
            },
            report: Report::default(),
        }
    }

    pub(super) fn end(self) -> (Plan, Report) {
        (self.plan, self.report)
    }

    fn stored(&self, node: &Node) -> (String, Option<StoredObject>) {
        match node {
            Node::Current(address) => (address.clone(), self.prior.resources.get(address).cloned()),
            Node::Deposed(index) => match self.prior.deposed.get(*index) {
                Some((address, object)) => (address.clone(), Some(object.clone())),
                None => (String::new(), None),
            },
        }
    }

    /// The configuration of the node, evaluated; none when it is not configured.
    fn config(&self, node: &Node, instance: &Instance, report: &mut Report) -> Option<Value> {
        let Node::Current(address) = node else {
            return None;
        };
        let resource = self.configuration.resources.get(address)?;
        evaluate_with(
            &instance.schema.schema,
            &resource.input,
            &self.values,
            report,
        )
    }

    fn lifecycle(&self, node: &Node) -> Lifecycle {
        match node {
            Node::Current(address) => self
                .configuration
                .resources
                .get(address)
                .map(|resource| resource.lifecycle.clone())
                .unwrap_or_default(),
            Node::Deposed(_) => Lifecycle::default(),
        }
    }

    fn is_triggered(&self, node: &Node) -> bool {
        self.lifecycle(node)
            .replace_triggered_by
            .iter()
            .any(|trigger| {
                let watched = self.plan.changes.get(&trigger.address);
                watched.is_some_and(|watched| trigger.fires(&watched.plan))
            })
    }

    fn dependencies(&self, address: &str, stored: Option<&StoredObject>) -> Vec<String> {
        match (self.configuration.resources.contains_key(address), stored) {
            (false, Some(stored)) => stored.dependencies.clone(),
            _ => self
                .configuration
                .dependencies(address)
                .into_iter()
                .collect(),
        }
    }
}

impl Walker for PlanWalker<'_> {
    type Node = Node;
    type Output = Outcome;

    fn start(&mut self, node: &Node) -> Option<Operation<Outcome>> {
        if self.interrupt.is_raised() {
            return None;
        }
        let (address, stored) = self.stored(node);
        let mut report = Report::about(&address);
        let type_name = stored
            .as_ref()
            .map_or(type_of(&address), |stored| &stored.type_name);
        let Some(instance) = Instance::new(&self.core, &address, type_name, &mut report) else {
            return Some(Box::pin(async { Outcome::failed(report) }));
        };
        let config = self.config(node, &instance, &mut report);
        if report.has_problems() {
            return Some(Box::pin(async { Outcome::failed(report) }));
        }
        let step = PlanStep {
            import: self
                .configuration
                .imports
                .get(&address)
                .filter(|_| stored.is_none())
                .cloned(),
            lifecycle: self.lifecycle(node),
            force_replace: self.options.replace.contains(&address) || self.is_triggered(node),
            dependencies: self.dependencies(&address, stored.as_ref()),
            mode: self.options.mode,
            refresh: self.options.refresh,
            instance,
            stored,
            config,
        };
        Some(Box::pin(step.run(report)))
    }

    fn finish(&mut self, node: Node, outcome: Outcome) -> bool {
        self.report.merge(outcome.report);
        let (address, stored) = self.stored(&node);
        // What could not be refreshed stays as it was.
        let refreshed = if outcome.ok {
            outcome.refreshed
        } else {
            stored
        };
        let change = outcome.change.map(|plan| PlannedChange {
            plan,
            lifecycle: self.lifecycle(&node),
            dependencies: self.dependencies(&address, refreshed.as_ref()),
        });
        match node {
            Node::Current(address) => {
                if let Some(refreshed) = refreshed {
                    self.plan
                        .refreshed
                        .resources
                        .insert(address.clone(), refreshed);
                }
                if let Some(change) = change {
                    self.values
                        .insert(address.clone(), change.plan.planned.clone());
                    self.plan.changes.insert(address, change);
                }
            }
            Node::Deposed(_) => {
                if let Some(refreshed) = refreshed {
                    self.plan.refreshed.deposed.push((address, refreshed));
                }
                self.plan.deposed.extend(change);
            }
        }
        outcome.ok
    }
}

/// Everything one operation needs, so that it can run on its own.
struct PlanStep {
    instance: Instance,
    stored: Option<StoredObject>,
    config: Option<Value>,
    import: Option<ImportTarget>,
    lifecycle: Lifecycle,
    force_replace: bool,
    dependencies: Vec<String>,
    mode: PlanMode,
    refresh: bool,
}

impl PlanStep {
    async fn run(self, mut report: Report) -> Outcome {
        let Ok(known) = self.known(&mut report).await else {
            return Outcome::failed(report);
        };
        let mut ok = true;
        let end = if self.ends_before_refreshing() {
            let before = report.problems.len();
            let end = self.change(known.clone(), &mut report).await;
            ok = report.problems.len() == before;
            Some(end)
        } else {
            None
        };
        let Ok(object) = self.current(known, &mut report).await else {
            return Outcome::failed(report);
        };
        let refreshed = match object.as_ref().map(|object| self.store(object)) {
            Some(Ok(stored)) => Some(stored),
            Some(Err(problem)) => {
                report.refuse(format!("the object cannot be stored: {problem}"));
                return Outcome::failed(report);
            }
            None => None,
        };
        let change = if let Some(end) = end {
            end.filter(|_| object.is_some())
        } else {
            let before = report.problems.len();
            let change = self.change(object, &mut report).await;
            ok = report.problems.len() == before;
            change
        };
        Outcome {
            report,
            refreshed,
            change,
            ok,
        }
    }

    /// Whether it has left the configuration, in a core that plans its end from what the state has.
    fn ends_before_refreshing(&self) -> bool {
        self.stored.is_some()
            && self.config.is_none()
            && self.mode == PlanMode::Normal
            && self.instance.core.version().plans_ends_before_refreshing()
    }

    /// The object as the state has it, or as it is imported.
    async fn known(&self, report: &mut Report) -> Result<Option<Object>, ()> {
        let object = match (&self.stored, &self.import) {
            (Some(stored), _) => self.instance.load(stored, report).await,
            (None, Some(target)) => self.instance.import(target, report).await,
            (None, None) => return Ok(None),
        };
        object.map(Some).ok_or(())
    }

    /// The object as it is now. One that is imported has just been read.
    async fn current(
        &self,
        known: Option<Object>,
        report: &mut Report,
    ) -> Result<Option<Object>, ()> {
        match known {
            Some(known) if self.stored.is_some() && self.refresh => {
                self.instance.read(&known, report).await
            }
            known => Ok(known),
        }
    }

    fn store(&self, object: &Object) -> Result<StoredObject, crate::value::PathError> {
        StoredObject::new(
            &self.instance.type_name,
            &self.instance.schema,
            object,
            self.dependencies.clone(),
        )
    }

    async fn change(&self, object: Option<Object>, report: &mut Report) -> Option<InstancePlan> {
        match (self.mode, &self.config, object) {
            (PlanMode::RefreshOnly, _, _) | (PlanMode::Destroy, _, None) | (_, None, None) => None,
            (PlanMode::Normal, Some(config), prior) => {
                let input = PlanInput {
                    prior,
                    config: config.clone(),
                    lifecycle: self.lifecycle.clone(),
                    force_replace: self.force_replace,
                    earlier_private: Bytes::new(),
                };
                self.instance.plan(input, report).await
            }
            (_, _, Some(object)) => {
                self.instance
                    .plan_destroy(object, &self.lifecycle, report)
                    .await
            }
        }
    }
}

impl Outcome {
    fn failed(report: Report) -> Self {
        Self {
            report,
            refreshed: None,
            change: None,
            ok: false,
        }
    }
}
