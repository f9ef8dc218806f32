//! What only some cores have, in the hands of those that do: functions, data sources, queries, imports by identity,
//! and the action; and a life that every core knows.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod data_sources;
mod functions;
mod identities;
mod interrupted_restarts;
mod lifecycle;
mod queries;
mod refused_restarts;
mod restarts;
mod site;
