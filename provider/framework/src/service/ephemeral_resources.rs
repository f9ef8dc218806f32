//! Ephemeral resources.

use std::sync::Arc;

use bytes::Bytes;
use tfplugin_protocol::tfplugin6::{
    close_ephemeral_resource, open_ephemeral_resource, renew_ephemeral_resource,
    validate_ephemeral_resource_config,
};

use super::Server;
use super::answer::Failed;
use crate::context::RequestContext;
use crate::convert;
use crate::diagnostics::Diagnostics;
use crate::ephemeral::AnyEphemeralResource;
use crate::private::Private;
use crate::schema::CheckedSchema;
use crate::validate::{self, WriteOnly};

fn find<'a>(
    server: &'a Server,
    name: &str,
) -> Result<(&'a dyn AnyEphemeralResource, &'a CheckedSchema), Diagnostics> {
    let found = server.registry.ephemeral_resources.get(name);
    server.found("ephemeral resource", name, found, |found| found.schema())
}

fn private_data(bytes: Option<&Bytes>) -> Result<Private, Diagnostics> {
    Ok(Private::from_bytes(bytes.map_or(&[], |bytes| bytes))?)
}

pub(super) async fn validate(
    server: Arc<Server>,
    request: validate_ephemeral_resource_config::Request,
    _: RequestContext,
) -> Result<
    validate_ephemeral_resource_config::Response,
    validate_ephemeral_resource_config::Response,
> {
    let (ephemeral, schema) = find(&server, &request.type_name)?;
    let config = convert::value_from(request.config.as_ref(), &schema.ty, "a configuration")?;
    let mut diagnostics = Diagnostics::new();
    validate::validate(schema, &config, WriteOnly::Refused, &mut diagnostics);
    ephemeral.validate(&config, &mut diagnostics);
    Ok(Failed::failed(&diagnostics))
}

pub(super) async fn open(
    server: Arc<Server>,
    request: open_ephemeral_resource::Request,
    context: RequestContext,
) -> Result<open_ephemeral_resource::Response, open_ephemeral_resource::Response> {
    let (ephemeral, schema) = find(&server, &request.type_name)?;
    let config = convert::value_from(request.config.as_ref(), &schema.ty, "a configuration")?;
    let (result, held) = ephemeral.open(config, context).await;
    let mut diagnostics = held.diagnostics;
    let result = diagnostics.capture(convert::value_to(&result, &schema.ty, "result"));
    Ok(open_ephemeral_resource::Response {
        diagnostics: convert::diagnostics(&diagnostics),
        renew_at: held.renew_at.map(Into::into),
        result,
        private: Some(held.private.to_bytes().into()),
        deferred: None,
    })
}

pub(super) async fn renew(
    server: Arc<Server>,
    request: renew_ephemeral_resource::Request,
    context: RequestContext,
) -> Result<renew_ephemeral_resource::Response, renew_ephemeral_resource::Response> {
    let (ephemeral, _) = find(&server, &request.type_name)?;
    let private = private_data(request.private.as_ref())?;
    let held = ephemeral.renew(private, context).await;
    Ok(renew_ephemeral_resource::Response {
        diagnostics: convert::diagnostics(&held.diagnostics),
        renew_at: held.renew_at.map(Into::into),
        private: Some(held.private.to_bytes().into()),
    })
}

pub(super) async fn close(
    server: Arc<Server>,
    request: close_ephemeral_resource::Request,
    context: RequestContext,
) -> Result<close_ephemeral_resource::Response, close_ephemeral_resource::Response> {
    let (ephemeral, _) = find(&server, &request.type_name)?;
    let private = private_data(request.private.as_ref())?;
    Ok(Failed::failed(&ephemeral.close(private, context).await))
}
