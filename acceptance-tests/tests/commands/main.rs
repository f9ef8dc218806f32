//! What the binary does for people who start it by hand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where anything is not as it should be"
)]

mod discover;
mod export;
#[cfg(unix)]
mod pipelines;
mod review;
mod support;
#[cfg(unix)]
mod terminal;
