//! What can go wrong between a host and its plugin.

use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::time::Duration;

/// Why the host gave up.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// The binary could not be started.
    #[error("cannot start {}", binary.display())]
    Start {
        /// The binary.
        binary: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The plugin ended before it wrote its handshake.
    #[error("the plugin ended without a handshake: {status}; stdout {stdout:?}; stderr {stderr:?}")]
    Ended {
        /// How it ended.
        status: ExitStatus,
        /// Everything it wrote to standard output.
        stdout: String,
        /// Everything it wrote to standard error.
        stderr: String,
    },
    /// The plugin did not do something in time.
    #[error("the plugin did not {what} within {limit:?}")]
    TimedOut {
        /// What was waited for.
        what: &'static str,
        /// For how long.
        limit: Duration,
    },
    /// The first line is no handshake.
    #[error("not a handshake ({reason}): {line:?}")]
    Handshake {
        /// What is wrong with it.
        reason: &'static str,
        /// The line.
        line: String,
    },
    /// No connection: the socket, or the TLS handshake.
    #[error("cannot connect to the plugin: {0}")]
    Connect(#[source] io::Error),
    /// No HTTP/2 on the connection.
    #[error("no HTTP/2 connection to the plugin")]
    Http2(#[from] tonic::transport::Error),
    /// A call failed.
    #[error("the plugin answered with an error: {0}")]
    Call(#[from] tonic::Status),
    /// The process could not be waited for or signalled.
    #[error("the plugin's process is out of reach")]
    Process(#[source] io::Error),
}
