//! Refreshing: the object as it is now, or its absence.

use tfplugin_values::Value;

use super::identities::{check_present, check_unchanged, identity_of};
use super::settle::{Unknown, settle};
use super::{Outcome, Subject, private_data};
use crate::context::RequestContext;
use crate::diagnostics::Diagnostics;
use crate::plan::Level;
use crate::resource::Baggage;

/// What Terraform asks for.
#[derive(Clone, Debug)]
pub(crate) struct ReadRequest {
    pub(crate) current: Value,
    pub(crate) private: Vec<u8>,
    pub(crate) identity: Option<Value>,
    pub(crate) context: RequestContext,
}

/// Reads an object again.
pub(crate) async fn read(subject: Subject<'_>, request: ReadRequest) -> Outcome {
    let ReadRequest {
        current,
        private: stored,
        identity: identity_before,
        context,
    } = request;
    let mut diagnostics = Diagnostics::new();
    let private = private_data(&stored, &mut diagnostics);
    let Some(private) = private.filter(|_| !current.is_null()) else {
        return Outcome::unchanged(current, stored, identity_before, diagnostics);
    };
    let after_import = private.imported;
    let computed_blocks = context.computed_blocks;
    let mut baggage = Baggage {
        private,
        identity: identity_before.clone(),
        diagnostics,
        context,
    };
    let mut state = subject.resource.read(&current, &mut baggage).await;
    let mut diagnostics = std::mem::take(&mut baggage.diagnostics);
    if diagnostics.has_errors() {
        return Outcome::unchanged(current, stored, identity_before, diagnostics);
    }
    if state.is_null() {
        return Outcome::unchanged(state, Vec::new(), None, diagnostics);
    }
    let level = Level::of_body(&subject.definition.schema.body);
    computed_blocks.remove_refused(level, &current, &mut state);
    settle(
        subject,
        &current,
        &mut state,
        Unknown::Mistake,
        &mut diagnostics,
    );
    // An identity that the handler left alone follows the state.
    let said = baggage
        .identity
        .filter(|said| Some(said) != identity_before.as_ref());
    let identity = identity_of(subject, said, &state).or_else(|| identity_before.clone());
    check_present(subject, identity.as_ref(), &mut diagnostics);
    if !after_import {
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
