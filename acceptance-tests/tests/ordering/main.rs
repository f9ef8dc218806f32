//! The order of effects on a publisher, as its journal tells it: routes go before their domain, a domain comes
//! before its routes, a key is free before another row takes it, and nothing is lost or doubled on the way.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and a measurement is printed"
)]

mod creating;
mod destroying;
mod estate;
mod forced;
mod half_finished;
mod interrupted;
mod judge;
mod keys;
mod renaming;
mod replacing;
mod scale;
