//! Cisco's rules in the hands of a real Terraform: which diagnostic comes when, with which code, at which attribute,
//! and what never stands in the way.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod existing;
mod nodes;
mod restarts;
mod settings;
mod site;
mod values;
