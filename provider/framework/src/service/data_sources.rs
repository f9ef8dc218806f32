//! Data sources.

use std::sync::Arc;

use tfplugin_protocol::tfplugin6::{read_data_source, validate_data_resource_config};

use super::Server;
use super::answer::Failed;
use crate::context::RequestContext;
use crate::convert;
use crate::data_source::AnyDataSource;
use crate::diagnostics::Diagnostics;
use crate::schema::CheckedSchema;
use crate::validate::{self, WriteOnly};

fn find<'a>(
    server: &'a Server,
    name: &str,
) -> Result<(&'a dyn AnyDataSource, &'a CheckedSchema), Diagnostics> {
    let found = server.registry.data_sources.get(name);
    server.found("data source", name, found, |found| found.schema())
}

pub(super) async fn validate(
    server: Arc<Server>,
    request: validate_data_resource_config::Request,
    _: RequestContext,
) -> Result<validate_data_resource_config::Response, validate_data_resource_config::Response> {
    let (data_source, schema) = find(&server, &request.type_name)?;
    let config = convert::value_from(request.config.as_ref(), &schema.ty, "a configuration")?;
    let mut diagnostics = Diagnostics::new();
    validate::validate(schema, &config, WriteOnly::Refused, &mut diagnostics);
    data_source.validate(&config, &mut diagnostics);
    Ok(Failed::failed(&diagnostics))
}

pub(super) async fn read(
    server: Arc<Server>,
    request: read_data_source::Request,
    mut context: RequestContext,
) -> Result<read_data_source::Response, read_data_source::Response> {
    let (data_source, schema) = find(&server, &request.type_name)?;
    context.provider_meta = server.provider_meta(request.provider_meta.as_ref())?;
    let config = convert::value_from(request.config.as_ref(), &schema.ty, "a configuration")?;
    let (state, mut diagnostics) = data_source.read(config, context).await;
    let state = diagnostics.capture(convert::value_to(&state, &schema.ty, "state"));
    Ok(read_data_source::Response {
        state,
        diagnostics: convert::diagnostics(&diagnostics),
        deferred: None,
    })
}
