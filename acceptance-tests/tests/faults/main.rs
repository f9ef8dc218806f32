//! Every fault of the simulator × both resources × create, read, update, delete and import × both phases, on the
//! built provider: nothing is lost, doubled, or left out of the state. And each fault once on a real Terraform.
//!
//! `cargo test` tries a fixed part of it: each fault in both phases on one object and operation, which take turns from
//! fault to fault. `cargo xtask faults` tries all of it, and prints the table.
//!
//! Beside it, how many requests large walks take; and random sequences of whatever may happen, judged by a [`model`]:
//! `cargo xtask model` plays many.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops where anything is not as it should be, and prints its table"
)]

mod cell;
mod interference;
mod matrix;
mod model;
mod process;
mod real;
mod rows;
mod scale;
