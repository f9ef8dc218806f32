//! `terraform apply` of a plan.

mod graph;
mod steps;
mod walker;

use self::graph::apply_graph;
use self::walker::ApplyWalker;
use super::walk::{End, walk};
use super::{Plan, Workspace};
use crate::diagnostic::Diagnostic;
use crate::report::{Failure, Report};

/// What an apply did.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// What the provider warned of.
    pub warnings: Vec<Diagnostic>,
    /// How many operations were done.
    pub operations: usize,
}

impl Workspace {
    /// `terraform apply`. The state holds what was done, also when the apply fails.
    pub async fn apply(&mut self, plan: &Plan) -> Result<Applied, Failure> {
        self.interrupt.clear();
        self.state = plan.refreshed.clone();
        let mut report = Report::default();
        let parallelism = self.parallelism;
        let mut walker = ApplyWalker::new(self, plan);
        match walk(apply_graph(plan), parallelism, &mut walker).await {
            End::Done => {}
            End::Cycle(nodes) => report.refuse(format!("Cycle: {nodes:?}")),
            End::Stopped => report.refuse("Operation canceled"),
        }
        let (operations, found) = walker.end();
        report.merge(found);
        let ((), warnings) = report.finish(())?;
        Ok(Applied {
            warnings,
            operations,
        })
    }
}
