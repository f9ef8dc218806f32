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
mod lifecycle;
mod refused_connections;
mod support;
mod unknown;
