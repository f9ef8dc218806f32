//! The plan made again during apply, with everything known, against the plan the user saw.

use crate::instance::{Action, Instance, InstancePlan};
use crate::objchange::compatible;
use crate::problem::Rule;
use crate::report::Report;

impl Instance {
    /// Whether the final plan keeps what the first promised.
    pub(crate) fn check_final_plan(
        &self,
        first: Action,
        planned: &InstancePlan,
        again: &InstancePlan,
        report: &mut Report,
    ) -> bool {
        let before = report.problems.len();
        let expanding = format!(
            "When expanding the plan for {} to include new values learned so far during apply, \
             provider {}",
            self.address,
            self.provider()
        );
        // With everything known, there may turn out to be nothing left to change.
        let same =
            first == again.action || (first == Action::Update && again.action == Action::NoOp);
        if !same {
            report.violation(
                Rule::InconsistentFinalPlan,
                format!(
                    "{expanding} changed the planned action from {first:?} to {:?}",
                    again.action
                ),
            );
        }
        for problem in compatible(&self.schema.schema.block, &planned.planned, &again.planned) {
            report.violation(
                Rule::InconsistentFinalPlan,
                format!(
                    "{expanding} produced an invalid new value for {}{problem}",
                    self.address
                ),
            );
        }
        report.problems.len() == before
    }
}
