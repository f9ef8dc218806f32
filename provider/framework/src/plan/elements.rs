//! The objects inside a nested attribute or block, each with its counterparts in other values.

use std::borrow::Cow;

use tfplugin_values::{Step, Value};

use super::correspond::corresponds;
use super::level::{Level, NULL};
use crate::schema::Nesting;

/// An object of a collection, with its counterparts.
pub(crate) struct Element<'a> {
    /// How to get to it; nothing for a single object, and inside a set, whose elements have no address.
    pub(crate) step: Option<Step>,
    pub(crate) value: &'a mut Value,
    pub(crate) config: &'a Value,
    pub(crate) prior: &'a Value,
}

/// Visits every known object of a collection. Lists pair by index, maps by key. An element of a set pairs
/// with the configuration that it could come from, and that with the first prior element that could.
pub(crate) fn visit(
    nesting: Nesting,
    level: Level<'_>,
    value: &mut Value,
    config: &Value,
    prior: &Value,
    mut visitor: impl FnMut(Element<'_>),
) {
    match (nesting, value) {
        (Nesting::Single | Nesting::Group, value @ Value::Object(_)) => visitor(Element {
            step: None,
            value,
            config,
            prior,
        }),
        (Nesting::List, Value::List(elements)) => {
            let (config, prior) = (listed(config), listed(prior));
            for (index, value) in elements.iter_mut().enumerate() {
                if matches!(value, Value::Object(_)) {
                    visitor(Element {
                        step: i64::try_from(index).ok().map(Step::Index),
                        value,
                        config: config.get(index).unwrap_or(&NULL),
                        prior: prior.get(index).unwrap_or(&NULL),
                    });
                }
            }
        }
        (Nesting::Map, Value::Map(elements)) => {
            for (key, value) in elements {
                if matches!(value, Value::Object(_)) {
                    visitor(Element {
                        step: Some(Step::Key(key.clone())),
                        value,
                        config: keyed(config, key),
                        prior: keyed(prior, key),
                    });
                }
            }
        }
        (Nesting::Set, Value::Set(elements)) => {
            let mut configured = Unused::new(config);
            let mut before = Unused::new(prior);
            for value in elements {
                if !matches!(value, Value::Object(_)) {
                    continue;
                }
                let config = configured.take(|config| corresponds(level, value, config));
                let origin = match config {
                    Value::Null => Cow::Owned(value.clone()),
                    config => Cow::Borrowed(config),
                };
                let prior = before.take(|prior| corresponds(level, prior, &origin));
                visitor(Element {
                    step: None,
                    value,
                    config,
                    prior,
                });
            }
        }
        _ => {}
    }
}

fn listed(value: &Value) -> &[Value] {
    match value {
        Value::List(elements) => elements,
        _ => &[],
    }
}

fn keyed<'a>(value: &'a Value, key: &str) -> &'a Value {
    match value {
        Value::Map(elements) => elements.get(key).unwrap_or(&NULL),
        _ => &NULL,
    }
}

/// Elements of a set, each to be taken once.
struct Unused<'a>(Vec<&'a Value>);

impl<'a> Unused<'a> {
    fn new(set: &'a Value) -> Self {
        Self(match set {
            Value::Set(elements) => elements.iter().collect(),
            _ => Vec::new(),
        })
    }

    fn take(&mut self, fits: impl Fn(&Value) -> bool) -> &'a Value {
        match self.0.iter().position(|element| fits(element)) {
            Some(position) => self.0.remove(position),
            None => &NULL,
        }
    }
}
