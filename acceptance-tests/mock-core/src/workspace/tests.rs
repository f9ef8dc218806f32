//! Whole commands against a small provider.

mod flows;
mod graph;
mod refusing;
mod replacing;
mod storing;

use crate::config;
use crate::config::Input;
use crate::workspace::Configuration;

/// A configuration with one thing.
fn one(input: Input) -> Configuration {
    Configuration::new().resource("test_thing.a", input)
}

fn named(name: &str) -> Input {
    config! { name = name }
}
