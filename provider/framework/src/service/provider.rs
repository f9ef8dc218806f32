//! The provider's own requests.

use std::sync::Arc;

use tfplugin_protocol::tfplugin6::{configure_provider, validate_provider_config};

use super::Server;
use super::answer::Failed;
use crate::context::RequestContext;
use crate::convert;
use crate::diagnostics::Diagnostics;
use crate::handler::broken_schema;
use crate::validate::{self, WriteOnly};

pub(super) async fn validate(
    server: Arc<Server>,
    request: validate_provider_config::Request,
    _: RequestContext,
) -> Result<validate_provider_config::Response, validate_provider_config::Response> {
    let provider = &server.provider;
    let schema = provider
        .schema()
        .map_err(|error| Diagnostics::from(broken_schema("the provider", error)))?;
    let config = convert::value_from(request.config.as_ref(), &schema.ty, "a configuration")?;
    let mut diagnostics = Diagnostics::new();
    validate::validate(schema, &config, WriteOnly::Allowed, &mut diagnostics);
    if !config.is_null() && !config.is_unknown() {
        provider.validate(&config, &mut diagnostics);
    }
    Ok(Failed::failed(&diagnostics))
}

pub(super) async fn configure(
    server: Arc<Server>,
    request: configure_provider::Request,
    context: RequestContext,
) -> Result<configure_provider::Response, configure_provider::Response> {
    let schema = server
        .provider
        .schema()
        .map_err(|error| Diagnostics::from(broken_schema("the provider", error)))?;
    let config = convert::value_from(request.config.as_ref(), &schema.ty, "a configuration")?;
    let diagnostics = server
        .provider
        .configure(config, request.terraform_version, context)
        .await;
    Ok(Failed::failed(&diagnostics))
}
