//! The life of a plugin that a host started, from the handshake to its end.

use std::sync::Arc;

use subtle::ConstantTimeEq as _;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use crate::connections::Connections;
use crate::endings::{Ending, Endings, parent_watch};
use crate::environment::HostEnvironment;
use crate::error::ServeError;
use crate::handshake::Handshake;
use crate::listener::Listener;
use crate::panics::install_panic_hook;
use crate::requests::Requests;
use crate::router::{PluginService, Router};
use crate::signals::Signals;
use crate::tls::ServerTls;

/// What a host and its plugins have agreed on.
#[derive(Debug, Clone)]
pub struct PluginConfig {
    /// The environment variable of the magic cookie. It is no secret: it tells a host from a person.
    pub magic_cookie_key: &'static str,
    /// The cookie's value.
    pub magic_cookie_value: &'static str,
    /// The application protocol the service speaks, 6 for a Terraform provider. It is announced
    /// whatever the host asked for: a host that does not speak it says so better than a plugin can.
    pub protocol_version: u32,
    /// What a person is told who starts the binary by hand.
    pub advice: String,
}

/// Serves a plugin to the host that started this process, until one of its [endings](Ending).
///
/// `service` is called once the host may connect, so that what it builds costs no start-up time.
/// Must be called within a tokio runtime ([`block_on`](crate::block_on)). Nothing is written to
/// standard output but the handshake. The socket is gone when this returns.
pub async fn serve<S: PluginService>(
    config: &PluginConfig,
    requests: Arc<Requests>,
    service: impl FnOnce() -> S,
) -> Result<Ending, ServeError> {
    let environment = HostEnvironment::read(config.magic_cookie_key);
    let cookie = environment.cookie.as_deref().unwrap_or_default();
    if !bool::from(
        cookie
            .as_bytes()
            .ct_eq(config.magic_cookie_value.as_bytes()),
    ) {
        return Err(ServeError::NotStartedByHost {
            advice: config.advice.clone(),
        });
    }
    install_panic_hook();
    let listener = Listener::bind(&environment.listener)?;
    let tls = environment
        .client_certificate
        .as_deref()
        .map(ServerTls::pinned_to)
        .transpose()?;
    let signals = Signals::take_over().map_err(ServeError::Signals)?;
    let handshake = Handshake {
        protocol_version: config.protocol_version,
        address: &listener.address(),
        certificate: tls.as_ref().map(|tls| tls.certificate.as_ref()),
        multiplexing_asked: environment.multiplexing_asked,
    };
    // From the handshake on the host may be killed at any time.
    let parent_is_gone = parent_watch();
    handshake.announce().map_err(ServeError::Handshake)?;

    if let Some(versions) = environment.protocol_versions
        && !versions.contains(&config.protocol_version)
    {
        tracing::error!(offered = ?versions, "the host does not speak protocol {}", config.protocol_version);
    }
    let server = Server::new(listener, tls, requests, service());
    let endings = server.endings(signals);
    Ok(server.run(endings.of_child(parent_is_gone)).await)
}

/// A listening plugin.
pub(crate) struct Server<S> {
    listener: Listener,
    connections: Connections<S>,
    requests: Arc<Requests>,
    shutdown: CancellationToken,
}

impl<S: PluginService> Server<S> {
    /// Puts the rooms together. Without TLS everybody who reaches the socket is let in.
    pub(crate) fn new(
        listener: Listener,
        tls: Option<ServerTls>,
        requests: Arc<Requests>,
        service: S,
    ) -> Self {
        let (shutdown, farewell) = (CancellationToken::new(), CancellationToken::new());
        let connections = Connections {
            router: Router::new(service, shutdown.clone(), &farewell),
            tls: tls.map(|tls| TlsAcceptor::from(tls.config)),
            open: Arc::new(watch::Sender::new(0)),
            farewell,
        };
        Self {
            listener,
            connections,
            requests,
            shutdown,
        }
    }

    /// What can end this server.
    pub(crate) fn endings(&self, signals: Signals) -> Endings {
        Endings {
            requests: Arc::clone(&self.requests),
            connections: self.connections.open.subscribe(),
            shutdown: self.shutdown.clone(),
            signals,
        }
    }

    /// Serves until the ending comes; then removes the socket, and lets the last answers out.
    pub(crate) async fn run(self, ending: impl Future<Output = Ending>) -> Ending {
        let ending = tokio::select! {
            ending = ending => ending,
            never = self.connections.accept(&self.listener) => match never {},
        };
        drop(self.listener);
        self.connections.close().await;
        ending
    }
}
