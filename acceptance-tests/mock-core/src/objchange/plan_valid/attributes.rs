//! The plan checks of attributes.

use std::collections::BTreeMap;

use super::check_presence;
use crate::schema::{Attribute, AttributeKind, NestedObject, ObjectNesting};
use crate::value::{Path, PathError, Value, render, without_refinements};

pub(super) fn check(
    attributes: &BTreeMap<String, Attribute>,
    prior: &Value,
    config: &Value,
    planned: &Value,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    for (name, attribute) in attributes {
        let path = path.attribute(name);
        let (prior, config) = (prior.attribute(name), config.attribute(name));
        check_one(
            attribute,
            &prior,
            &config,
            &planned.attribute(name),
            &path,
            problems,
        );
    }
}

fn check_one(
    attribute: &Attribute,
    prior: &Value,
    config: &Value,
    planned: &Value,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    let mut say = |message: String| problems.push(PathError::new(path, message));
    let bare = without_refinements(planned);
    if bare == without_refinements(config) {
        return;
    }
    // The provider holds the configured value to mean the same as the prior one.
    if bare == without_refinements(prior) && !prior.is_null() && !config.is_null() {
        return;
    }
    if attribute.write_only {
        if !planned.is_null() {
            say("planned value for the write-only attribute must be null".to_owned());
        }
        return;
    }
    if attribute.computed && (!attribute.optional || config.is_null()) {
        return;
    }
    let ty = attribute.implied_type();
    if config.is_null() && !planned.is_null() {
        say(if attribute.sensitive {
            "sensitive planned value for a non-computed attribute".to_owned()
        } else {
            format!(
                "planned value {} for a non-computed attribute",
                render(planned, &ty)
            )
        });
        return;
    }
    if let AttributeKind::Nested(nested) = &attribute.kind {
        check_object(nested, prior, config, planned, path, problems);
        return;
    }
    let nor_prior = !prior.is_null();
    say(match (attribute.sensitive, nor_prior) {
        (true, false) => "sensitive planned value does not match config value".to_owned(),
        (true, true) => {
            "sensitive planned value does not match config value nor prior value".to_owned()
        }
        (false, false) => format!(
            "planned value {} does not match config value {}",
            render(planned, &ty),
            render(config, &ty)
        ),
        (false, true) => format!(
            "planned value {} does not match config value {} nor prior value {}",
            render(planned, &ty),
            render(config, &ty),
            render(prior, &ty)
        ),
    });
}

fn check_object(
    nested: &NestedObject,
    prior: &Value,
    config: &Value,
    planned: &Value,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    if check_presence(config, planned, path, problems).is_none() {
        return;
    }
    let mut say = |message: String| problems.push(PathError::new(path, message));
    if planned.is_unknown() {
        say("planned unknown for configured value".to_owned());
        return;
    }
    if nested.nesting == ObjectNesting::Single {
        check(&nested.attributes, prior, config, planned, path, problems);
        return;
    }
    if config.is_unknown() {
        say("planned value for an unknown configured value".to_owned());
        return;
    }
    match nested.nesting {
        ObjectNesting::List => check_list(nested, prior, config, planned, path, problems),
        ObjectNesting::Map => check_map(nested, prior, config, planned, path, problems),
        // Set elements have no key by which plan and configuration could be matched.
        _ => {
            let count = |value: &Value| value.elements().unwrap_or_default().len();
            if count(planned) != count(config) {
                say(disagreement(count(planned), count(config)));
            }
        }
    }
}

fn check_list(
    nested: &NestedObject,
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
        let prior = prior
            .elements()
            .and_then(|prior| prior.get(index))
            .unwrap_or(&Value::Null);
        check_element(nested, prior, config, planned, &path, problems);
    }
}

fn check_map(
    nested: &NestedObject,
    prior: &Value,
    config: &Value,
    planned: &Value,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    let none = BTreeMap::new();
    let (config, planned) = (
        config.entries().unwrap_or(&none),
        planned.entries().unwrap_or(&none),
    );
    for key in config.keys().filter(|key| !planned.contains_key(*key)) {
        let message = format!("map key {key:?} from config is not present in plan");
        problems.push(PathError::new(path, message));
    }
    for (key, planned) in planned {
        let Some(config) = config.get(key) else {
            let message = format!("map key {key:?} from plan is not present in config");
            problems.push(PathError::new(path, message));
            continue;
        };
        let prior = prior
            .entries()
            .and_then(|prior| prior.get(key))
            .unwrap_or(&Value::Null);
        check_element(nested, prior, config, planned, &path.key(key), problems);
    }
}

fn check_element(
    nested: &NestedObject,
    prior: &Value,
    config: &Value,
    planned: &Value,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    if planned == config || check_presence(config, planned, path, problems).is_none() {
        return;
    }
    if planned.is_unknown() {
        problems.push(PathError::new(path, "planned unknown for configured value"));
        return;
    }
    check(&nested.attributes, prior, config, planned, path, problems);
}

fn disagreement(planned: usize, config: usize) -> String {
    format!("count in plan ({planned}) disagrees with count in config ({config})")
}
