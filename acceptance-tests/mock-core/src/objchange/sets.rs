//! Matching set elements that have no key: each must have at least one counterpart.

use crate::value::{Path, PathError, Type, Value, render};

/// Reports every element without counterpart, in both directions.
pub(super) fn correlate(
    planned: &[Value],
    actual: &[Value],
    element: &Type,
    path: &Path,
    matches: &dyn Fn(&Value, &Value) -> bool,
    problems: &mut Vec<PathError>,
) {
    for planned in planned {
        if !actual.iter().any(|actual| matches(planned, actual)) {
            let message = format!(
                "planned set element {} does not correlate with any element in actual",
                render(planned, element)
            );
            problems.push(PathError::new(path, message));
        }
    }
    for actual in actual {
        if !planned.iter().any(|planned| matches(planned, actual)) {
            let message = format!(
                "actual set element {} does not correlate with any element in plan",
                render(actual, element)
            );
            problems.push(PathError::new(path, message));
        }
    }
}
