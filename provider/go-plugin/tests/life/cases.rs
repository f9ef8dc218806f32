//! The cases, by what they are about.

mod admission;
mod debugging;
mod endings;
mod greeting;
mod logs;
mod panics;
mod services;

use libtest_mimic::Trial;

/// Every case.
pub(crate) fn all() -> Vec<Trial> {
    [
        admission::cases(),
        debugging::cases(),
        endings::cases(),
        greeting::cases(),
        logs::cases(),
        panics::cases(),
        services::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
