//! Applying: create, update or delete, and a state whatever happens.

use tfplugin_values::Value;

use super::identities::{check_present, check_unchanged, identity_of};
use super::settle::{Unknown, settle};
use super::{Outcome, Subject, private_data};
use crate::context::RequestContext;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::plan::{Level, remove_unwritten};
use crate::resource::Baggage;

/// What Terraform asks for.
#[derive(Clone, Debug)]
pub(crate) struct ApplyRequest {
    /// Null for a creation.
    pub(crate) prior: Value,
    /// Null for a deletion.
    pub(crate) planned: Value,
    /// Null for a deletion.
    pub(crate) config: Value,
    pub(crate) planned_private: Vec<u8>,
    pub(crate) planned_identity: Option<Value>,
    pub(crate) context: RequestContext,
}

/// Applies a plan.
pub(crate) async fn apply(subject: Subject<'_>, request: ApplyRequest) -> Outcome {
    let mut diagnostics = Diagnostics::new();
    let Some(private) = private_data(&request.planned_private, &mut diagnostics) else {
        return Outcome::unchanged(
            request.prior,
            request.planned_private,
            request.planned_identity,
            diagnostics,
        );
    };
    let baggage = Baggage {
        private,
        identity: request.planned_identity,
        diagnostics,
        context: request.context,
    };
    let (prior, planned, config) = (request.prior, request.planned, request.config);
    match (prior.is_null(), planned.is_null()) {
        (true, true) => Outcome::nothing(baggage.diagnostics),
        (true, false) => create(subject, config, planned, baggage).await,
        (false, true) => delete(subject, prior, baggage).await,
        (false, false) => update(subject, config, &prior, planned, baggage).await,
    }
}

async fn create(
    subject: Subject<'_>,
    config: Value,
    planned: Value,
    mut baggage: Baggage,
) -> Outcome {
    let mut state = subject
        .resource
        .create(config, planned.clone(), &mut baggage)
        .await;
    let mut diagnostics = std::mem::take(&mut baggage.diagnostics);
    if state.is_null() {
        if !diagnostics.has_errors() {
            diagnostics.push(Diagnostic::error("Missing state after create").detail(format!(
                "The provider created this {} and did not say what it made. It may exist all the same. This \
                 is a bug in the provider.",
                subject.resource.type_name()
            )));
        }
        return Outcome::nothing(diagnostics);
    }
    finish(subject, &planned, &mut state, &mut diagnostics);
    let identity = identity_of(subject, baggage.identity, &state);
    if !diagnostics.has_errors() {
        check_present(subject, identity.as_ref(), &mut diagnostics);
    }
    Outcome {
        state,
        private: baggage.private.to_bytes(),
        identity,
        diagnostics,
    }
}

async fn update(
    subject: Subject<'_>,
    config: Value,
    prior: &Value,
    planned: Value,
    mut baggage: Baggage,
) -> Outcome {
    let identity_before = baggage.identity.clone();
    let mut state = subject
        .resource
        .update(config, prior, planned.clone(), &mut baggage)
        .await;
    let mut diagnostics = std::mem::take(&mut baggage.diagnostics);
    finish(subject, &planned, &mut state, &mut diagnostics);
    let identity =
        identity_of(subject, baggage.identity, &state).or_else(|| identity_before.clone());
    if !diagnostics.has_errors() {
        check_present(subject, identity.as_ref(), &mut diagnostics);
        check_unchanged(
            subject,
            identity_before.as_ref(),
            identity.as_ref(),
            &mut diagnostics,
        );
    }
    Outcome {
        state,
        private: baggage.private.to_bytes(),
        identity,
        diagnostics,
    }
}

async fn delete(subject: Subject<'_>, prior: Value, mut baggage: Baggage) -> Outcome {
    let identity = baggage.identity.clone();
    let gone = subject.resource.delete(prior.clone(), &mut baggage).await;
    if gone {
        Outcome::nothing(baggage.diagnostics)
    } else {
        Outcome::unchanged(
            prior,
            baggage.private.to_bytes(),
            identity,
            baggage.diagnostics,
        )
    }
}

fn finish(subject: Subject<'_>, planned: &Value, state: &mut Value, diagnostics: &mut Diagnostics) {
    let unknown = if diagnostics.has_errors() {
        Unknown::Leftover
    } else {
        Unknown::Mistake
    };
    // A core does not say here what it takes; what it would refuse is not in its plan.
    let level = Level::of_body(&subject.definition.schema.body);
    remove_unwritten(level, planned, state);
    settle(subject, planned, state, unknown, diagnostics);
}
