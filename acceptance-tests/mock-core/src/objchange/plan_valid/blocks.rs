//! The plan checks of blocks.

use super::{attributes, check_presence};
use crate::schema::{Block, BlockNesting, NestedBlock};
use crate::value::{Path, PathError, Step, Value, render};

const MUST_NOT_BE_UNKNOWN: &str = "attribute representing nested block must not be unknown itself; \
                                   set nested attribute values to unknown instead";
const ELEMENT_MUST_NOT_BE_UNKNOWN: &str = "element representing nested block must not be unknown \
                                           itself; set nested attribute values to unknown instead";

pub(super) fn check(
    block: &Block,
    prior: &Value,
    config: &Value,
    planned: &Value,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    if check_presence(config, planned, path, problems).is_none() {
        return;
    }
    attributes::check(&block.attributes, prior, config, planned, path, problems);
    for (name, nested) in &block.blocks {
        let path = path.attribute(name);
        let (config, planned) = (config.attribute(name), planned.attribute(name));
        check_nested(
            nested,
            &prior.attribute(name),
            &config,
            &planned,
            &path,
            problems,
        );
    }
}

fn check_nested(
    nested: &NestedBlock,
    prior: &Value,
    config: &Value,
    planned: &Value,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    let mut say = |message: &str| problems.push(PathError::new(path, message));
    if planned.is_null()
        && let Some(kind) = repeated(nested.nesting)
    {
        say(&format!(
            "attribute representing a {kind} of nested blocks must be empty to indicate no blocks, \
             not null"
        ));
        return;
    }
    if planned == config {
        return;
    }
    if config.is_unknown() {
        let ty = nested.implied_type();
        say(&format!(
            "planned value {} for unknown dynamic block",
            render(planned, &ty)
        ));
        return;
    }
    if nested.block.computed && config.is_null() {
        return;
    }
    if planned.is_unknown() {
        say(MUST_NOT_BE_UNKNOWN);
        return;
    }
    match nested.nesting {
        BlockNesting::Single | BlockNesting::Group | BlockNesting::Invalid => {
            check(&nested.block, prior, config, planned, path, problems);
        }
        BlockNesting::List => check_list(nested, prior, config, planned, path, problems),
        BlockNesting::Map => check_map(nested, prior, config, planned, path, problems),
        BlockNesting::Set => {
            // Set elements have no key by which plan and configuration could be matched.
            let elements = planned.elements().unwrap_or_default();
            for _ in elements.iter().filter(|element| element.is_unknown()) {
                let path = path.then(Step::Element);
                problems.push(PathError::new(&path, ELEMENT_MUST_NOT_BE_UNKNOWN));
            }
        }
    }
}

/// What the blocks are held in, where no blocks are an empty value.
fn repeated(nesting: BlockNesting) -> Option<&'static str> {
    match nesting {
        BlockNesting::List => Some("list"),
        BlockNesting::Set => Some("set"),
        BlockNesting::Map => Some("map"),
        BlockNesting::Group => Some("group"),
        BlockNesting::Single | BlockNesting::Invalid => None,
    }
}

fn check_list(
    nested: &NestedBlock,
    prior: &Value,
    config: &Value,
    planned: &Value,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    let config = config.elements().unwrap_or_default();
    let planned = planned.elements().unwrap_or_default();
    if planned.len() != config.len() {
        problems.push(PathError::new(
            path,
            disagreement(planned.len(), config.len()),
        ));
        return;
    }
    for (index, (planned, config)) in planned.iter().zip(config).enumerate() {
        let path = path.index(index);
        if planned.is_unknown() {
            problems.push(PathError::new(&path, ELEMENT_MUST_NOT_BE_UNKNOWN));
            continue;
        }
        let prior = prior
            .elements()
            .and_then(|prior| prior.get(index))
            .unwrap_or(&Value::Null);
        check(&nested.block, prior, config, planned, &path, problems);
    }
}

fn check_map(
    nested: &NestedBlock,
    prior: &Value,
    config: &Value,
    planned: &Value,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    let none = std::collections::BTreeMap::new();
    let (config, planned) = (
        config.entries().unwrap_or(&none),
        planned.entries().unwrap_or(&none),
    );
    if planned.len() != config.len() {
        problems.push(PathError::new(
            path,
            disagreement(planned.len(), config.len()),
        ));
    }
    for key in config.keys().filter(|key| !planned.contains_key(*key)) {
        let message = format!("block key {key:?} from config is not present in plan");
        problems.push(PathError::new(path, message));
    }
    for (key, planned) in planned {
        let Some(config) = config.get(key) else {
            let message = format!("block key {key:?} from plan is not present in config");
            problems.push(PathError::new(path, message));
            continue;
        };
        let path = path.key(key);
        if planned.is_unknown() {
            problems.push(PathError::new(&path, ELEMENT_MUST_NOT_BE_UNKNOWN));
            continue;
        }
        let prior = prior
            .entries()
            .and_then(|prior| prior.get(key))
            .unwrap_or(&Value::Null);
        check(&nested.block, prior, config, planned, &path, problems);
    }
}

fn disagreement(planned: usize, config: usize) -> String {
    format!("block count in plan ({planned}) disagrees with count in config ({config})")
}
