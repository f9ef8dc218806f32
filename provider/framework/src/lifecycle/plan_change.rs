//! Planning: the draft of the plan engine, the resource's own hook, and what must hold afterwards.

use tfplugin_values::{Path, Value};

use super::identities::{check_unchanged, identity_of};
use super::{Subject, private_data};
use crate::context::RequestContext;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::plan::{self, Level, complete_blocks, nullify_write_only, sort_paths};
use crate::resource::{Baggage, PlanValues};

/// What Terraform asks for.
#[derive(Clone, Debug)]
pub(crate) struct PlanRequest {
    /// Null for a creation.
    pub(crate) prior: Value,
    /// Null for a destruction.
    pub(crate) proposed: Value,
    /// Null for a destruction.
    pub(crate) config: Value,
    pub(crate) prior_private: Vec<u8>,
    /// What an earlier plan of the same change left, where the core remembers it.
    pub(crate) planned_private: Vec<u8>,
    pub(crate) prior_identity: Option<Value>,
    pub(crate) context: RequestContext,
}

/// The plan.
#[derive(Clone, Debug)]
pub(crate) struct PlanResponse {
    pub(crate) planned: Value,
    pub(crate) requires_replace: Vec<Path>,
    pub(crate) planned_private: Vec<u8>,
    pub(crate) planned_identity: Option<Value>,
    pub(crate) diagnostics: Diagnostics,
}

/// Plans a change.
pub(crate) async fn plan(subject: Subject<'_>, request: PlanRequest) -> PlanResponse {
    let PlanRequest {
        prior,
        proposed,
        config,
        prior_private,
        planned_private,
        prior_identity,
        context,
    } = request;
    let mut diagnostics = Diagnostics::new();
    let (Some(private), Some(earlier)) = (
        private_data(&prior_private, &mut diagnostics),
        private_data(&planned_private, &mut diagnostics),
    ) else {
        return PlanResponse {
            planned: proposed,
            requires_replace: Vec::new(),
            planned_private: prior_private,
            planned_identity: prior_identity,
            diagnostics,
        };
    };
    let destroys = proposed.is_null();
    let draft = plan::draft(
        &subject.definition.schema,
        &prior,
        &config,
        proposed,
        context.computed_blocks,
    );
    let mut values = PlanValues {
        planned_private: (!planned_private.is_empty()).then_some(earlier),
        prior,
        config,
        planned: draft.planned,
        requires_replace: draft.requires_replace,
    };
    let mut baggage = Baggage {
        private,
        identity: None,
        diagnostics: draft.diagnostics,
        context,
    };
    if !baggage.diagnostics.has_errors() {
        plan_by_resource(subject, destroys, &mut values, &mut baggage).await;
    }
    let Baggage {
        private,
        identity,
        mut diagnostics,
        ..
    } = baggage;
    let PlanValues {
        prior,
        planned,
        mut requires_replace,
        ..
    } = values;
    settle_replacements(&prior, &planned, &mut requires_replace);
    let replaces = requires_replace
        .iter()
        .any(|path| prior.get(path) != planned.get(path));
    let planned_identity = planned_identity(
        subject,
        identity,
        &prior,
        &planned,
        prior_identity,
        replaces,
        &mut diagnostics,
    );
    PlanResponse {
        planned,
        requires_replace,
        planned_private: private.to_bytes(),
        planned_identity,
        diagnostics,
    }
}

async fn plan_by_resource(
    subject: Subject<'_>,
    destroys: bool,
    values: &mut PlanValues,
    baggage: &mut Baggage,
) {
    let computed_blocks = baggage.context.computed_blocks;
    subject.resource.plan(values, baggage).await;
    if values.planned.is_null() != destroys {
        let problem = if destroys {
            "planned values for an object that is to be destroyed"
        } else {
            "removed the planned object"
        };
        baggage
            .diagnostics
            .push(Diagnostic::error("Invalid plan").detail(format!(
                "The plan of {} {problem}. This is a bug in the provider.",
                subject.resource.type_name()
            )));
        values.planned = Value::Null;
    }
    let level = Level::of_body(&subject.definition.schema.body);
    computed_blocks.remove_refused(level, &values.config, &mut values.planned);
    complete_blocks(level, &mut values.planned);
    nullify_write_only(level, &mut values.planned);
}

/// Leaves the paths that a core accepts: of an existing object, and there to be found.
fn settle_replacements(prior: &Value, planned: &Value, paths: &mut Vec<Path>) {
    if prior.is_null() || planned.is_null() {
        paths.clear();
    }
    paths.retain(|path| prior.get(path).is_some() || planned.get(path).is_some());
    sort_paths(paths);
}

fn planned_identity(
    subject: Subject<'_>,
    said: Option<Value>,
    prior: &Value,
    planned: &Value,
    prior_identity: Option<Value>,
    replaces: bool,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    if planned.is_null() {
        return prior_identity;
    }
    let planned_identity = identity_of(subject, said, planned);
    if prior.is_null() || replaces {
        // Terraform cannot show a plan whose identity is known in part.
        return planned_identity.filter(Value::is_wholly_known);
    }
    // Of an object that stays, a core wants the identity wholly known.
    match planned_identity {
        Some(identity) if identity.is_wholly_known() => {
            check_unchanged(
                subject,
                prior_identity.as_ref(),
                Some(&identity),
                diagnostics,
            );
            Some(identity)
        }
        _ => prior_identity,
    }
}
