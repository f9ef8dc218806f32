//! Where a value stands inside another.

use std::fmt;

/// One step from a value to a part of it.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Step {
    /// To an attribute of an object, or a nested block.
    Attribute(String),
    /// To an element of a map.
    Key(String),
    /// To an element of a list or tuple, counted from 0. Elements of a set cannot be addressed on the
    /// wire; in errors their position in the encoding serves.
    Index(i64),
}

/// The steps from a value down to a part of it; no steps mean the value itself.
///
/// Displays as in Terraform's own messages: `routes["backup"].next_hops[0]`.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Path(Vec<Step>);

impl Path {
    /// The value itself.
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// The path continued to an attribute.
    pub fn attribute(mut self, name: impl Into<String>) -> Self {
        self.0.push(Step::Attribute(name.into()));
        self
    }

    /// The path continued to an element of a map.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.0.push(Step::Key(key.into()));
        self
    }

    /// The path continued to an element of a list or tuple.
    pub fn index(mut self, index: i64) -> Self {
        self.0.push(Step::Index(index));
        self
    }

    /// Adds a step at the end.
    pub fn push(&mut self, step: Step) {
        self.0.push(step);
    }

    /// Puts a step before the first.
    pub(crate) fn prepend(&mut self, step: Step) {
        self.0.insert(0, step);
    }

    /// Removes the last step.
    pub fn pop(&mut self) -> Option<Step> {
        self.0.pop()
    }

    /// The steps, outermost first.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether it means the value itself.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The path to the value around this one; none for the root.
    pub fn parent(&self) -> Option<Self> {
        let (_, parent) = self.0.split_last()?;
        Some(Self(parent.to_vec()))
    }

    /// Whether this path leads to `other` or to something around it.
    pub fn is_prefix_of(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }
}

impl From<&str> for Path {
    /// An attribute at the root.
    fn from(name: &str) -> Self {
        Self::root().attribute(name)
    }
}

impl From<Vec<Step>> for Path {
    fn from(steps: Vec<Step>) -> Self {
        Self(steps)
    }
}

impl From<Path> for Vec<Step> {
    fn from(path: Path) -> Self {
        path.0
    }
}

impl FromIterator<Step> for Path {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        Self(steps.into_iter().collect())
    }
}

impl Extend<Step> for Path {
    fn extend<I: IntoIterator<Item = Step>>(&mut self, steps: I) {
        self.0.extend(steps);
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Attribute(name) if position == 0 => formatter.write_str(name)?,
                Step::Attribute(name) => write!(formatter, ".{name}")?,
                Step::Key(key) => write!(formatter, "[{key:?}]")?,
                Step::Index(index) => write!(formatter, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn displays_as_terraform_writes_references() {
        let path = Path::from("routes")
            .key("back \"up\"")
            .attribute("hops")
            .index(0);
        assert_eq!(path.to_string(), r#"routes["back \"up\""].hops[0]"#);
        assert_eq!(Path::root().to_string(), "");
    }

    #[test]
    fn a_parent_is_a_prefix_and_a_sibling_is_not() {
        let path = Path::from("a").index(1);
        let parent = path.parent().unwrap();
        assert_eq!(parent, Path::from("a"));
        assert!(parent.is_prefix_of(&path) && path.is_prefix_of(&path));
        assert!(!Path::from("a").index(0).is_prefix_of(&path));
        assert!(Path::root().is_prefix_of(&path) && Path::root().parent().is_none());
    }
}
