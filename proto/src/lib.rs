//! The Terraform plugin protocol, version 6.11, and go-plugin's own services, as wire types.
//!
//! Everything under `gen/` is written by `cargo xtask proto` from the `.proto` files beside this
//! crate; nothing here knows what a value or a schema means.

/// The compiled `.proto` files as one encoded `FileDescriptorSet`, as gRPC reflection serves it.
pub const FILE_DESCRIPTOR_SET: &[u8] = include_bytes!("gen/descriptors.bin");

/// Package `tfplugin6`: the messages, client and server of the service `tfplugin6.Provider`.
#[rustfmt::skip]
#[allow(
    missing_docs,
    unreachable_pub,
    clippy::all,
    clippy::pedantic,
    reason = "generated code: the .proto files are what is read and reviewed"
)]
#[path = "gen/tfplugin6.rs"]
pub mod tfplugin6;

/// Package `plugin`: go-plugin's controller, standard streams and broker.
#[rustfmt::skip]
#[allow(
    missing_docs,
    unreachable_pub,
    clippy::all,
    clippy::pedantic,
    reason = "generated code: the .proto files are what is read and reviewed"
)]
#[path = "gen/plugin.rs"]
pub mod plugin;

#[cfg(test)]
mod tests;
