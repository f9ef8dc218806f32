//! Actions: any number of progress events, then exactly one that completes.

use std::sync::Arc;

use tfplugin_protocol::tfplugin6::invoke_action::event::{
    Completed, Progress as WireProgress, Type,
};
use tfplugin_protocol::tfplugin6::{invoke_action, plan_action, validate_action_config};
use tokio::sync::mpsc;

use super::Server;
use super::answer::Failed;
use super::stream::{EventStream, Events};
use crate::action::{AnyAction, Progress};
use crate::context::RequestContext;
use crate::convert;
use crate::diagnostics::Diagnostics;
use crate::schema::CheckedSchema;
use crate::validate::{self, WriteOnly};

/// How many messages may wait for a core that is slower than the action.
const AHEAD: usize = 16;

fn find<'a>(
    server: &'a Server,
    name: &str,
) -> Result<(&'a dyn AnyAction, &'a CheckedSchema), Diagnostics> {
    let found = server.registry.actions.get(name);
    server.found("action", name, found, |found| found.schema())
}

pub(super) async fn validate(
    server: Arc<Server>,
    request: validate_action_config::Request,
    _: RequestContext,
) -> Result<validate_action_config::Response, validate_action_config::Response> {
    let (action, schema) = find(&server, &request.action_type)?;
    let config = convert::value_from(request.config.as_ref(), &schema.ty, "a configuration")?;
    let mut diagnostics = Diagnostics::new();
    // Every core that knows actions knows write-only attributes.
    validate::validate(schema, &config, WriteOnly::Allowed, &mut diagnostics);
    action.validate(&config, &mut diagnostics);
    Ok(Failed::failed(&diagnostics))
}

pub(super) async fn plan(
    server: Arc<Server>,
    request: plan_action::Request,
    context: RequestContext,
) -> Result<plan_action::Response, plan_action::Response> {
    let (action, schema) = find(&server, &request.action_type)?;
    let config = convert::value_from(request.config.as_ref(), &schema.ty, "a configuration")?;
    Ok(Failed::failed(&action.plan(config, context).await))
}

/// Begins an action; the events follow on the stream. It goes on when nobody listens any more.
pub(super) fn invoke(
    server: &Arc<Server>,
    request: invoke_action::Request,
) -> EventStream<invoke_action::Event> {
    server.stream("InvokeAction", request, AHEAD, run, |diagnostics| {
        let diagnostics = convert::diagnostics(diagnostics);
        Some(event(Type::Completed(Completed { diagnostics })))
    })
}

async fn run(
    server: Arc<Server>,
    request: invoke_action::Request,
    events: Events<invoke_action::Event>,
    context: RequestContext,
) -> Result<Diagnostics, Diagnostics> {
    let (action, schema) = find(&server, &request.action_type)?;
    let config = convert::value_from(request.config.as_ref(), &schema.ty, "a configuration")?;
    let (reports, mut reported) = mpsc::channel(1);
    let invoking = action.invoke(config, Progress::new(reports), context);
    let forwarding = async {
        while let Some(message) = reported.recv().await {
            let progress = Type::Progress(WireProgress { message });
            // Nobody listening is no reason to stop half-way.
            events.send(event(progress)).await;
        }
    };
    let (diagnostics, ()) = tokio::join!(invoking, forwarding);
    Ok(diagnostics)
}

fn event(event: Type) -> invoke_action::Event {
    invoke_action::Event {
        r#type: Some(event),
    }
}
