//! The built provider as a process: started as go-plugin's host starts it, and as a host never should.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod admission;
mod endings;
mod greeting;
mod logs;
mod messages;
mod options;
mod reattach;
mod requests;
mod setting;
