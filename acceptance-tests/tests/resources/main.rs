//! The two resources in the hands of a real Terraform, on two practice publishers whose tables have different
//! names: what a user sees of their lives, their errors and their settings.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod drift;
mod existing;
mod gates;
mod imports;
mod lifecycle;
mod placement;
mod plan_file;
mod refused_connections;
mod refused_values;
mod secrets;
mod support;
mod unknown;
mod updates;
