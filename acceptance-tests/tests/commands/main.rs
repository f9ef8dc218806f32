//! What the binary does for people who start it by hand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where anything is not as it should be"
)]

mod discover;
mod export;
mod review;
mod support;
