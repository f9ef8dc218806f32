//! Answers that are a stream of events: what a list finds, what an action reports, the parts of a state.

use std::future::Future;
use std::sync::Arc;

use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Response, Status};

use super::Server;
use crate::context::RequestContext;
use crate::diagnostics::Diagnostics;
use crate::handler::BoxFuture;

/// The answer of a request whose events follow one by one.
pub(crate) type EventStream<E> = Response<ReceiverStream<Result<E, Status>>>;

/// Where the events of a stream go.
pub(crate) struct Events<E>(mpsc::Sender<Result<E, Status>>);

impl<E> Events<E> {
    /// Sends an event; false where nobody listens any more.
    pub(crate) async fn send(&self, event: E) -> bool {
        self.0.send(Ok(event)).await.is_ok()
    }
}

impl<E> Clone for Events<E> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl Server {
    /// Begins work whose events follow on a stream, of which a few may wait for a core that is slower. What the work says
    /// in the end is its last event, where `last` makes one of it.
    pub(crate) fn stream<Q, E, W>(
        self: &Arc<Self>,
        name: &'static str,
        request: Q,
        waiting: usize,
        work: impl FnOnce(Arc<Self>, Q, Events<E>, RequestContext) -> W,
        last: fn(&Diagnostics) -> Option<E>,
    ) -> EventStream<E>
    where
        E: Send + 'static,
        W: Future<Output = Result<Diagnostics, Diagnostics>> + Send + 'static,
    {
        let (sender, stream) = mpsc::channel(waiting);
        let events = Events(sender);
        let context = self.context();
        let id = context.request_id;
        let work = work(Arc::clone(self), request, events.clone(), context);
        let told = events.clone();
        let work = async move {
            let (Ok(diagnostics) | Err(diagnostics)) = work.await;
            if let Some(event) = last(&diagnostics) {
                told.send(event).await;
            }
        };
        let running = self.run(name, id, Box::pin(work));
        let running: BoxFuture<'static, ()> = Box::pin(async move {
            let failure = running.await;
            if failure.has_errors()
                && let Some(event) = last(&failure)
            {
                events.send(event).await;
            }
        });
        tokio::spawn(running);
        Response::new(ReceiverStream::new(stream))
    }
}
