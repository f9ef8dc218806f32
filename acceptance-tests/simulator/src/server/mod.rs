//! The nodes' HTTPS servers: sockets, TLS, HTTP/1.1, and the ways in which a delivery can go wrong.

mod body;
mod exchange;
mod listener;
mod spoil;
mod wire;

pub(crate) use exchange::Context;
pub(crate) use listener::{bind, serve};
