//! Connections: accepted, let in by TLS, served over HTTP/2, counted, and closed at the end.
//!
//! Knows nothing of why the plugin ends.

mod gathered;

use std::convert::Infallible;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use self::gathered::Gathered;
use crate::listener::{Listener, Socket};
use crate::panics;
use crate::router::{PluginService, Router};

/// How long a client may take to prove who it is.
const HANDSHAKE_TIME: Duration = Duration::from_secs(10);

/// How many clients may be proving it at the same time. A host opens one connection; strangers wait
/// in the listener's queue, where they cost nothing.
const HANDSHAKES_AT_ONCE: usize = 16;

/// How long to wait when the system has no more sockets to give.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// How long the last answers may take to be sent.
const FAREWELL_TIME: Duration = Duration::from_secs(1);

/// Who may connect, what is served, and how many are connected.
pub(crate) struct Connections<S> {
    /// What is served.
    pub(crate) router: Router<S>,
    /// Who may connect: the pinned client, or anybody who reaches the socket.
    pub(crate) tls: Option<TlsAcceptor>,
    /// How many clients are connected, let in and not yet gone.
    pub(crate) open: Arc<watch::Sender<usize>>,
    /// Ends every connection and every endless stream once it is cancelled.
    pub(crate) farewell: CancellationToken,
}

impl<S: PluginService> Connections<S> {
    /// Takes connections for ever, each in a task of its own.
    pub(crate) async fn accept(&self, listener: &Listener) -> Infallible {
        let handshakes = Arc::new(Semaphore::new(HANDSHAKES_AT_ONCE));
        loop {
            let permit = Arc::clone(&handshakes).acquire_owned().await.ok();
            match listener.accept().await {
                Ok(socket) => self.spawn(socket, permit),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    /// Lets the answers under way be sent, and closes every connection.
    pub(crate) async fn close(&self) {
        self.farewell.cancel();
        let mut open = self.open.subscribe();
        let _ = tokio::time::timeout(FAREWELL_TIME, open.wait_for(|count| *count == 0)).await;
    }

    fn spawn(&self, socket: Socket, handshake: Option<OwnedSemaphorePermit>) {
        let (router, farewell, open) = (
            self.router.clone(),
            self.farewell.clone(),
            Arc::clone(&self.open),
        );
        let tls = self.tls.clone();
        let connection = async move {
            let Some(tls) = tls else {
                let _connected = Connected::enter(open);
                return serve_http2(socket, router, farewell).await;
            };
            match authenticate(&tls, socket).await {
                Ok(stream) => {
                    drop(handshake);
                    let _connected = Connected::enter(open);
                    serve_http2(stream, router, farewell).await;
                }
                Err(error) => tracing::warn!(%error, "a client was refused"),
            }
        };
        // A caught panic has been logged, and costs this one connection.
        tokio::spawn(async move { panics::catch(connection).await.is_ok() });
    }
}

async fn authenticate(
    tls: &TlsAcceptor,
    socket: Socket,
) -> io::Result<impl AsyncRead + AsyncWrite + Unpin + use<>> {
    tokio::time::timeout(HANDSHAKE_TIME, tls.accept(socket)).await?
}

async fn serve_http2<S: PluginService>(
    stream: impl AsyncRead + AsyncWrite + Unpin + 'static,
    router: Router<S>,
    farewell: CancellationToken,
) {
    let mut http2 = http2::Builder::new(TokioExecutor::new());
    // As go-plugin's server: a host decides itself how much it asks at the same time.
    http2.max_concurrent_streams(None).auto_date_header(false);
    let service = service_fn(move |request| router.clone().route(request));
    let mut connection = pin!(http2.serve_connection(TokioIo::new(Gathered(stream)), service));
    let outcome = tokio::select! {
        outcome = &mut connection => outcome,
        () = farewell.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = outcome {
        tracing::debug!(%error, "a connection broke");
    }
}

/// One connected client; dropping it says that it has gone.
struct Connected(Arc<watch::Sender<usize>>);

impl Connected {
    fn enter(open: Arc<watch::Sender<usize>>) -> Self {
        open.send_modify(|count| *count += 1);
        Self(open)
    }
}

impl Drop for Connected {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count = count.saturating_sub(1));
    }
}
