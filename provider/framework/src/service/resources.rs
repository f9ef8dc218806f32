//! Managed resources.

use std::sync::Arc;

use tfplugin_protocol::tfplugin6::{
    DynamicValue, RawState, apply_resource_change, generate_resource_config, import_resource_state,
    move_resource_state, plan_resource_change, read_resource, upgrade_resource_identity,
    upgrade_resource_state, validate_resource_config,
};
use tfplugin_values::Value;

use super::Server;
use super::answer::Failed;
use crate::context::RequestContext;
use crate::convert;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::identity::Identity;
use crate::lifecycle::{
    self, ApplyRequest, ImportRequest, MoveSource, PlanRequest, ReadRequest, Subject,
};
use crate::resource::ImportTarget;

fn value(
    subject: Subject<'_>,
    message: Option<&DynamicValue>,
    what: &str,
) -> Result<Value, Diagnostics> {
    convert::value_from(message, &subject.definition.schema.ty, what)
}

fn message(subject: Subject<'_>, value: &Value, what: &str) -> Result<DynamicValue, Diagnostics> {
    convert::value_to(value, &subject.definition.schema.ty, what)
}

pub(super) async fn validate(
    server: Arc<Server>,
    request: validate_resource_config::Request,
    _: RequestContext,
) -> Result<validate_resource_config::Response, validate_resource_config::Response> {
    let subject = server.subject(&request.type_name)?;
    let config = value(subject, request.config.as_ref(), "a configuration")?;
    let write_only = convert::write_only(request.client_capabilities.as_ref());
    let diagnostics = lifecycle::validate(subject, &config, write_only);
    Ok(Failed::failed(&diagnostics))
}

pub(super) async fn upgrade_state(
    server: Arc<Server>,
    request: upgrade_resource_state::Request,
    _: RequestContext,
) -> Result<upgrade_resource_state::Response, upgrade_resource_state::Response> {
    let subject = server.subject(&request.type_name)?;
    let stored = stored(request.raw_state.as_ref())?;
    let state = lifecycle::upgrade_state(subject, request.version, stored)?;
    Ok(upgrade_resource_state::Response {
        upgraded_state: Some(message(subject, &state, "state")?),
        diagnostics: Vec::new(),
    })
}

pub(super) async fn upgrade_identity(
    server: Arc<Server>,
    request: upgrade_resource_identity::Request,
    _: RequestContext,
) -> Result<upgrade_resource_identity::Response, upgrade_resource_identity::Response> {
    let subject = server.subject(&request.type_name)?;
    let stored = stored(request.raw_identity.as_ref())?;
    let identity = lifecycle::upgrade_identity(subject, request.version, stored)?;
    let schema = subject.definition.identity.as_ref();
    Ok(upgrade_resource_identity::Response {
        upgraded_identity: convert::identity_to(Some(&identity), schema)?,
        diagnostics: Vec::new(),
    })
}

/// The JSON of a stored state or identity.
fn stored(raw: Option<&RawState>) -> Result<&[u8], Diagnostics> {
    match raw {
        Some(raw) if !raw.json.is_empty() => Ok(&raw.json),
        Some(raw) if !raw.flatmap.is_empty() => Err(Diagnostic::error("Outdated state")
            .detail(
                "The state was written by Terraform 0.11 or earlier. Upgrade it with Terraform 0.12 first.",
            )
            .into()),
        _ => Ok(b"null"),
    }
}

pub(super) async fn read(
    server: Arc<Server>,
    request: read_resource::Request,
    mut context: RequestContext,
) -> Result<read_resource::Response, read_resource::Response> {
    let subject = server.subject(&request.type_name)?;
    let identity = subject.definition.identity.as_ref();
    context.provider_meta = server.provider_meta(request.provider_meta.as_ref())?;
    context.computed_blocks = convert::computed_blocks(request.client_capabilities.as_ref());
    let read = ReadRequest {
        current: value(subject, request.current_state.as_ref(), "a state")?,
        private: request.private.to_vec(),
        identity: convert::identity_from(request.current_identity.as_ref(), identity)?,
        context,
    };
    let outcome = lifecycle::read(subject, read).await;
    let mut diagnostics = outcome.diagnostics;
    let new_state = diagnostics.capture(message(subject, &outcome.state, "state"));
    let new_identity =
        diagnostics.capture(convert::identity_to(outcome.identity.as_ref(), identity));
    Ok(read_resource::Response {
        new_state,
        diagnostics: convert::diagnostics(&diagnostics),
        private: outcome.private.into(),
        deferred: None,
        new_identity: new_identity.flatten(),
    })
}

pub(super) async fn plan(
    server: Arc<Server>,
    request: plan_resource_change::Request,
    mut context: RequestContext,
) -> Result<plan_resource_change::Response, plan_resource_change::Response> {
    let subject = server.subject(&request.type_name)?;
    let identity = subject.definition.identity.as_ref();
    context.provider_meta = server.provider_meta(request.provider_meta.as_ref())?;
    context.computed_blocks = convert::computed_blocks(request.client_capabilities.as_ref());
    let plan = PlanRequest {
        prior: value(subject, request.prior_state.as_ref(), "a prior state")?,
        proposed: value(
            subject,
            request.proposed_new_state.as_ref(),
            "a proposed state",
        )?,
        config: value(subject, request.config.as_ref(), "a configuration")?,
        prior_private: request.prior_private.to_vec(),
        planned_private: request.planned_private.to_vec(),
        prior_identity: convert::identity_from(request.prior_identity.as_ref(), identity)?,
        context,
    };
    let outcome = lifecycle::plan(subject, plan).await;
    let mut diagnostics = outcome.diagnostics;
    let planned_state = diagnostics.capture(message(subject, &outcome.planned, "plan"));
    let planned_identity = diagnostics.capture(convert::identity_to(
        outcome.planned_identity.as_ref(),
        identity,
    ));
    Ok(plan_resource_change::Response {
        planned_state,
        requires_replace: outcome.requires_replace.iter().map(convert::path).collect(),
        planned_private: outcome.planned_private.into(),
        diagnostics: convert::diagnostics(&diagnostics),
        legacy_type_system: false,
        deferred: None,
        planned_identity: planned_identity.flatten(),
    })
}

pub(super) async fn apply(
    server: Arc<Server>,
    request: apply_resource_change::Request,
    mut context: RequestContext,
) -> Result<apply_resource_change::Response, apply_resource_change::Response> {
    let subject = server.subject(&request.type_name)?;
    let identity = subject.definition.identity.as_ref();
    context.provider_meta = server.provider_meta(request.provider_meta.as_ref())?;
    let apply = ApplyRequest {
        prior: value(subject, request.prior_state.as_ref(), "a prior state")?,
        planned: value(subject, request.planned_state.as_ref(), "a plan")?,
        config: value(subject, request.config.as_ref(), "a configuration")?,
        planned_private: request.planned_private.to_vec(),
        planned_identity: convert::identity_from(request.planned_identity.as_ref(), identity)?,
        context,
    };
    let outcome = lifecycle::apply(subject, apply).await;
    let mut diagnostics = outcome.diagnostics;
    let new_state = diagnostics.capture(message(subject, &outcome.state, "state"));
    let new_identity =
        diagnostics.capture(convert::identity_to(outcome.identity.as_ref(), identity));
    Ok(apply_resource_change::Response {
        new_state,
        private: outcome.private.into(),
        diagnostics: convert::diagnostics(&diagnostics),
        legacy_type_system: false,
        new_identity: new_identity.flatten(),
    })
}

pub(super) async fn import(
    server: Arc<Server>,
    request: import_resource_state::Request,
    mut context: RequestContext,
) -> Result<import_resource_state::Response, import_resource_state::Response> {
    let subject = server.subject(&request.type_name)?;
    let identity = subject.definition.identity.as_ref();
    context.computed_blocks = convert::computed_blocks(request.client_capabilities.as_ref());
    let target = match convert::identity_from(request.identity.as_ref(), identity)? {
        Some(identity) => ImportTarget::Identity(Identity(identity)),
        None => ImportTarget::Id(request.id),
    };
    let outcome = lifecycle::import(subject, ImportRequest { target, context }).await;
    let mut diagnostics = outcome.diagnostics;
    if diagnostics.has_errors() {
        return Err(diagnostics.into());
    }
    let imported = import_resource_state::ImportedResource {
        type_name: request.type_name,
        state: diagnostics.capture(message(subject, &outcome.state, "state")),
        private: outcome.private.into(),
        identity: diagnostics
            .capture(convert::identity_to(outcome.identity.as_ref(), identity))
            .flatten(),
    };
    Ok(import_resource_state::Response {
        imported_resources: vec![imported],
        diagnostics: convert::diagnostics(&diagnostics),
        deferred: None,
    })
}

/// OpenTofu asks without looking at the capability.
pub(super) async fn move_state(
    server: Arc<Server>,
    request: move_resource_state::Request,
    _: RequestContext,
) -> Result<move_resource_state::Response, move_resource_state::Response> {
    let subject = server.subject(&request.target_type_name)?;
    let source = MoveSource {
        provider_address: &request.source_provider_address,
        type_name: &request.source_type_name,
        version: request.source_schema_version,
        state: stored(request.source_state.as_ref())?,
    };
    let moved = lifecycle::move_state(subject, source)?;
    let identity = subject.definition.identity.as_ref();
    Ok(move_resource_state::Response {
        target_state: Some(message(subject, &moved.state, "state")?),
        diagnostics: Vec::new(),
        target_private: moved.private.into(),
        target_identity: convert::identity_to(moved.identity.as_ref(), identity)?,
    })
}

pub(super) async fn generate_config(
    server: Arc<Server>,
    request: generate_resource_config::Request,
    _: RequestContext,
) -> Result<generate_resource_config::Response, generate_resource_config::Response> {
    let subject = server.subject(&request.type_name)?;
    let state = value(subject, request.state.as_ref(), "a state")?;
    let (config, mut diagnostics) = lifecycle::generate_config(subject, &state);
    Ok(generate_resource_config::Response {
        config: diagnostics.capture(message(subject, &config, "configuration")),
        diagnostics: convert::diagnostics(&diagnostics),
    })
}
