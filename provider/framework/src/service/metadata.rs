//! What the provider offers.

use std::sync::Arc;

use tfplugin_protocol::tfplugin6::{
    self as wire, get_metadata, get_provider_schema, get_resource_identity_schemas,
};

use super::Server;
use crate::context::RequestContext;
use crate::convert;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::handler::broken_schema;
use crate::registry::Registry;
use crate::schema::{CheckedSchema, SchemaError};

fn capabilities(registry: &Registry) -> wire::ServerCapabilities {
    let moves = registry.resources.values().any(|resource| {
        let definition = resource.definition();
        definition.is_ok_and(|definition| !definition.moves.is_empty())
    });
    wire::ServerCapabilities {
        plan_destroy: true,
        get_provider_schema_optional: true,
        move_resource_state: moves,
        generate_resource_config: true,
    }
}

pub(super) async fn get_metadata(
    server: Arc<Server>,
    _: get_metadata::Request,
    _: RequestContext,
) -> Result<get_metadata::Response, get_metadata::Response> {
    let registry = &server.registry;
    Ok(get_metadata::Response {
        server_capabilities: Some(capabilities(registry)),
        diagnostics: convert::diagnostics(&duplicates(&server)),
        data_sources: names(&registry.data_sources, |type_name| {
            get_metadata::DataSourceMetadata { type_name }
        }),
        resources: names(&registry.resources, |type_name| {
            get_metadata::ResourceMetadata { type_name }
        }),
        ephemeral_resources: names(&registry.ephemeral_resources, |type_name| {
            get_metadata::EphemeralResourceMetadata { type_name }
        }),
        functions: names(&registry.functions, |name| get_metadata::FunctionMetadata {
            name,
        }),
        list_resources: names(&registry.list_resources, |type_name| {
            get_metadata::ListResourceMetadata { type_name }
        }),
        actions: names(&registry.actions, |type_name| {
            get_metadata::ActionMetadata { type_name }
        }),
        state_stores: names(&registry.state_stores, |type_name| {
            get_metadata::StateStoreMetadata { type_name }
        }),
    })
}

fn names<T, M>(
    registered: &std::collections::BTreeMap<String, T>,
    message: impl Fn(String) -> M,
) -> Vec<M> {
    registered.keys().cloned().map(message).collect()
}

fn duplicates(server: &Server) -> Diagnostics {
    server
        .registry
        .duplicates
        .iter()
        .map(|duplicate| {
            Diagnostic::error("Registered twice").detail(format!(
                "The provider registers the {duplicate} twice. This is a bug in the provider."
            ))
        })
        .collect()
}

pub(super) async fn get_provider_schema(
    server: Arc<Server>,
    _: get_provider_schema::Request,
    _: RequestContext,
) -> Result<get_provider_schema::Response, get_provider_schema::Response> {
    let registry = &server.registry;
    let mut diagnostics = duplicates(&server);
    let mut response = get_provider_schema::Response {
        server_capabilities: Some(capabilities(registry)),
        ..get_provider_schema::Response::default()
    };
    response.provider = message("the provider", server.provider.schema(), &mut diagnostics);
    let meta = server.provider.meta_schema().transpose();
    response.provider_meta = meta.and_then(|meta| message("provider_meta", meta, &mut diagnostics));
    for (name, resource) in &registry.resources {
        let schema = resource.definition().map(|definition| &definition.schema);
        let schema = message(name, schema, &mut diagnostics);
        response
            .resource_schemas
            .extend(schema.map(|schema| (name.clone(), schema)));
    }
    for (name, data_source) in &registry.data_sources {
        let schema = message(name, data_source.schema(), &mut diagnostics);
        response
            .data_source_schemas
            .extend(schema.map(|schema| (name.clone(), schema)));
    }
    for (name, ephemeral) in &registry.ephemeral_resources {
        let schema = message(name, ephemeral.schema(), &mut diagnostics);
        response
            .ephemeral_resource_schemas
            .extend(schema.map(|schema| (name.clone(), schema)));
    }
    for (name, list) in &registry.list_resources {
        diagnostics.extend(list_without_identity(&server, name));
        let schema = message(name, list.schema(), &mut diagnostics);
        response
            .list_resource_schemas
            .extend(schema.map(|schema| (name.clone(), schema)));
    }
    for (name, action) in &registry.actions {
        let schema = message(name, action.schema(), &mut diagnostics);
        let action = schema.map(|schema| wire::ActionSchema {
            schema: Some(schema),
        });
        response
            .action_schemas
            .extend(action.map(|action| (name.clone(), action)));
    }
    for (name, store) in &registry.state_stores {
        let schema = message(name, store.schema(), &mut diagnostics);
        response
            .state_store_schemas
            .extend(schema.map(|schema| (name.clone(), schema)));
    }
    response.functions = super::functions::messages(&server, &mut diagnostics);
    response.diagnostics = convert::diagnostics(&diagnostics);
    Ok(response)
}

fn message(
    name: &str,
    schema: Result<&CheckedSchema, &SchemaError>,
    diagnostics: &mut Diagnostics,
) -> Option<wire::Schema> {
    match schema {
        Ok(schema) => Some(convert::schema(schema)),
        Err(error) => {
            diagnostics.push(broken_schema(name, error));
            None
        }
    }
}

fn list_without_identity(server: &Server, name: &str) -> Option<Diagnostic> {
    let identified = server
        .subject(name)
        .is_ok_and(|subject| subject.definition.identity.is_some());
    (!identified).then(|| {
        Diagnostic::error(format!("Invalid list resource {name}")).detail(
            "A list resource needs a managed resource of the same name with an identity schema. This is a \
             bug in the provider.",
        )
    })
}

pub(super) async fn get_identity_schemas(
    server: Arc<Server>,
    _: get_resource_identity_schemas::Request,
    _: RequestContext,
) -> Result<get_resource_identity_schemas::Response, get_resource_identity_schemas::Response> {
    let identity_schemas = server
        .registry
        .resources
        .iter()
        .filter_map(|(name, resource)| {
            // A broken schema has been reported with the provider's schema.
            let identity = resource.definition().ok()?.identity.as_ref()?;
            Some((name.clone(), convert::identity_schema(identity)))
        })
        .collect();
    Ok(get_resource_identity_schemas::Response {
        identity_schemas,
        diagnostics: Vec::new(),
    })
}
