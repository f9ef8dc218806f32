//! The connection to a plugin: Unix socket, TLS as AutoMTLS wants it, HTTP/2.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::UnixStream;
use tokio_rustls::TlsConnector;
use tonic::codegen::http::Uri;
use tonic::codegen::{BoxFuture, Context, Poll, Service};
use tonic::transport::{Channel, Endpoint};

use crate::HostError;
use crate::pinned::PinnedServer;

/// What a plugin's certificate and ours make of the connection.
pub(crate) struct TlsPeers {
    /// The plugin's certificate from its handshake: the only one to be trusted.
    pub(crate) server: Vec<u8>,
    /// What we present.
    pub(crate) client: Option<Arc<CertifiedKey>>,
}

/// Connects without TLS: to a plugin that was started so, or one in debug mode.
pub async fn connect_plaintext(socket: impl AsRef<Path>) -> Result<Channel, HostError> {
    let stream = UnixStream::connect(socket)
        .await
        .map_err(HostError::Connect)?;
    http2(stream, "http://unused").await
}

/// Connects with mutual TLS. In TLS 1.3 a client learns only from its first read that it was
/// refused, so that a refusal shows in the HTTP/2 handshake or the first call.
pub(crate) async fn connect_tls(socket: PathBuf, peers: TlsPeers) -> Result<Channel, HostError> {
    let stream = UnixStream::connect(socket)
        .await
        .map_err(HostError::Connect)?;
    let config =
        client_config(peers).map_err(|error| HostError::Connect(io::Error::other(error)))?;
    let name = ServerName::try_from("localhost")
        .map_err(|error| HostError::Connect(io::Error::other(error)))?;
    let stream = TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
        .map_err(HostError::Connect)?;
    // Newer versions of grpc-go insist on it.
    if stream.get_ref().1.alpn_protocol() != Some(b"h2") {
        return Err(HostError::Connect(io::Error::other(
            "the plugin did not negotiate h2",
        )));
    }
    http2(stream, "http://localhost").await
}

fn client_config(peers: TlsPeers) -> Result<ClientConfig, rustls::Error> {
    let provider = rustls_ring_p521::provider();
    let verifier = PinnedServer::new(CertificateDer::from(peers.server), &provider)?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier));
    let mut config = match peers.client {
        None => builder.with_no_client_auth(),
        Some(client) => builder.with_client_cert_resolver(Arc::new(SingleCertAndKey::from(client))),
    };
    config.alpn_protocols = vec![b"h2".to_vec()];
    Ok(config)
}

/// HTTP/2 over this one connection, which is never opened again: Terraform's is not, either.
async fn http2(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    authority: &'static str,
) -> Result<Channel, HostError> {
    let connector = OneConnection(Arc::new(Mutex::new(Some(TokioIo::new(stream)))));
    Ok(Endpoint::from_static(authority)
        .connect_with_connector(connector)
        .await?)
}

/// Gives away the connection once.
struct OneConnection<T>(Arc<Mutex<Option<T>>>);

impl<T: Send + 'static> Service<Uri> for OneConnection<T> {
    type Response = T;
    type Error = io::Error;
    type Future = BoxFuture<T, io::Error>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), io::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _uri: Uri) -> Self::Future {
        let stream = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        Box::pin(async move {
            stream.ok_or_else(|| io::Error::other("the plugin has closed the connection"))
        })
    }
}
