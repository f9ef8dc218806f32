//! Accepts connections, shakes hands and hands requests on.

use std::io;
use std::net::{SocketAddr, TcpListener as StdListener};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use super::exchange::{Connection, Context, answer};
use super::wire::{SharedOrders, Wire};
use crate::cluster::{Alive, Busy};

/// How long a client may take to shake hands.
const HANDSHAKE: Duration = Duration::from_secs(30);

/// Opens a port for a node; 0 takes a free one.
pub(crate) fn bind(address: SocketAddr) -> io::Result<StdListener> {
    let listener = StdListener::bind(address)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Serves a node until it is aborted, which closes the port and every connection; the last of them drops `alive`.
pub(crate) async fn serve(
    listener: StdListener,
    config: Arc<ServerConfig>,
    context: Context,
    alive: Alive,
) -> io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    let acceptor = TlsAcceptor::from(config);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let number = context.node().connections.fetch_add(1, Ordering::SeqCst) + 1;
                    let held = (context.node().be_busy(), alive.clone());
                    connections.spawn(serve_connection(stream, acceptor.clone(), context.clone(), number, held));
                }
                // Out of descriptors, most likely: some will be free soon.
                Err(_) => sleep(Duration::from_millis(10)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve_connection(
    stream: TcpStream,
    acceptor: TlsAcceptor,
    context: Context,
    number: u64,
    _held: (Busy, Alive),
) {
    let _ = stream.set_nodelay(true);
    let orders = SharedOrders::default();
    let wire = Wire::new(stream, orders.clone());
    let Ok(Ok(stream)) = timeout(HANDSHAKE, acceptor.accept(wire)).await else {
        return;
    };
    let connection = Connection { number, orders };
    let service = service_fn(move |request| answer(context.clone(), connection.clone(), request));
    // Whatever ends a connection here is the client's doing, or was asked for.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service)
        .await;
}
