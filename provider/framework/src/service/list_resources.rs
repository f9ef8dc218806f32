//! List resources: a stream of events, each an object that was found, or a warning.

use std::sync::Arc;

use tfplugin_protocol::tfplugin6::{list_resource, validate_list_resource_config};
use tfplugin_values::Value;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Response, Status};

use super::Server;
use super::answer::Failed;
use super::server::panic_diagnostic;
use crate::context::RequestContext;
use crate::convert;
use crate::diagnostics::Diagnostics;
use crate::lifecycle::Subject;
use crate::list::{AnyListResource, ListItem, ListRequest};
use crate::schema::CheckedSchema;
use crate::validate::{self, WriteOnly};

/// How many objects may wait for a core that is slower than the search.
const AHEAD: usize = 16;

type Event = Result<list_resource::Event, Status>;

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
) -> Response<ReceiverStream<Event>> {
    let (events, stream) = mpsc::channel(AHEAD);
    let server = Arc::clone(server);
    tokio::spawn(async move {
        let context = server.context();
        let requests = server.requests_shared();
        let sender = events.clone();
        let work = async move {
            let diagnostics = match search(&server, request, &sender, context).await {
                Ok(diagnostics) | Err(diagnostics) => diagnostics,
            };
            send_diagnostics(&sender, &diagnostics).await;
        };
        if let Err(panicked) = requests.run("ListResource", work).await {
            let diagnostics = panic_diagnostic("ListResource", &panicked).into();
            send_diagnostics(&events, &diagnostics).await;
        }
    });
    Response::new(ReceiverStream::new(stream))
}

async fn search(
    server: &Server,
    request: list_resource::Request,
    events: &mpsc::Sender<Event>,
    context: RequestContext,
) -> Result<Diagnostics, Diagnostics> {
    let (list, schema) = find(server, &request.type_name)?;
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
            if events.send(Ok(event)).await.is_err() {
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

async fn send_diagnostics(events: &mpsc::Sender<Event>, diagnostics: &Diagnostics) {
    if !diagnostics.is_empty() {
        let event = list_resource::Event {
            diagnostic: convert::diagnostics(diagnostics),
            ..list_resource::Event::default()
        };
        // Nobody listens where Terraform has enough.
        let _ = events.send(Ok(event)).await;
    }
}
