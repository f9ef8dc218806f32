//! Whether a later value keeps what an earlier one promised: the result of an apply against its
//! plan, and the final plan against the first.

mod values;

use std::collections::BTreeMap;

use super::sets::correlate;
use crate::schema::{Attribute, Block, BlockNesting, NestedBlock};
use crate::value::{Path, PathError, Step, Value};

/// Every broken promise, in core's words.
pub fn compatible(block: &Block, planned: &Value, actual: &Value) -> Vec<PathError> {
    let mut problems = Vec::new();
    check_block(block, planned, actual, &Path::root(), &mut problems);
    problems
}

fn check_block(
    block: &Block,
    planned: &Value,
    actual: &Value,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    match (planned.is_null(), actual.is_null()) {
        (true, false) => problems.push(PathError::new(path, "was absent, but now present")),
        (false, true) => problems.push(PathError::new(path, "was present, but now absent")),
        (true, true) => {}
        (false, false) => {
            check_attributes(&block.attributes, planned, actual, path, problems);
            for (name, nested) in &block.blocks {
                let (planned, actual) = (planned.attribute(name), actual.attribute(name));
                check_nested(nested, &planned, &actual, &path.attribute(name), problems);
            }
        }
    }
}

fn check_attributes(
    attributes: &BTreeMap<String, Attribute>,
    planned: &Value,
    actual: &Value,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    for (name, attribute) in attributes {
        let path = path.attribute(name);
        let (planned, actual) = (planned.attribute(name), actual.attribute(name));
        let mut found = Vec::new();
        values::check(
            &planned,
            &actual,
            &attribute.implied_type(),
            &path,
            &mut found,
        );
        if attribute.sensitive && !found.is_empty() {
            found = vec![PathError::new(
                &path,
                "inconsistent values for sensitive attribute",
            )];
        }
        problems.append(&mut found);
    }
}

fn check_nested(
    nested: &NestedBlock,
    planned: &Value,
    actual: &Value,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    if nested.block.computed {
        if actual.is_null() && nested.nesting != BlockNesting::Single {
            problems.push(PathError::new(path, "null block value after apply"));
            return;
        }
        if planned.is_unknown() {
            // Terraform looks at no further block of the object then; here each keeps its promise.
            let ty = nested.implied_type();
            values::check(planned, actual, &ty, path, problems);
            return;
        }
    }
    if matches!(
        nested.nesting,
        BlockNesting::Single | BlockNesting::Group | BlockNesting::Invalid
    ) {
        // An unknown dynamic block may have come to no block at all.
        if !(planned.is_unknown() && actual.is_null()) {
            check_block(&nested.block, planned, actual, path, problems);
        }
        return;
    }
    if planned.is_unknown() || actual.is_unknown() || planned.is_null() || actual.is_null() {
        return;
    }
    match nested.nesting {
        BlockNesting::Map => check_map(nested, planned, actual, path, problems),
        BlockNesting::Set => check_set(nested, planned, actual, path, problems),
        _ => check_list(nested, planned, actual, path, problems),
    }
}

fn check_list(
    nested: &NestedBlock,
    planned: &Value,
    actual: &Value,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    let planned = planned.elements().unwrap_or_default();
    let actual = actual.elements().unwrap_or_default();
    if planned.len() != actual.len() {
        problems.push(PathError::new(
            path,
            count_changed(planned.len(), actual.len()),
        ));
        return;
    }
    for (index, (planned, actual)) in planned.iter().zip(actual).enumerate() {
        check_block(&nested.block, planned, actual, &path.index(index), problems);
    }
}

fn check_map(
    nested: &NestedBlock,
    planned: &Value,
    actual: &Value,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    let none = BTreeMap::new();
    let (planned, actual) = (
        planned.entries().unwrap_or(&none),
        actual.entries().unwrap_or(&none),
    );
    if planned.len() != actual.len() {
        problems.push(PathError::new(
            path,
            count_changed(planned.len(), actual.len()),
        ));
    }
    for (key, planned) in planned {
        match actual.get(key) {
            Some(actual) => {
                check_block(&nested.block, planned, actual, &path.key(key), problems);
            }
            None => {
                problems.push(PathError::new(
                    path,
                    format!("block key {key:?} has vanished"),
                ));
            }
        }
    }
    for key in actual.keys().filter(|key| !planned.contains_key(*key)) {
        problems.push(PathError::new(
            path,
            format!("new block key {key:?} has appeared"),
        ));
    }
}

fn check_set(
    nested: &NestedBlock,
    planned: &Value,
    actual: &Value,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    let planned = planned.elements().unwrap_or_default();
    let actual = actual.elements().unwrap_or_default();
    let matches = |planned: &Value, actual: &Value| {
        let mut found = Vec::new();
        check_block(
            &nested.block,
            planned,
            actual,
            &path.then(Step::Element),
            &mut found,
        );
        found.is_empty()
    };
    correlate(
        planned,
        actual,
        &nested.block.implied_type(),
        path,
        &matches,
        problems,
    );
    // Elements that turned out equal may have become one, but none may have been added.
    if actual.len() > planned.len() {
        let message = format!(
            "block set length changed from {} to {}",
            planned.len(),
            actual.len()
        );
        problems.push(PathError::new(path, message));
    }
}

fn count_changed(planned: usize, actual: usize) -> String {
    format!("block count changed from {planned} to {actual}")
}
