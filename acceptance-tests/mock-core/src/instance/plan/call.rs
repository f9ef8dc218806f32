//! One `PlanResourceChange` call and the checks core makes of its answer.

use bytes::Bytes;
use tfplugin_protocol::tfplugin6::plan_resource_change;

use crate::instance::Instance;
use crate::objchange::{plan_valid, set_write_only};
use crate::problem::Rule;
use crate::report::Report;
use crate::value::{Path, Value};

/// What the provider is asked.
#[derive(Clone, Debug)]
pub(in crate::instance) struct PlanCall {
    pub(in crate::instance) prior: Value,
    pub(in crate::instance) proposed: Value,
    pub(in crate::instance) config: Value,
    pub(in crate::instance) private: Bytes,
    pub(in crate::instance) identity: Value,
    pub(in crate::instance) earlier_private: Bytes,
}

/// What it answered.
#[derive(Clone, Debug)]
pub(in crate::instance) struct PlanAnswer {
    pub(in crate::instance) planned: Value,
    pub(in crate::instance) private: Bytes,
    pub(in crate::instance) identity: Value,
    pub(in crate::instance) requires_replace: Vec<Path>,
}

impl Instance {
    /// Calls the provider and checks its answer; none when the report says what is wrong.
    pub(in crate::instance) async fn call_plan(
        &self,
        call: &PlanCall,
        report: &mut Report,
    ) -> Option<PlanAnswer> {
        let before = report.problems.len();
        let returns_private = self.core.version().returns_planned_private();
        let request = plan_resource_change::Request {
            type_name: self.type_name.clone(),
            prior_state: self.wire(&call.prior, report),
            proposed_new_state: self.wire(&call.proposed, report),
            config: self.wire(&call.config, report),
            prior_private: call.private.clone(),
            provider_meta: self.core.wire_provider_meta(),
            client_capabilities: self.core.client_capabilities(),
            prior_identity: self.wire_identity(&call.identity),
            planned_private: if returns_private {
                call.earlier_private.clone()
            } else {
                Bytes::new()
            },
        };
        let answer = self.core.client().plan_resource_change(request).await;
        let answer = report.answer("PlanResourceChange", answer)?;
        report.absorb(&answer.diagnostics);
        if answer.deferred.is_some() {
            report.violation(
                Rule::UnexpectedDeferral,
                format!("while planning {}", self.address),
            );
        }
        if answer.legacy_type_system {
            report.violation(
                Rule::LegacyTypeSystem,
                format!("while planning {}", self.address),
            );
        }
        if report.problems.len() > before {
            return None;
        }
        let planned = self.planned_value(&answer, report)?;
        self.check_planned(call, &planned, report);
        let identity = self.identity(
            answer.planned_identity.as_ref(),
            false,
            "while planning",
            report,
        );
        let requires_replace = self.paths(&answer, report);
        (report.problems.len() == before).then_some(PlanAnswer {
            planned,
            private: answer.planned_private,
            identity,
            requires_replace,
        })
    }

    fn planned_value(
        &self,
        answer: &plan_resource_change::Response,
        report: &mut Report,
    ) -> Option<Value> {
        match crate::codec::from_wire(answer.planned_state.as_ref(), &self.ty()) {
            Ok(planned) => Some(planned),
            Err(problem) => {
                self.invalid_plan(
                    &format!("planned an invalid value for {}: {problem}", self.address),
                    report,
                );
                None
            }
        }
    }

    fn check_planned(&self, call: &PlanCall, planned: &Value, report: &mut Report) {
        let block = &self.schema.schema.block;
        if call.config.is_null() {
            if !planned.is_null() {
                let detail = format!("planned a non-null destroy value for {}", self.address);
                self.invalid_plan(&detail, report);
            }
            return;
        }
        let written = set_write_only(block, planned);
        for path in &written {
            let detail = format!(
                "returned a value for the write-only attribute \"{}{path}\" during planning. \
                 Write-only attributes cannot be read back from the provider",
                self.address
            );
            self.invalid_plan(&detail, report);
        }
        if !written.is_empty() {
            return;
        }
        for problem in plan_valid(block, &call.prior, &call.config, planned) {
            let detail = format!("planned an invalid value for {}{problem}", self.address);
            self.invalid_plan(&detail, report);
        }
    }

    fn paths(&self, answer: &plan_resource_change::Response, report: &mut Report) -> Vec<Path> {
        let mut paths = Vec::new();
        for wire in &answer.requires_replace {
            match Path::from_wire(wire) {
                Some(path) => paths.push(path),
                None => self.invalid_plan("named a path with an empty step", report),
            }
        }
        paths
    }

    fn invalid_plan(&self, detail: &str, report: &mut Report) {
        report.violation(
            Rule::InvalidPlan,
            format!("Provider {} {detail}", self.provider()),
        );
    }
}
