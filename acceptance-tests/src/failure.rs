//! Why a test case failed, as its reader sees it.

use std::fmt;

/// What was expected and what came instead, with the step it happened in.
///
/// `Debug` prints as `Display` does, so that a test that returns it shows the text.
#[derive(Clone, Eq, PartialEq)]
pub struct Failure {
    context: Vec<String>,
    reason: String,
}

impl Failure {
    /// A failure for this reason.
    pub fn new(reason: impl Into<String>) -> Self {
        Self {
            context: Vec::new(),
            reason: reason.into(),
        }
    }

    /// The same failure, with what was being done when it happened.
    #[must_use]
    pub fn during(mut self, activity: impl Into<String>) -> Self {
        self.context.insert(0, activity.into());
        self
    }
}

impl From<String> for Failure {
    fn from(reason: String) -> Self {
        Self::new(reason)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for activity in &self.context {
            write!(formatter, "{activity}: ")?;
        }
        formatter.write_str(&self.reason)
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for Failure {}
