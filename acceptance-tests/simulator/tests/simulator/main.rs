//! The simulator seen from outside: SOAP over real HTTPS, by a plain client.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop where it fails"
)]

mod administration;
mod axl;
mod client;
mod control;
mod control_center;
mod faults;
mod load;
mod logon;
mod tls;
