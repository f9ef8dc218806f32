//! Applying each half of a change once those before it are done, and storing what came of it.

use std::collections::BTreeMap;

use super::graph::Node;
use super::steps::{Destroy, DestroyDeposed, Make, Outcome};
use crate::core::{Core, Phase};
use crate::instance::{Action, Instance};
use crate::report::Report;
use crate::state::{Object, State, StoredObject};
use crate::value::Value;
use crate::workspace::interrupt::Interrupt;
use crate::workspace::plan::PlannedChange;
use crate::workspace::resolve::evaluate_with;
use crate::workspace::walk::{Operation, Walker};
use crate::workspace::{Plan, Workspace, type_of};

pub(super) struct ApplyWalker<'a> {
    core: Core,
    plan: &'a Plan,
    state: &'a mut State,
    interrupt: Interrupt,
    /// What references stand for so far.
    values: BTreeMap<String, Value>,
    /// Objects whose replacement is created before they are destroyed.
    deposed: BTreeMap<String, StoredObject>,
    operations: usize,
    report: Report,
}

impl<'a> ApplyWalker<'a> {
    pub(super) fn new(workspace: &'a mut Workspace, plan: &'a Plan) -> Self {
        let unchanged = plan
            .changes
            .iter()
            .filter(|(_, it)| it.plan.action == Action::NoOp);
        let value = |change: &PlannedChange| change.plan.planned.clone();
        Self {
            core: workspace.core.in_phase(Phase::Apply),
            plan,
            interrupt: workspace.interrupt.clone(),
            state: &mut workspace.state,
            values: unchanged
                .map(|(address, it)| (address.clone(), value(it)))
                .collect(),
            deposed: BTreeMap::new(),
            operations: 0,
            report: Report::default(),
        }
    }

    /// Keeps what could not be destroyed, and says how much was done.
    pub(super) fn end(self) -> (usize, Report) {
        self.state.deposed.extend(self.deposed);
        self.state
            .deposed
            .retain(|(_, stored)| !stored.attributes.is_empty());
        (self.operations, self.report)
    }

    fn make(&mut self, address: &str, mut report: Report) -> Operation<Outcome> {
        let change = self.plan.changes[address].clone();
        let Some(instance) = Instance::new(&self.core, address, type_of(address), &mut report)
        else {
            return Box::pin(async { Outcome::untouched(report) });
        };
        let Some(config) = self.known_config(address, &instance, &mut report) else {
            return Box::pin(async { Outcome::untouched(report) });
        };
        let stored = match change.plan.action {
            Action::Update => self.state.resources.get(address).cloned(),
            Action::CreateThenDelete => {
                let old = self.state.resources.remove(address);
                self.deposed
                    .extend(old.map(|old| (address.to_owned(), old)));
                None
            }
            _ => None,
        };
        Box::pin(
            Make {
                instance,
                stored,
                config,
                change,
            }
            .run(report),
        )
    }

    fn known_config(
        &self,
        address: &str,
        instance: &Instance,
        report: &mut Report,
    ) -> Option<Value> {
        let resource = self.plan.configuration.resources.get(address)?;
        let schema = &instance.schema.schema;
        let config = evaluate_with(schema, &resource.input, &self.values, report)?;
        if !config.is_wholly_known() {
            report.refuse(
                "Configuration contains unknown value: everything must be known during apply",
            );
            return None;
        }
        Some(config)
    }

    fn destroy(&mut self, address: &str, mut report: Report) -> Operation<Outcome> {
        let change = &self.plan.changes[address];
        let deposed = self.deposed.get(address).cloned();
        let Some(stored) = deposed
            .clone()
            .or_else(|| self.state.resources.get(address).cloned())
        else {
            return Box::pin(async {
                Outcome {
                    report,
                    object: None,
                    untouched: false,
                }
            });
        };
        let Some(instance) = Instance::new(&self.core, address, &stored.type_name, &mut report)
        else {
            return Box::pin(async { Outcome::untouched(report) });
        };
        if deposed.is_some() {
            return Box::pin(DestroyDeposed { instance, stored }.run(report));
        }
        // The identity after a replacement is that of the new object.
        let alone = change.plan.action == Action::Delete;
        let planned_identity = if alone {
            change.plan.planned_identity.clone()
        } else {
            Value::Null
        };
        let planned_private = change.plan.planned_private.clone();
        Box::pin(
            Destroy {
                instance,
                stored,
                planned_private,
                planned_identity,
            }
            .run(report),
        )
    }

    fn destroy_deposed(&mut self, index: usize) -> Operation<Outcome> {
        let (address, stored) = self.state.deposed[index].clone();
        let mut report = Report::about(&address);
        match Instance::new(&self.core, &address, &stored.type_name, &mut report) {
            Some(instance) => Box::pin(DestroyDeposed { instance, stored }.run(report)),
            None => Box::pin(async { Outcome::untouched(report) }),
        }
    }

    fn store(&mut self, address: &str, object: &Object) {
        let type_name = type_of(address);
        let Some(schema) = self.core.schemas().resources.get(type_name) else {
            return;
        };
        let dependencies = self
            .plan
            .changes
            .get(address)
            .map(|it| it.dependencies.clone());
        match StoredObject::new(type_name, schema, object, dependencies.unwrap_or_default()) {
            Ok(stored) => {
                self.state.resources.insert(address.to_owned(), stored);
            }
            Err(problem) => {
                self.report
                    .refuse(format!("{address}: the object cannot be stored: {problem}"));
            }
        }
    }

    fn finish_make(&mut self, address: String, outcome: &Outcome) {
        match &outcome.object {
            Some(object) => {
                self.values.insert(address.clone(), object.value.clone());
                self.store(&address, object);
            }
            // Nothing left to change after all: the object is what it was.
            None if outcome.untouched && !outcome.report.has_problems() => {
                let planned = &self.plan.changes[&address].plan;
                let before = planned.before.as_ref().map(|object| object.value.clone());
                self.values.extend(before.map(|value| (address, value)));
            }
            // A failed create leaves nothing; a deposed object takes its place again.
            None if !outcome.untouched => {
                self.state.resources.remove(&address);
                self.restore_deposed(address);
            }
            None => self.restore_deposed(address),
        }
    }

    fn restore_deposed(&mut self, address: String) {
        if let Some(old) = self.deposed.remove(&address) {
            self.state.resources.insert(address, old);
        }
    }

    fn finish_destroy(&mut self, address: &str, outcome: &Outcome) {
        if outcome.untouched {
            return;
        }
        if self.deposed.contains_key(address) {
            if outcome.object.is_none() {
                self.deposed.remove(address);
            }
            return;
        }
        match &outcome.object {
            Some(object) => {
                let kept = self
                    .state
                    .resources
                    .get(address)
                    .map(|it| it.dependencies.clone());
                self.store(address, object);
                if let (Some(kept), Some(stored)) = (kept, self.state.resources.get_mut(address)) {
                    stored.dependencies = kept;
                }
            }
            None => {
                self.state.resources.remove(address);
            }
        }
    }
}

impl Walker for ApplyWalker<'_> {
    type Node = Node;
    type Output = Outcome;

    fn start(&mut self, node: &Node) -> Option<Operation<Outcome>> {
        if self.interrupt.is_raised() {
            return None;
        }
        self.operations += 1;
        Some(match node {
            Node::Make(address) => self.make(address, Report::about(address)),
            Node::Destroy(address) => self.destroy(address, Report::about(address)),
            Node::DestroyDeposed(index) => self.destroy_deposed(*index),
        })
    }

    fn finish(&mut self, node: Node, outcome: Outcome) -> bool {
        match node {
            Node::Make(address) => self.finish_make(address, &outcome),
            Node::Destroy(address) => self.finish_destroy(&address, &outcome),
            Node::DestroyDeposed(index) => {
                if !outcome.untouched && outcome.object.is_none() {
                    // Positions must stay as the plan has them until the end.
                    self.state.deposed[index].1.attributes.clear();
                }
            }
        }
        let ok = !outcome.report.has_problems();
        self.report.merge(outcome.report);
        ok
    }
}
