//! Planning one instance.

mod call;

use bytes::Bytes;

pub(super) use self::call::PlanCall;
use super::Instance;
use crate::codec;
use crate::core::Phase;
use crate::objchange::{
    UnknownPath, effective_replace_paths, ignore_changes, prepare_computed_blocks, proposed_new,
};
use crate::problem::Rule;
use crate::report::Report;
use crate::state::Object;
use crate::value::{Path, Value};

/// What is to happen with an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing.
    NoOp,
    /// Create it.
    Create,
    /// Change it in place.
    Update,
    /// Destroy it.
    Delete,
    /// Destroy it, then create it anew.
    DeleteThenCreate,
    /// Create it anew, then destroy the old one.
    CreateThenDelete,
}

impl Action {
    /// Whether a new object takes the place of an old one.
    pub fn is_replace(self) -> bool {
        matches!(self, Self::DeleteThenCreate | Self::CreateThenDelete)
    }
}

/// What a configuration says about the life of an instance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lifecycle {
    /// Paths whose configured values are ignored; the root path ignores everything.
    pub ignore_changes: Vec<Path>,
    /// Whether a replacement is created before the old object is destroyed.
    pub create_before_destroy: bool,
    /// Whether destroying is refused.
    pub prevent_destroy: bool,
    /// What replaces the instance when it changes.
    pub replace_triggered_by: Vec<Trigger>,
}

/// One entry of `replace_triggered_by`.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    /// The resource watched.
    pub address: String,
    /// The attribute watched; the root path for the resource as a whole.
    pub attribute: Path,
}

impl Trigger {
    /// Whether a planned change of the watched resource triggers.
    pub(crate) fn fires(&self, watched: &InstancePlan) -> bool {
        if self.attribute.steps().is_empty() {
            // A create is no change of something that was there.
            return watched.action == Action::Update || watched.action.is_replace();
        }
        let before = watched
            .before
            .as_ref()
            .and_then(|before| before.value.at(&self.attribute));
        before != watched.planned.at(&self.attribute)
    }
}

/// What is planned for one instance.
#[derive(Clone, Debug)]
pub struct InstancePlan {
    /// What is to happen.
    pub action: Action,
    /// The object before; none when there is none.
    pub before: Option<Object>,
    /// The value after; null when it is to be destroyed.
    pub planned: Value,
    /// The provider's own bytes for the apply.
    pub planned_private: Bytes,
    /// The identity after; null when there is none.
    pub planned_identity: Value,
    /// The paths that force a replacement.
    pub requires_replace: Vec<Path>,
    /// The configuration as it is written, which is what an apply gets; null when the object is to be destroyed.
    pub config: Value,
}

/// What planning starts from.
#[derive(Clone, Debug)]
pub(crate) struct PlanInput {
    /// The object before.
    pub(crate) prior: Option<Object>,
    /// The configuration, complete and of the schema's type.
    pub(crate) config: Value,
    /// What the configuration says about its life.
    pub(crate) lifecycle: Lifecycle,
    /// Whether the user asks for a replacement.
    pub(crate) force_replace: bool,
    /// The bytes the first plan returned, when this is the plan made again during apply.
    pub(crate) earlier_private: Bytes,
}

impl Instance {
    /// Plans a create, update or replace; none when the report says why not.
    pub(crate) async fn plan(&self, input: PlanInput, report: &mut Report) -> Option<InstancePlan> {
        let block = &self.schema.schema.block;
        self.validate(&input.config, report).await?;
        // A tainted object is planned as if it were not there and replaced afterwards.
        let tainted = input.prior.as_ref().filter(|prior| prior.tainted);
        let prior = input.prior.as_ref().filter(|prior| !prior.tainted);
        let prior_value = prior.map_or(Value::Null, |prior| prior.value.clone());
        let config = ignore_changes(&prior_value, &input.config, &input.lifecycle.ignore_changes);
        let config = prepare_computed_blocks(block, &config);
        let first = PlanCall {
            proposed: proposed_new(block, &prior_value, &config),
            prior: prior_value,
            config,
            private: prior.map(|prior| prior.private.clone()).unwrap_or_default(),
            identity: prior.map_or(Value::Null, |prior| prior.identity.clone()),
            earlier_private: input.earlier_private.clone(),
        };
        let answer = self.call_plan(&first, report).await?;
        let requires_replace =
            self.replace_paths(&first, &answer.requires_replace, &answer.planned, report)?;
        let same = answer.planned == first.prior;
        let replaced = input.force_replace || (!requires_replace.is_empty() && !same);
        if prior.is_some() && replaced {
            return self
                .plan_replacement(input, answer, requires_replace, report)
                .await;
        }
        let action = match (prior, tainted) {
            (_, Some(_)) => replace_action(&input.lifecycle),
            (None, None) => Action::Create,
            (Some(_), _) if same => Action::NoOp,
            (Some(_), _) => Action::Update,
        };
        if matches!(action, Action::Update | Action::NoOp) && !answer.identity.is_wholly_known() {
            report.violation(
                Rule::InvalidIdentity,
                format!(
                    "Provider {} planned an identity with unknown values for the update of {}",
                    self.provider(),
                    self.address
                ),
            );
            return None;
        }
        if action.is_replace() && !self.may_destroy(&input.lifecycle, report) {
            return None;
        }
        Some(InstancePlan {
            action,
            before: input.prior,
            planned: answer.planned,
            planned_private: answer.private,
            planned_identity: answer.identity,
            requires_replace,
            config: input.config,
        })
    }

    /// The second plan of a replacement: as a create, with the private data of the first.
    async fn plan_replacement(
        &self,
        input: PlanInput,
        first: call::PlanAnswer,
        requires_replace: Vec<Path>,
        report: &mut Report,
    ) -> Option<InstancePlan> {
        if !self.may_destroy(&input.lifecycle, report) {
            return None;
        }
        let block = &self.schema.schema.block;
        let config = prepare_computed_blocks(block, &input.config);
        let second = PlanCall {
            prior: Value::Null,
            proposed: proposed_new(block, &Value::Null, &config),
            config,
            private: first.private,
            identity: first.identity,
            earlier_private: input.earlier_private.clone(),
        };
        // Core drops the warnings of the second call: they are most likely those of the first.
        let mut second_report = self.report();
        let answer = self.call_plan(&second, &mut second_report).await;
        second_report.warnings.clear();
        report.merge(second_report);
        let answer = answer?;
        Some(InstancePlan {
            action: replace_action(&input.lifecycle),
            before: input.prior,
            planned: answer.planned,
            planned_private: answer.private,
            planned_identity: answer.identity,
            requires_replace,
            config: input.config,
        })
    }

    fn replace_paths(
        &self,
        call: &PlanCall,
        paths: &[Path],
        planned: &Value,
        report: &mut Report,
    ) -> Option<Vec<Path>> {
        match effective_replace_paths(&self.schema.schema.block, paths, &call.prior, planned) {
            Ok(paths) => Some(paths),
            Err(UnknownPath(path)) => {
                report.violation(
                    Rule::InvalidPlan,
                    format!(
                        "Provider {} has indicated \"requires replacement\" on {} for a \
                         non-existent attribute path {path}",
                        self.provider(),
                        self.address
                    ),
                );
                None
            }
        }
    }

    pub(super) fn may_destroy(&self, lifecycle: &Lifecycle, report: &mut Report) -> bool {
        if lifecycle.prevent_destroy {
            report.refuse(format!(
                "Instance cannot be destroyed: resource {} has lifecycle.prevent_destroy set",
                self.address
            ));
        }
        !lifecycle.prevent_destroy
    }

    /// `ValidateResourceConfig`; none when the provider objects.
    pub(crate) async fn validate(&self, config: &Value, report: &mut Report) -> Option<()> {
        let request = tfplugin_protocol::tfplugin6::validate_resource_config::Request {
            type_name: self.type_name.clone(),
            config: Some(match codec::to_wire(config, &self.ty()) {
                Ok(wire) => wire,
                Err(problem) => {
                    report.refuse(format!("the configuration cannot be sent: {problem}"));
                    return None;
                }
            }),
            // Whether deferring is allowed matters to no validation.
            client_capabilities: self.core.in_phase(Phase::Plan).client_capabilities(),
        };
        let answer = self.core.client().validate_resource_config(request).await;
        let answer = report.answer("ValidateResourceConfig", answer)?;
        let before = report.problems.len();
        report.absorb(&answer.diagnostics);
        (report.problems.len() == before).then_some(())
    }
}

fn replace_action(lifecycle: &Lifecycle) -> Action {
    if lifecycle.create_before_destroy {
        Action::CreateThenDelete
    } else {
        Action::DeleteThenCreate
    }
}
