//! The host side of HashiCorp's go-plugin protocol, for tests and benchmarks: what Terraform does to
//! start a provider, and what it never would.
//!
//! ```no_run
//! # async fn example() -> Result<(), go_plugin_host::HostError> {
//! use go_plugin_host::Host;
//!
//! let mut plugin = Host::new("target/debug/terraform-provider-imp").start().await?;
//! let channel = plugin.connect().await?;
//! // … a gRPC client over the channel …
//! let finished = plugin.shut_down().await?;
//! assert!(finished.status.success());
//! # Ok(())
//! # }
//! ```
//!
//! Written from go-plugin's `client.go`, without a line of the plugin's side, so that a mistake on
//! one side does not hide the same mistake on the other. Unix only.

#![cfg(unix)]

mod connection;
mod error;
mod handshake;
mod host;
mod identity;
mod pinned;
mod plugin;

pub use connection::connect_plaintext;
pub use error::HostError;
pub use handshake::Handshake;
pub use host::{ClientCertificate, Host};
pub use nix::sys::signal::Signal;
pub use plugin::{Finished, Plugin, Timings};
