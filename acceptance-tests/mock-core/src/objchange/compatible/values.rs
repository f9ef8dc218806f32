//! The comparison of attribute values.

use crate::objchange::sets::correlate;
use crate::value::{Path, PathError, Step, Type, Value, conform, render};

pub(super) fn check(
    planned: &Value,
    actual: &Value,
    ty: &Type,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    if *ty == Type::Dynamic {
        check_dynamic(planned, actual, path, problems);
        return;
    }
    let mut say = |message: String| problems.push(PathError::new(path, message));
    if let Err(mismatch) = conform(actual, ty) {
        say(format!("wrong final value type: {mismatch}"));
        return;
    }
    match (planned, actual) {
        (Value::Unknown(refinements), actual) => {
            if !refinements.include(actual) {
                say(format!(
                    "final value {} does not conform to planning placeholder {}",
                    render(actual, ty),
                    render(planned, ty)
                ));
            }
        }
        (Value::Null, Value::Null) => {}
        (planned, Value::Null) => say(format!("was {}, but now null", render(planned, ty))),
        (Value::Null, actual) => say(format!("was null, but now {}", render(actual, ty))),
        (_, Value::Unknown(_)) => say("was known, but now unknown".to_owned()),
        (planned, actual) => check_known(planned, actual, ty, path, problems),
    }
}

fn check_dynamic(planned: &Value, actual: &Value, path: &Path, problems: &mut Vec<PathError>) {
    match (planned, actual) {
        // Not even the type was known.
        (Value::Unknown(_), _) | (Value::Null, Value::Null) => {}
        (Value::Dynamic(planned), Value::Dynamic(actual)) if planned.0 == actual.0 => {
            check(&planned.1, &actual.1, &planned.0, path, problems);
        }
        (Value::Dynamic(planned), Value::Dynamic(actual)) => {
            let message = format!(
                "wrong final value type: {} required, not {}",
                planned.0, actual.0
            );
            problems.push(PathError::new(path, message));
        }
        (Value::Dynamic(planned), Value::Unknown(_)) if planned.1.is_known() => {
            problems.push(PathError::new(path, "was known, but now unknown"));
        }
        (Value::Dynamic(planned), Value::Null) => {
            check(&planned.1, &Value::Null, &planned.0, path, problems);
        }
        // An untyped null is of every type, as far as a comparison goes.
        (planned, actual) if planned.is_null() && actual.is_null() => {}
        (planned, actual) => {
            let (before, after) = (
                render(planned, &Type::Dynamic),
                render(actual, &Type::Dynamic),
            );
            problems.push(PathError::new(
                path,
                format!("was {before}, but now {after}"),
            ));
        }
    }
}

fn check_known(
    planned: &Value,
    actual: &Value,
    ty: &Type,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    match (planned, actual, ty) {
        (Value::Set(planned), Value::Set(actual), Type::Set(element)) => {
            let (planned, actual) = (planned.as_slice(), actual.as_slice());
            let matches = |planned: &Value, actual: &Value| {
                let mut found = Vec::new();
                check(
                    planned,
                    actual,
                    element,
                    &path.then(Step::Element),
                    &mut found,
                );
                found.is_empty()
            };
            correlate(planned, actual, element, path, &matches, problems);
            if actual.len() > planned.len() {
                let message = format!("length changed from {} to {}", planned.len(), actual.len());
                problems.push(PathError::new(path, message));
            }
        }
        (Value::List(planned), Value::List(actual), Type::List(element)) => {
            check_sequence(planned, actual, &|_| element, path, problems);
        }
        (Value::Tuple(planned), Value::Tuple(actual), Type::Tuple(types)) => {
            check_sequence(planned, actual, &|index| &types[index], path, problems);
        }
        (Value::Map(planned), Value::Map(actual), Type::Map(element)) => {
            for (key, planned) in planned {
                if let Some(actual) = actual.get(key) {
                    check(planned, actual, element, &path.key(key), problems);
                } else {
                    let message = format!("element {key:?} has vanished");
                    problems.push(PathError::new(path, message));
                }
            }
            for key in actual.keys().filter(|key| !planned.contains_key(*key)) {
                let message = format!("new element {key:?} has appeared");
                problems.push(PathError::new(path, message));
            }
        }
        (Value::Object(planned), Value::Object(actual), Type::Object(types)) => {
            for (name, ty) in types {
                if let (Some(planned), Some(actual)) = (planned.get(name), actual.get(name)) {
                    check(planned, actual, ty, &path.attribute(name), problems);
                }
            }
        }
        (planned, actual, ty) if planned != actual => {
            let (before, after) = (render(planned, ty), render(actual, ty));
            problems.push(PathError::new(
                path,
                format!("was {before}, but now {after}"),
            ));
        }
        _ => {}
    }
}

fn check_sequence<'a>(
    planned: &[Value],
    actual: &[Value],
    type_of: &dyn Fn(usize) -> &'a Type,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    for (index, planned) in planned.iter().enumerate() {
        match actual.get(index) {
            Some(actual) => check(
                planned,
                actual,
                type_of(index),
                &path.index(index),
                problems,
            ),
            None => problems.push(PathError::new(
                path,
                format!("element {index} has vanished"),
            )),
        }
    }
    for index in planned.len()..actual.len() {
        problems.push(PathError::new(
            path,
            format!("new element {index} has appeared"),
        ));
    }
}
