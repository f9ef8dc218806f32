//! go-plugin's own services beside the plugin's.

pub(crate) mod health;

use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use tfplugin_protocol::plugin::grpc_broker_server::GrpcBroker;
use tfplugin_protocol::plugin::grpc_controller_server::GrpcController;
use tfplugin_protocol::plugin::grpc_stdio_server::GrpcStdio;
use tfplugin_protocol::plugin::{ConnInfo, Empty, StdioData};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};
use tonic::codegen::tokio_stream::Stream;
use tonic::{Request, Response, Status, Streaming, async_trait};

/// How the host asks the plugin to end. The answer goes out first; the process ends after it.
pub(crate) struct Controller {
    /// Cancelled at the request.
    pub(crate) shutdown: CancellationToken,
}

#[async_trait]
impl GrpcController for Controller {
    async fn shutdown(&self, _request: Request<Empty>) -> Result<Response<Empty>, Status> {
        self.shutdown.cancel();
        Ok(Response::new(Empty {}))
    }
}

/// What the plugin writes to its standard streams after the handshake: nothing, but a host without
/// this service warns.
pub(crate) struct Stdio {
    /// Ends the stream.
    pub(crate) farewell: CancellationToken,
}

#[async_trait]
impl GrpcStdio for Stdio {
    type StreamStdioStream = Silence<StdioData, ()>;

    async fn stream_stdio(
        &self,
        _request: Request<()>,
    ) -> Result<Response<Self::StreamStdioStream>, Status> {
        Ok(Response::new(Silence::until(&self.farewell, ())))
    }
}

/// Offers of further connections. Terraform opens the stream and never uses it.
pub(crate) struct Broker {
    /// Ends the stream.
    pub(crate) farewell: CancellationToken,
}

#[async_trait]
impl GrpcBroker for Broker {
    type StartStreamStream = Silence<ConnInfo, Streaming<ConnInfo>>;

    async fn start_stream(
        &self,
        request: Request<Streaming<ConnInfo>>,
    ) -> Result<Response<Self::StartStreamStream>, Status> {
        Ok(Response::new(Silence::until(
            &self.farewell,
            request.into_inner(),
        )))
    }
}

/// A stream without items that stays open as long as the plugin lives.
pub(crate) struct Silence<T, I> {
    farewell: Pin<Box<WaitForCancellationFutureOwned>>,
    /// The host's half of the stream, which must stay open too.
    _incoming: I,
    items: PhantomData<fn() -> T>,
}

impl<T, I> Silence<T, I> {
    fn until(farewell: &CancellationToken, incoming: I) -> Self {
        Self {
            farewell: Box::pin(farewell.clone().cancelled_owned()),
            _incoming: incoming,
            items: PhantomData,
        }
    }
}

impl<T, I: Unpin> Stream for Silence<T, I> {
    type Item = Result<T, Status>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.farewell.as_mut().poll(context).map(|()| None)
    }
}
