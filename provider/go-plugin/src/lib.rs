//! The server side of HashiCorp's go-plugin protocol, version 1, over gRPC.
//!
//! A host (Terraform, OpenTofu) starts the plugin as a child process, reads one line from its
//! standard output, connects to the socket named there with mutual TLS, and calls gRPC services.
//! This crate is everything around those services: the [handshake](serve), the listener, the pinned
//! client certificate, shutdown, signals, the fate of an orphan, [logging](mod@logging), panics, and
//! the bookkeeping of [requests in flight](Requests).
//!
//! It knows no Terraform value and no `.proto` but go-plugin's own: the plugin's service is a type
//! parameter. The size limits of messages belong to that service
//! (`max_decoding_message_size`, `max_encoding_message_size`; go-plugin's own are 256 MiB).
//!
//! Start-up is paid at every start of the process, several times a command. Therefore the service
//! is built only after the handshake, and nothing is read or resolved before it is needed.

mod connections;
mod endings;
mod environment;
mod error;
mod handshake;
mod listener;
pub mod logging;
mod panics;
mod reattach;
mod requests;
mod router;
mod runtime;
mod serve;
mod services;
mod signals;
mod tls;

pub use endings::Ending;
pub use error::{ServeError, exit_code};
pub use listener::ListenError;
pub use panics::{Panicked, install_panic_hook};
pub use reattach::{DebugConfig, serve_debug};
pub use requests::Requests;
pub use router::PluginService;
pub use runtime::block_on;
pub use serve::{PluginConfig, serve};
pub use tls::TlsError;
