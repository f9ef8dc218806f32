//! Why a value does not fit a field.

use std::fmt;

use tfplugin_values::{Path, Step};

use crate::diagnostics::{Diagnostic, Diagnostics};

/// A value that does not fit its field, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Mismatch {
    /// From the value being decoded down to the part that does not fit, innermost step first while
    /// it travels upwards.
    steps: Vec<Step>,
    problem: String,
    /// Nothing is wrong but that the value is not known yet.
    unknown: bool,
}

impl Mismatch {
    /// A mismatch at the value itself. The text completes "… must be": `a whole number from 1 to 9`.
    pub fn new(problem: impl Into<String>) -> Self {
        Self {
            steps: Vec::new(),
            problem: problem.into(),
            unknown: false,
        }
    }

    /// An element that is not known yet, where the Rust type has no room for that.
    pub fn unknown() -> Self {
        Self {
            unknown: true,
            ..Self::new("known at this time")
        }
    }

    /// The same mismatch as seen from the value around it.
    #[must_use]
    pub fn inside(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// Where it stands, from the outermost value.
    pub fn path(&self) -> Path {
        self.steps.iter().rev().cloned().collect()
    }

    /// What the value must be.
    pub fn problem(&self) -> &str {
        &self.problem
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: must be {}", self.path(), self.problem)
    }
}

impl std::error::Error for Mismatch {}

/// Everything in an object that does not fit its model; never empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Mismatches(pub(crate) Vec<Mismatch>);

impl Mismatches {
    /// Whether nothing is wrong but that elements are not known yet.
    pub fn is_unknown_only(&self) -> bool {
        self.0.iter().all(|mismatch| mismatch.unknown)
    }

    /// Each in turn.
    pub fn iter(&self) -> std::slice::Iter<'_, Mismatch> {
        self.0.iter()
    }

    /// The same mismatches as seen from the value around them.
    #[must_use]
    pub fn inside(self, step: &Step) -> Self {
        Self(
            self.0
                .into_iter()
                .map(|mismatch| mismatch.inside(step.clone()))
                .collect(),
        )
    }
}

impl From<Mismatch> for Mismatches {
    fn from(mismatch: Mismatch) -> Self {
        Self(vec![mismatch])
    }
}

impl<'a> IntoIterator for &'a Mismatches {
    type Item = &'a Mismatch;
    type IntoIter = std::slice::Iter<'a, Mismatch>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Mismatches {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mismatch) in self.0.iter().enumerate() {
            if index > 0 {
                formatter.write_str("; ")?;
            }
            mismatch.fmt(formatter)?;
        }
        Ok(())
    }
}

impl std::error::Error for Mismatches {}

impl From<Mismatches> for Diagnostics {
    fn from(mismatches: Mismatches) -> Self {
        mismatches
            .iter()
            .map(|mismatch| {
                Diagnostic::error("Invalid value")
                    .detail(format!("The value must be {}.", mismatch.problem()))
                    .at(mismatch.path())
            })
            .collect()
    }
}
