//! Where the plugin listens: a Unix socket that only its user can reach, or TCP on the loopback
//! interface where there are no Unix sockets (Windows).
//!
//! Knows nothing of TLS or HTTP.

#[cfg(any(not(unix), test))]
mod tcp;
#[cfg(unix)]
mod unix;

use std::io;
use std::path::PathBuf;

#[cfg(not(unix))]
pub(crate) use tcp::{Listener, Socket};
#[cfg(unix)]
pub(crate) use unix::{Listener, Socket};

/// The address as the handshake tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// `unix` or `tcp`.
    pub(crate) network: &'static str,
    /// A path, or `host:port`.
    pub(crate) address: String,
}

/// Why there is nothing to listen on.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// Neither the wanted folder nor a fallback can hold the socket.
    #[error(
        "no folder for the plugin's socket: {} is unusable, because a socket's path must be UTF-8 text without '|' of \
         at most {limit} bytes; set TMPDIR to a short path", directory.display()
    )]
    UnusableDirectory {
        /// The folder that was asked for.
        directory: PathBuf,
        /// The longest path of a socket, in bytes.
        limit: usize,
    },
    /// The folder for the socket could not be created.
    #[error("cannot create a folder for the plugin's socket in {}; set TMPDIR to a folder that is writable", directory.display())]
    CreateDirectory {
        /// The folder it should be in.
        directory: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The socket could not be opened.
    #[error("cannot listen on {address}")]
    Bind {
        /// The address.
        address: String,
        /// What the system said.
        source: io::Error,
    },
    /// The group of `PLUGIN_UNIX_SOCKET_GROUP` does not exist.
    #[error("PLUGIN_UNIX_SOCKET_GROUP names the group {group:?}, which does not exist")]
    UnknownGroup {
        /// The name or number.
        group: String,
    },
    /// The socket could not be handed to the group of `PLUGIN_UNIX_SOCKET_GROUP`.
    #[error("cannot give the plugin's socket to the group {group:?} of PLUGIN_UNIX_SOCKET_GROUP")]
    ChangeGroup {
        /// The name or number.
        group: String,
        /// What the system said.
        source: io::Error,
    },
    /// `PLUGIN_MIN_PORT` or `PLUGIN_MAX_PORT` is no port.
    #[error("{variable} is {value:?}; it must be a port number from 0 to 65535")]
    Port {
        /// The variable.
        variable: &'static str,
        /// Its value.
        value: String,
    },
    /// `PLUGIN_MIN_PORT` is above `PLUGIN_MAX_PORT`.
    #[error("PLUGIN_MIN_PORT ({min}) is above PLUGIN_MAX_PORT ({max})")]
    PortRange {
        /// The lowest port.
        min: u16,
        /// The highest port.
        max: u16,
    },
    /// Every port of the range is taken.
    #[error("every port from {min} to {max} (PLUGIN_MIN_PORT, PLUGIN_MAX_PORT) is taken")]
    NoFreePort {
        /// The lowest port.
        min: u16,
        /// The highest port.
        max: u16,
    },
    /// The system gave no random name.
    #[error("the system gave no random bytes to name the plugin's socket")]
    Random,
}
