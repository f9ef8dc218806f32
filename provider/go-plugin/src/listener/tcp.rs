//! TCP on the loopback interface, on a port of the host's choice: where there are no Unix sockets.

#![cfg_attr(
    unix,
    allow(
        dead_code,
        reason = "on Unix these parts are only tested, to keep them right"
    )
)]

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener as StdListener};

use tokio::net::{TcpListener, TcpStream};

use super::{Address, ListenError};
use crate::environment::ListenerEnvironment;

/// What a connection is made of.
pub(crate) type Socket = TcpStream;

/// The listening socket.
#[derive(Debug)]
pub(crate) struct Listener {
    socket: TcpListener,
    address: SocketAddr,
}

impl Listener {
    /// Opens the first free port of the range. Connections are taken from here on.
    pub(crate) fn bind(environment: &ListenerEnvironment) -> Result<Self, ListenError> {
        let min = parse_port("PLUGIN_MIN_PORT", environment.min_port.as_deref())?;
        let max = parse_port("PLUGIN_MAX_PORT", environment.max_port.as_deref())?;
        if min > max {
            return Err(ListenError::PortRange { min, max });
        }
        let socket = (min..=max)
            .find_map(|port| StdListener::bind((Ipv4Addr::LOCALHOST, port)).ok())
            .ok_or(ListenError::NoFreePort { min, max })?;
        Self::from_std(socket).map_err(|source| ListenError::Bind {
            address: "127.0.0.1".to_owned(),
            source,
        })
    }

    fn from_std(socket: StdListener) -> io::Result<Self> {
        socket.set_nonblocking(true)?;
        let address = socket.local_addr()?;
        Ok(Self {
            socket: TcpListener::from_std(socket)?,
            address,
        })
    }

    /// The next connection.
    pub(crate) async fn accept(&self) -> io::Result<Socket> {
        let (socket, _) = self.socket.accept().await?;
        // gRPC's small frames must not wait for each other.
        socket.set_nodelay(true)?;
        Ok(socket)
    }

    /// Where a host finds the socket.
    pub(crate) fn address(&self) -> Address {
        Address {
            network: "tcp",
            address: self.address.to_string(),
        }
    }
}

/// A missing port is 0: the system chooses.
fn parse_port(variable: &'static str, value: Option<&str>) -> Result<u16, ListenError> {
    value.map_or(Ok(0), |value| {
        value.parse().map_err(|_| ListenError::Port {
            variable,
            value: value.to_owned(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ports(min: &str, max: &str) -> ListenerEnvironment {
        ListenerEnvironment {
            min_port: Some(min.to_owned()),
            max_port: Some(max.to_owned()),
            ..ListenerEnvironment::default()
        }
    }

    #[tokio::test]
    async fn without_a_range_the_system_chooses() {
        let listener = Listener::bind(&ListenerEnvironment::default()).unwrap();
        assert_ne!(listener.address.port(), 0);
        assert!(listener.address().address.starts_with("127.0.0.1:"));
    }

    #[tokio::test]
    async fn a_taken_port_is_passed_over() {
        let taken = StdListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = Listener::bind(&ports(&port.to_string(), &port.to_string())).unwrap_err();
        assert!(matches!(error, ListenError::NoFreePort { .. }), "{error}");

        let listener = Listener::bind(&ports(&port.to_string(), "65535")).unwrap();
        assert!(listener.address.port() > port);
    }

    #[tokio::test]
    async fn a_wrong_range_is_named() {
        let error = Listener::bind(&ports("25000", "10000")).unwrap_err();
        assert!(
            matches!(
                error,
                ListenError::PortRange {
                    min: 25_000,
                    max: 10_000
                }
            ),
            "{error}"
        );
        let error = Listener::bind(&ports("many", "10000")).unwrap_err();
        assert!(
            error.to_string().starts_with("PLUGIN_MIN_PORT is \"many\""),
            "{error}"
        );
    }
}
