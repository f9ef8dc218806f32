//! List resources: a stream of events, each an object that was found, or a warning.

use std::sync::Arc;

use tfplugin_protocol::tfplugin6::{list_resource, validate_list_resource_config};
use tfplugin_values::Value;
use tokio::sync::mpsc;

use super::Server;
use super::answer::Failed;
use super::stream::{EventStream, Events};
use crate::context::RequestContext;
use crate::convert;
use crate::diagnostics::Diagnostics;
use crate::lifecycle::Subject;
use crate::list::{AnyListResource, ListItem, ListRequest};
use crate::schema::CheckedSchema;
use crate::validate::{self, WriteOnly};

/// How many objects may wait for a core that is slower than the search.
const AHEAD: usize = 16;

fn find<'a>(
    server: &'a Server,
    name: &str,
) -> Result<(&'a dyn AnyListResource, &'a CheckedSchema), Diagnostics> {
    let found = server.registry.list_resources.get(name);
    server.found("list resource", name, found, |found| found.schema())
}

pub(super) async fn validate(
    server: Arc<Server>,
    request: validate_list_resource_config::Request,
    _: RequestContext,
) -> Result<validate_list_resource_config::Response, validate_list_resource_config::Response> {
    let (list, schema) = find(&server, &request.type_name)?;
    let config = convert::value_from(request.config.as_ref(), &schema.ty, "a configuration")?;
    let mut diagnostics = Diagnostics::new();
    validate::validate(schema, &config, WriteOnly::Refused, &mut diagnostics);
    list.validate(&config, &mut diagnostics);
    Ok(Failed::failed(&diagnostics))
}

/// Begins a search; the events follow on the stream.
pub(super) fn list(
    server: &Arc<Server>,
    request: list_resource::Request,
) -> EventStream<list_resource::Event> {
    server.stream("ListResource", request, AHEAD, search, last_event)
}

async fn search(
    server: Arc<Server>,
    request: list_resource::Request,
    events: Events<list_resource::Event>,
    context: RequestContext,
) -> Result<Diagnostics, Diagnostics> {
    let (list, schema) = find(&server, &request.type_name)?;
    let subject = server.subject(&request.type_name)?;
    let config = convert::value_from(request.config.as_ref(), &schema.ty, "a configuration")?;
    let (items, mut found) = mpsc::channel(1);
    let searching = list.list(ListRequest {
        config,
        include_object: request.include_resource_object,
        limit: u64::try_from(request.limit)
            .ok()
            .filter(|limit| *limit > 0)
            .unwrap_or(u64::MAX),
        items,
        context,
    });
    let forwarding = async {
        while let Some(item) = found.recv().await {
            let event = event(subject, item, request.include_resource_object);
            if !events.send(event).await {
                // Terraform has enough: closing the channel ends the search.
                break;
            }
        }
        drop(found);
    };
    let (diagnostics, ()) = tokio::join!(searching, forwarding);
    Ok(diagnostics)
}

fn event(subject: Subject<'_>, item: ListItem, include_object: bool) -> list_resource::Event {
    let mut diagnostics = Diagnostics::new();
    let definition = subject.definition;
    let identity = diagnostics
        .capture(convert::identity_to(
            Some(&item.identity),
            definition.identity.as_ref(),
        ))
        .flatten();
    let object = item
        .object
        .filter(|_| include_object)
        .and_then(|object: Value| {
            diagnostics.capture(convert::value_to(&object, &definition.schema.ty, "object"))
        });
    list_resource::Event {
        identity,
        display_name: item.display_name,
        resource_object: object,
        diagnostic: convert::diagnostics(&diagnostics),
    }
}

fn last_event(diagnostics: &Diagnostics) -> Option<list_resource::Event> {
    (!diagnostics.is_empty()).then(|| list_resource::Event {
        diagnostic: convert::diagnostics(diagnostics),
        ..list_resource::Event::default()
    })
}
