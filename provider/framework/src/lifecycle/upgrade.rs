//! Upgrades of stored states and identities, step by step. The text of a state file is untrusted.

use tfplugin_values::{Type, Value, json};

use super::Subject;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::identity::Identity;
use crate::panics::caught_now;
use crate::plan::{Level, complete_blocks, nullify_write_only, unknown_to_null};

/// Brings a stored state to the current schema version.
pub(crate) fn upgrade_state(
    subject: Subject<'_>,
    version: i64,
    stored: &[u8],
) -> Result<Value, Diagnostics> {
    let (definition, type_name) = (subject.definition, subject.resource.type_name());
    let current = definition.schema.version;
    let state = if version == current {
        decode(stored, &definition.schema.ty, type_name)?
    } else {
        let mut state = None;
        for from in version..current {
            let step = definition
                .state_upgrades
                .iter()
                .find(|step| step.from_version == from)
                .ok_or_else(|| missing(subject, "state", version, current))?;
            let former = match state {
                None => decode(stored, &step.prior_type, type_name)?,
                Some(state) => state,
            };
            state = Some(run(subject, "upgrading", || (step.upgrade)(former))?);
        }
        state.ok_or_else(|| too_new(subject, "state", version, current))?
    };
    Ok(fit(subject, state))
}

/// Makes a state of this type from one of another.
pub(super) fn convert(
    subject: Subject<'_>,
    doing: &str,
    step: impl FnOnce() -> Result<Value, Diagnostics>,
) -> Result<Value, Diagnostics> {
    Ok(fit(subject, run(subject, doing, step)?))
}

/// Makes a state fit to be stored.
fn fit(subject: Subject<'_>, mut state: Value) -> Value {
    let level = Level::of_body(&subject.definition.schema.body);
    complete_blocks(level, &mut state);
    nullify_write_only(level, &mut state);
    unknown_to_null(&mut state);
    state
}

/// Brings a stored identity to the current version of its schema.
pub(crate) fn upgrade_identity(
    subject: Subject<'_>,
    version: i64,
    stored: &[u8],
) -> Result<Value, Diagnostics> {
    let (definition, type_name) = (subject.definition, subject.resource.type_name());
    let Some(schema) = &definition.identity else {
        return Err(Diagnostic::error("No identity")
            .detail(format!(
                "{} has no identity in this version of the provider.",
                subject.resource.type_name()
            ))
            .into());
    };
    if version == schema.version {
        return decode(stored, &schema.ty, type_name);
    }
    let mut identity = None;
    for from in version..schema.version {
        let (step, ty) = definition
            .identity_upgrades
            .iter()
            .find_map(|step| match &step.from {
                Ok((version, ty)) if *version == from => Some((step, ty)),
                _ => None,
            })
            .ok_or_else(|| missing(subject, "identity", version, schema.version))?;
        let former = match identity {
            None => decode(stored, ty, type_name)?,
            Some(identity) => identity,
        };
        identity = Some(run(subject, "upgrading", || (step.upgrade)(Identity(former)))?.0);
    }
    identity.ok_or_else(|| too_new(subject, "identity", version, schema.version))
}

pub(super) fn decode(stored: &[u8], ty: &Type, type_name: &str) -> Result<Value, Diagnostics> {
    json::decode_state(stored, ty).map_err(|error| {
        Diagnostic::error("Unreadable state")
            .detail(format!(
                "What is stored of this {type_name} cannot be read: {error}. Restore the state from a backup, or \
                 remove the object from the state and import it again."
            ))
            .into()
    })
}

fn run<T>(
    subject: Subject<'_>,
    doing: &str,
    step: impl FnOnce() -> Result<T, Diagnostics>,
) -> Result<T, Diagnostics> {
    caught_now(step).unwrap_or_else(|panic| {
        Err(panic
            .diagnostic(&format!("{doing} {}", subject.resource.type_name()))
            .into())
    })
}

fn missing(subject: Subject<'_>, what: &str, version: i64, current: i64) -> Diagnostics {
    Diagnostic::error(format!("Unable to upgrade {what}"))
        .detail(format!(
            "The {what} of this {} has version {version}, this provider has version {current}, and there is no \
             way from one to the other. Upgrade with an earlier release of the provider first, or remove the \
             object from the state and import it again.",
            subject.resource.type_name()
        ))
        .into()
}

fn too_new(subject: Subject<'_>, what: &str, version: i64, current: i64) -> Diagnostics {
    Diagnostic::error(format!("Unable to read {what}"))
        .detail(format!(
            "The {what} of this {} has version {version}; this provider knows versions up to {current}. Use the \
             release of the provider that wrote it, or a later one.",
            subject.resource.type_name()
        ))
        .into()
}
