//! The life of a plugin's process, from outside: started, spoken to, signalled and abandoned by a
//! host as go-plugin's.
//!
//! The binary starts itself again in two further roles: the plugin, and a host that gets killed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "in a test an unexpected error is a failure"
)]

mod cases;
mod control;
mod doomed_host;
mod fixture;
mod message;
mod setting;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

/// Which role this process plays; unset in the tests themselves.
const ROLE: &str = "GO_PLUGIN_TEST_ROLE";

fn main() -> ExitCode {
    match std::env::var(ROLE).as_deref() {
        Ok("plugin") => fixture::main(),
        Ok("host") => doomed_host::main(),
        _ => libtest_mimic::run(&Arguments::from_args(), cases::all()).exit_code(),
    }
}

/// One test: an asynchronous function that panics when something is wrong.
fn trial<F: Future<Output = ()> + 'static>(name: &str, case: fn() -> F) -> Trial {
    Trial::test(name, move || {
        go_plugin::block_on(case())?;
        Ok(())
    })
}
