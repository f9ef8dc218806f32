//! State stores: a state is read as a stream of its parts, and written as one.

use std::sync::Arc;

use tfplugin_protocol::tfplugin6::{
    StateRange, StateStoreCapabilities, configure_state_store, delete_state, get_states,
    lock_state, read_state_bytes, unlock_state, validate_state_store_config, write_state_bytes,
};
use tfplugin_values::Value;
use tonic::Streaming;

use super::Server;
use super::answer::Failed;
use super::stream::{EventStream, Events};
use crate::context::RequestContext;
use crate::convert;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::schema::CheckedSchema;
use crate::state_store::{
    AnyStateStore, BrokenTransfer, Chunk, ChunkSize, Incoming, MAX_STATE_SIZE, OpenStore, StateId,
};
use crate::validate::{self, WriteOnly};

/// How many parts of a state may wait for a core that is slower than the provider.
const AHEAD: usize = 1;
/// How many bytes of a state that is refused are taken before the refusal is said all the same.
const DISCARDED: i64 = 4 * MAX_STATE_SIZE;
/// What the smallest part counts for among them.
const LEAST_PART: usize = 64 << 10;

fn find<'a>(
    server: &'a Server,
    name: &str,
) -> Result<(&'a dyn AnyStateStore, &'a CheckedSchema), Diagnostics> {
    let found = server.registry.state_stores.get(name);
    server.found("state store", name, found, |found| found.schema())
}

fn open(server: &Server, name: &str) -> Result<Arc<dyn OpenStore>, Diagnostics> {
    find(server, name)?.0.open()
}

/// Whatever is wrong with a configuration.
fn faults(store: &dyn AnyStateStore, schema: &CheckedSchema, config: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    validate::validate(schema, config, WriteOnly::Refused, &mut diagnostics);
    store.validate(config, &mut diagnostics);
    diagnostics
}

pub(super) async fn validate(
    server: Arc<Server>,
    request: validate_state_store_config::Request,
    _: RequestContext,
) -> Result<validate_state_store_config::Response, validate_state_store_config::Response> {
    let (store, schema) = find(&server, &request.type_name)?;
    let config = convert::value_from(request.config.as_ref(), &schema.ty, "a configuration")?;
    Ok(Failed::failed(&faults(store, schema, &config)))
}

pub(super) async fn configure(
    server: Arc<Server>,
    request: configure_state_store::Request,
    context: RequestContext,
) -> Result<configure_state_store::Response, configure_state_store::Response> {
    let (store, schema) = find(&server, &request.type_name)?;
    // Whatever is wrong with the new configuration, the former one is not what is wanted.
    store.close();
    let config = convert::value_from(request.config.as_ref(), &schema.ty, "a configuration")?;
    // Terraform configures a store whose configuration it was told not to be valid.
    let faults = faults(store, schema, &config);
    if faults.has_errors() {
        Err(faults)?;
    }
    let proposed = request.capabilities.unwrap_or_default().chunk_size;
    let chunk_size = ChunkSize::agreed(proposed);
    let diagnostics = store.configure(config, chunk_size, context).await;
    let capabilities = StateStoreCapabilities {
        chunk_size: chunk_size.as_i64(),
    };
    Ok(configure_state_store::Response {
        capabilities: (!diagnostics.has_errors()).then_some(capabilities),
        diagnostics: convert::diagnostics(&diagnostics),
    })
}

/// Reads a state; its parts follow on the stream, none where there is no state.
pub(super) fn read(
    server: &Arc<Server>,
    request: read_state_bytes::Request,
) -> EventStream<read_state_bytes::Response> {
    server.stream("ReadStateBytes", request, AHEAD, send_state, last_part)
}

async fn send_state(
    server: Arc<Server>,
    request: read_state_bytes::Request,
    parts: Events<read_state_bytes::Response>,
    context: RequestContext,
) -> Result<Diagnostics, Diagnostics> {
    let store = open(&server, &request.type_name)?;
    let id = StateId::new(request.state_id)?;
    let (state, diagnostics) = store.read(id, context).await;
    let Some(state) = state else {
        return Ok(diagnostics);
    };
    let mut diagnostics = convert::diagnostics(&diagnostics);
    for Chunk {
        total,
        range,
        bytes,
    } in store.chunk_size().split(state)
    {
        let part = read_state_bytes::Response {
            bytes,
            total_length: total,
            range: range.map(|(start, end)| StateRange { start, end }),
            diagnostics: std::mem::take(&mut diagnostics),
        };
        if !parts.send(part).await {
            // Nobody reads on.
            break;
        }
    }
    Ok(Diagnostics::new())
}

fn last_part(diagnostics: &Diagnostics) -> Option<read_state_bytes::Response> {
    (!diagnostics.is_empty()).then(|| read_state_bytes::Response {
        // Terraform crashes on a part without one, whatever else is in it.
        range: Some(StateRange::default()),
        diagnostics: convert::diagnostics(diagnostics),
        ..read_state_bytes::Response::default()
    })
}

/// Takes a state and writes it once all of it is there. It goes on when nobody waits for the answer any more, and it takes
/// no notice of an interrupt: what Terraform sends then is what would be lost.
pub(super) async fn write(
    server: Arc<Server>,
    mut parts: Streaming<write_state_bytes::RequestChunk>,
    context: RequestContext,
) -> Result<write_state_bytes::Response, write_state_bytes::Response> {
    match receive(&server, &mut parts).await {
        Ok((store, id, state)) => {
            let diagnostics = store.write(id, state, context).await;
            Ok(Failed::failed(&diagnostics))
        }
        Err(diagnostics) => {
            // Terraform reads the answer only after it has sent everything; before that it would say "EOF" alone.
            discard(&mut parts).await;
            Err(diagnostics)?
        }
    }
}

async fn receive(
    server: &Server,
    parts: &mut Streaming<write_state_bytes::RequestChunk>,
) -> Result<(Arc<dyn OpenStore>, StateId, bytes::Bytes), Diagnostics> {
    let Some(mut part) = next(parts).await? else {
        return Err(BrokenTransfer::Nothing.into());
    };
    let meta = part.meta.take().ok_or(BrokenTransfer::NoName)?;
    let store = open(server, &meta.type_name)?;
    let id = StateId::new(meta.state_id)?;
    let mut incoming = Incoming::new(store.chunk_size());
    incoming.push(&chunk(part))?;
    while let Some(part) = next(parts).await? {
        if part.meta.is_some() {
            return Err(BrokenTransfer::NamedAgain.into());
        }
        incoming.push(&chunk(part))?;
    }
    Ok((store, id, incoming.finish()?))
}

async fn next(
    parts: &mut Streaming<write_state_bytes::RequestChunk>,
) -> Result<Option<write_state_bytes::RequestChunk>, BrokenTransfer> {
    let part = parts.message().await;
    part.map_err(|status| BrokenTransfer::BrokeOff(status.message().to_owned()))
}

fn chunk(part: write_state_bytes::RequestChunk) -> Chunk {
    Chunk {
        total: part.total_length,
        range: part.range.map(|range| (range.start, range.end)),
        bytes: part.bytes,
    }
}

/// Takes what still comes, within bounds, and keeps none of it.
async fn discard(parts: &mut Streaming<write_state_bytes::RequestChunk>) {
    let mut left = DISCARDED;
    while let Ok(Some(part)) = parts.message().await {
        // A part with next to nothing in it counts too: no stream goes on for ever.
        left -= i64::try_from(part.bytes.len().max(LEAST_PART)).unwrap_or(i64::MAX);
        if left <= 0 {
            break;
        }
    }
}

pub(super) async fn lock(
    server: Arc<Server>,
    request: lock_state::Request,
    context: RequestContext,
) -> Result<lock_state::Response, lock_state::Response> {
    let store = open(&server, &request.type_name)?;
    let id = StateId::new(request.state_id).map_err(Diagnostics::from)?;
    let (lock_id, diagnostics) = store.lock(id, request.operation, context).await;
    Ok(lock_state::Response {
        lock_id,
        diagnostics: convert::diagnostics(&diagnostics),
    })
}

pub(super) async fn unlock(
    server: Arc<Server>,
    request: unlock_state::Request,
    context: RequestContext,
) -> Result<unlock_state::Response, unlock_state::Response> {
    let store = open(&server, &request.type_name)?;
    let id = StateId::new(request.state_id).map_err(Diagnostics::from)?;
    if request.lock_id.is_empty() {
        let problem = Diagnostic::error("No lock to give back").detail(
            "The lock has no id. Write the id that was told when the state was found locked.",
        );
        Err(Diagnostics::from(problem))?;
    }
    let diagnostics = store.unlock(id, request.lock_id, context).await;
    Ok(Failed::failed(&diagnostics))
}

pub(super) async fn states(
    server: Arc<Server>,
    request: get_states::Request,
    context: RequestContext,
) -> Result<get_states::Response, get_states::Response> {
    let store = open(&server, &request.type_name)?;
    let (ids, diagnostics) = store.states(context).await;
    Ok(get_states::Response {
        state_ids: ids.into_iter().map(Into::into).collect(),
        diagnostics: convert::diagnostics(&diagnostics),
    })
}

pub(super) async fn delete(
    server: Arc<Server>,
    request: delete_state::Request,
    context: RequestContext,
) -> Result<delete_state::Response, delete_state::Response> {
    let store = open(&server, &request.type_name)?;
    let id = StateId::new(request.state_id).map_err(Diagnostics::from)?;
    Ok(Failed::failed(&store.delete(id, context).await))
}
