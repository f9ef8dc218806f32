//! A connection to a provider served inside this process, for tests that need no binary.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper_util::rt::TokioIo;
use tokio::io::DuplexStream;
use tokio::sync::mpsc;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::UnboundedReceiverStream;
use tonic::codegen::http::Uri;
use tonic::service::Routes;
use tonic::transport::{Channel, Endpoint, Server};
use tower_service::Service;

const BUFFER: usize = 64 * 1024;

/// Serves the routes on a task of this runtime and connects to them over an in-memory pipe.
pub fn in_process(routes: Routes) -> Channel {
    let (accepted, incoming) = mpsc::unbounded_channel();
    let incoming = UnboundedReceiverStream::new(incoming).map(Ok::<_, Infallible>);
    // The server ends with the last channel, because the connector holds the other end.
    tokio::spawn(
        Server::builder()
            .add_routes(routes)
            .serve_with_incoming(incoming),
    );
    Endpoint::from_static("http://localhost").connect_with_connector_lazy(Pipe { accepted })
}

/// Opens in-memory connections.
#[derive(Clone)]
struct Pipe {
    accepted: mpsc::UnboundedSender<DuplexStream>,
}

impl Service<Uri> for Pipe {
    type Response = TokioIo<DuplexStream>;
    type Error = std::io::Error;
    type Future = Pin<Box<dyn Future<Output = std::io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let (client, server) = tokio::io::duplex(BUFFER);
        let sent = self.accepted.send(server);
        Box::pin(async move {
            sent.map_err(|_| std::io::Error::other("the in-process server has ended"))?;
            Ok(TokioIo::new(client))
        })
    }
}
