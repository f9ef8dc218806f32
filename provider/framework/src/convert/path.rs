//! Attribute paths.

use tfplugin_protocol::tfplugin6::AttributePath;
use tfplugin_protocol::tfplugin6::attribute_path::Step as WireStep;
use tfplugin_protocol::tfplugin6::attribute_path::step::Selector;
use tfplugin_values::{Path, Step};

/// The message of a path.
pub(crate) fn path(path: &Path) -> AttributePath {
    AttributePath {
        steps: path.steps().iter().map(step).collect(),
    }
}

fn step(step: &Step) -> WireStep {
    let selector = match step {
        Step::Attribute(name) => Selector::AttributeName(name.clone()),
        Step::Key(key) => Selector::ElementKeyString(key.clone()),
        Step::Index(index) => Selector::ElementKeyInt(*index),
    };
    WireStep {
        selector: Some(selector),
    }
}
