//! The identity of an object in each request.

use std::collections::BTreeMap;

use tfplugin_values::Value;

use super::Subject;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::plan::part;

/// The identity of an object: what the handler said, else what the resource says, else the attributes of the
/// same names. `None` where the type has no identity, or nothing of it is there.
pub(super) fn identity_of(
    subject: Subject<'_>,
    said: Option<Value>,
    object: &Value,
) -> Option<Value> {
    let schema = subject.definition.identity.as_ref()?;
    if object.is_null() {
        return None;
    }
    let source = said.or_else(|| subject.resource.identity(object));
    let source = source.as_ref().unwrap_or(object);
    let attributes: BTreeMap<String, Value> = schema
        .attributes
        .iter()
        .map(|(name, _)| (name.clone(), part(source, name).clone()))
        .collect();
    if attributes.values().all(Value::is_null) {
        return None;
    }
    Some(Value::Object(attributes))
}

/// Reports an identity that changed although it must not.
pub(super) fn check_unchanged(
    subject: Subject<'_>,
    before: Option<&Value>,
    after: Option<&Value>,
    diagnostics: &mut Diagnostics,
) {
    let Some(schema) = &subject.definition.identity else {
        return;
    };
    if let (Some(before), Some(after)) = (before, after)
        && !schema.mutable
        && !before.is_null()
        && before.is_wholly_known()
        && before != after
    {
        diagnostics.push(Diagnostic::error("Unexpected identity change").detail(format!(
            "The identity of this {} changed, which its type does not allow. This is a bug in the provider.",
            subject.resource.type_name()
        )));
    }
}

/// Reports an object that should have an identity and has none.
pub(super) fn check_present(
    subject: Subject<'_>,
    identity: Option<&Value>,
    diagnostics: &mut Diagnostics,
) {
    if subject.definition.identity.is_some() && identity.is_none() {
        diagnostics.push(Diagnostic::error("Missing identity").detail(format!(
            "The provider gave no identity to this {}. This is a bug in the provider.",
            subject.resource.type_name()
        )));
    }
}

/// The state of an import or a move is often a stub; half an identity is none.
pub(super) fn complete(identity: Option<Value>) -> Option<Value> {
    identity.filter(|identity| match identity {
        Value::Object(attributes) => attributes.values().all(|value| !value.is_null()),
        _ => false,
    })
}
