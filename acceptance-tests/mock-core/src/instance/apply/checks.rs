//! What core checks of the result of an apply.

use super::Change;
use crate::instance::{Action, Instance};
use crate::objchange::{compatible, set_write_only};
use crate::problem::Rule;
use crate::report::Report;
use crate::value::Value;

impl Instance {
    /// The value to store; none when the result is so wrong that core throws it away.
    pub(super) fn check_result(
        &self,
        change: &Change,
        value: Value,
        failed: bool,
        report: &mut Report,
    ) -> Option<Value> {
        let written = set_write_only(&self.schema.schema.block, &value);
        for path in &written {
            report.violation(
                Rule::InvalidObject,
                format!(
                    "Provider {} returned a value for the write-only attribute \"{}{path}\" after \
                     apply. Write-only attributes cannot be read back from the provider",
                    self.provider(),
                    self.address
                ),
            );
        }
        if !written.is_empty() {
            return None;
        }
        let value = self.check_known(value, report);
        if !failed {
            self.check_presence(change, &value, report);
        }
        if !failed && change.action != Action::Delete && !value.is_null() {
            self.check_as_planned(change, &value, report);
        }
        Some(value)
    }

    fn check_known(&self, value: Value, report: &mut Report) -> Value {
        if value.is_wholly_known() {
            return value;
        }
        report.violation(
            Rule::InvalidResult,
            format!(
                "After the apply operation, the provider still indicated an unknown value for {}. \
                 All values must be known after apply",
                self.address
            ),
        );
        value.unknown_as_null()
    }

    fn check_presence(&self, change: &Change, value: &Value, report: &mut Report) {
        match (change.action == Action::Delete, value.is_null()) {
            (true, false) => report.violation(
                Rule::InvalidResult,
                format!(
                    "After applying a Delete plan, the provider returned a non-null object for {}. \
                     Destroying should always produce a null value",
                    self.address
                ),
            ),
            (false, true) => report.violation(
                Rule::InvalidResult,
                format!(
                    "After applying a {:?} plan, the provider returned a null object for {}. Only \
                     destroying should produce a null value",
                    change.action, self.address
                ),
            ),
            _ => {}
        }
    }

    fn check_as_planned(&self, change: &Change, value: &Value, report: &mut Report) {
        for problem in compatible(&self.schema.schema.block, &change.planned, value) {
            report.violation(
                Rule::InconsistentResult,
                format!(
                    "When applying changes to {}, provider {} produced an unexpected new value: \
                     {problem}",
                    self.address,
                    self.provider()
                ),
            );
        }
    }
}
