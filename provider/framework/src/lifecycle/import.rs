//! Importing: what the user named becomes a state that can be read.

use super::identities::{complete, identity_of};
use super::settle::{Unknown, settle};
use super::{Outcome, Subject};
use crate::context::RequestContext;
use crate::diagnostics::Diagnostic;
use crate::plan::Level;
use crate::resource::{Baggage, ImportTarget};
use tfplugin_values::Value;

/// What Terraform asks for.
#[derive(Clone, Debug)]
pub(crate) struct ImportRequest {
    pub(crate) target: ImportTarget,
    pub(crate) context: RequestContext,
}

/// Imports an object.
pub(crate) async fn import(subject: Subject<'_>, request: ImportRequest) -> Outcome {
    let named = match &request.target {
        ImportTarget::Identity(identity) => Some(identity.0.clone()),
        ImportTarget::Id(_) => None,
    };
    let computed_blocks = request.context.computed_blocks;
    let mut baggage = Baggage {
        context: request.context,
        ..Baggage::default()
    };
    let mut state = subject.resource.import(request.target, &mut baggage).await;
    let mut diagnostics = baggage.diagnostics;
    if diagnostics.has_errors() {
        return Outcome::nothing(diagnostics);
    }
    if state.is_null() {
        diagnostics.push(
            Diagnostic::error("Missing state after import").detail(format!(
                "The provider did not say which {} to read. This is a bug in the provider.",
                subject.resource.type_name()
            )),
        );
        return Outcome::nothing(diagnostics);
    }
    let level = Level::of_body(&subject.definition.schema.body);
    computed_blocks.remove_refused(level, &Value::Null, &mut state);
    settle(
        subject,
        &Value::Null,
        &mut state,
        Unknown::Mistake,
        &mut diagnostics,
    );
    baggage.private.imported = true;
    let identity = match baggage.identity {
        Some(said) => identity_of(subject, Some(said), &state),
        None => named.or_else(|| complete(identity_of(subject, None, &state))),
    };
    Outcome {
        state,
        private: baggage.private.to_bytes(),
        identity,
        diagnostics,
    }
}
