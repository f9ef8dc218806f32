//! Keeps the order that a publisher needs where the configuration does not give it.
//!
//! Routes go before their domain, a domain comes before its routes, and a natural key is free
//! before another row takes it. Each publisher has one [`Operations`]: every create, update and
//! delete on it registers there, and one that finds its way blocked waits there without holding a
//! request slot. This module knows neither domains nor routes, only keys that block and keys that
//! are released; what blocks is decided by the resources, from a fresh read.

mod operations;
mod sightings;
mod waiting;

pub(crate) use operations::{Operation, Operations};
pub(crate) use sightings::Sightings;
pub(crate) use waiting::{Obstacle, WaitError, WaitLimits};

#[cfg(test)]
mod tests;
