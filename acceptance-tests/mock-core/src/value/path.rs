//! The way from the root of a value to a place inside it.

use std::fmt;

use tfplugin_protocol::tfplugin6::{AttributePath, attribute_path::step::Selector};

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into an attribute or nested block of an object.
    Attribute(String),
    /// Into an element of a map.
    Key(String),
    /// Into an element of a list or tuple.
    Index(i64),
    /// Into an element of a set, which no path can name.
    Element,
}

/// Steps from the root.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(Vec<Step>);

impl Path {
    /// The root itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// A path of attribute names separated by points, for tests: `a.b`.
    pub fn attributes(names: &str) -> Self {
        Self(
            names
                .split('.')
                .map(|name| Step::Attribute(name.to_owned()))
                .collect(),
        )
    }

    /// The path one step further.
    #[must_use]
    pub fn then(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// The path into an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Self {
        self.then(Step::Attribute(name.to_owned()))
    }

    /// The path into a list element.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.then(Step::Index(i64::try_from(index).unwrap_or(i64::MAX)))
    }

    /// The path into a map element.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.then(Step::Key(key.to_owned()))
    }

    /// The steps in order.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Reads the wire form; a step without a selector makes the path unreadable.
    pub fn from_wire(path: &AttributePath) -> Option<Self> {
        path.steps
            .iter()
            .map(|step| {
                step.selector.as_ref().map(|selector| match selector {
                    Selector::AttributeName(name) => Step::Attribute(name.clone()),
                    Selector::ElementKeyString(key) => Step::Key(key.clone()),
                    Selector::ElementKeyInt(index) => Step::Index(*index),
                })
            })
            .collect::<Option<Vec<_>>>()
            .map(Self)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.0 {
            match step {
                Step::Attribute(name) => write!(formatter, ".{name}")?,
                Step::Key(key) => write!(formatter, "[{key:?}]")?,
                Step::Index(index) => write!(formatter, "[{index}]")?,
                Step::Element => formatter.write_str("[...]")?,
            }
        }
        Ok(())
    }
}

/// Something wrong at one place of a value, in core's words: `.path: what`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{}{message}", path, if path.steps().is_empty() { "" } else { ": " })]
pub struct PathError {
    /// Where.
    pub path: Path,
    /// What, as core words it.
    pub message: String,
}

impl PathError {
    /// An error at a place.
    pub fn new(path: &Path, message: impl Into<String>) -> Self {
        Self {
            path: path.clone(),
            message: message.into(),
        }
    }
}
