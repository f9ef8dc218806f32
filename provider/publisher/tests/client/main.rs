//! The client, tried against a practice publisher over HTTPS.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "these are tests"
)]

mod cancellation;
mod certificates;
mod change_log;
mod companions;
mod contact;
mod creates;
mod deletes;
mod discovery;
mod fault_matrix;
mod nodes;
mod paging;
mod practice;
mod profiles;
mod requests;
mod settings;
mod snapshot;
mod throttling;
mod unsettled;
mod updates;
