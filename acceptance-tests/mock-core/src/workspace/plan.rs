//! `terraform plan`: refresh every object, then plan every resource.

mod result;
mod walker;

use std::collections::{BTreeMap, BTreeSet};

use self::walker::{Node, PlanWalker};
use super::walk::{End, walk};
use super::{Configuration, Workspace};
use crate::report::{Failure, Report};

pub use self::result::{Plan, PlannedChange};

/// What a plan is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlanMode {
    /// To make everything as configured.
    #[default]
    Normal,
    /// To destroy everything.
    Destroy,
    /// To bring the state up to date and change nothing.
    RefreshOnly,
}

/// The options of `terraform plan`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanOptions {
    /// What the plan is for.
    pub mode: PlanMode,
    /// Whether objects are read first; `-refresh=false` turns it off.
    pub refresh: bool,
    /// Addresses to replace in any case, as `-replace`.
    pub replace: BTreeSet<String>,
}

impl Default for PlanOptions {
    fn default() -> Self {
        Self {
            mode: PlanMode::Normal,
            refresh: true,
            replace: BTreeSet::new(),
        }
    }
}

impl PlanOptions {
    /// A plan that replaces this address in any case.
    pub fn replacing(address: &str) -> Self {
        Self {
            replace: [address.to_owned()].into(),
            ..Self::default()
        }
    }
}

impl Workspace {
    /// `terraform plan` with options. The workspace's own state is left as it is.
    pub async fn plan_with(
        &self,
        configuration: &Configuration,
        options: PlanOptions,
    ) -> Result<Plan, Failure> {
        self.interrupt.clear();
        let mut report = Report::default();
        let mut walker = PlanWalker::new(self, configuration, options);
        match walk(
            self.plan_graph(configuration),
            self.parallelism,
            &mut walker,
        )
        .await
        {
            End::Done => {}
            End::Cycle(nodes) => report.refuse(format!("Cycle: {}", names(&nodes))),
            End::Stopped => report.refuse("Operation canceled"),
        }
        let (plan, found) = walker.end();
        report.merge(found);
        let (mut plan, warnings) = report.finish(plan)?;
        plan.warnings = warnings;
        Ok(plan)
    }

    fn plan_graph(&self, configuration: &Configuration) -> BTreeMap<Node, BTreeSet<Node>> {
        let configured = configuration.resources.keys();
        let mut graph: BTreeMap<Node, BTreeSet<Node>> = configured
            .chain(self.state.resources.keys())
            .map(|address| {
                let dependencies = configuration.direct_dependencies(address);
                (
                    Node::Current(address.clone()),
                    dependencies.into_iter().map(Node::Current).collect(),
                )
            })
            .collect();
        for index in 0..self.state.deposed.len() {
            graph.insert(Node::Deposed(index), BTreeSet::new());
        }
        graph
    }
}

fn names(nodes: &[Node]) -> String {
    nodes
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}
