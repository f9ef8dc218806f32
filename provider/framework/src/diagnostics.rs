//! What a provider tells its user: warnings and errors, each at an attribute where there is one.
//!
//! This module knows nothing of the wire; `convert` turns diagnostics into messages.

mod diagnostic;

#[cfg(test)]
mod tests;

use std::fmt;

use tfplugin_values::Path;

pub use self::diagnostic::{Diagnostic, Severity};

/// Diagnostics gathered on the way, without duplicates and in the order in which they were found.
///
/// Every handler of the framework may return one as its error, and `?` works from a single
/// [`Diagnostic`] too.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diagnostics {
    entries: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No diagnostics.
    pub const fn new() -> Self {
        Self {
            entries: Vec::new(),
        }
    }

    /// Adds one, unless it was already said.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.entries.contains(&diagnostic) {
            self.entries.push(diagnostic);
        }
    }

    /// Adds an error about the whole object.
    pub fn error(&mut self, summary: impl Into<String>, detail: impl Into<String>) {
        self.push(Diagnostic::error(summary).detail(detail));
    }

    /// Adds a warning about the whole object.
    pub fn warning(&mut self, summary: impl Into<String>, detail: impl Into<String>) {
        self.push(Diagnostic::warning(summary).detail(detail));
    }

    /// Adds an error at an attribute.
    pub fn error_at(
        &mut self,
        path: impl Into<Path>,
        summary: impl Into<String>,
        detail: impl Into<String>,
    ) {
        self.push(Diagnostic::error(summary).detail(detail).at(path));
    }

    /// Adds all of another collection.
    pub fn append(&mut self, other: Self) {
        for diagnostic in other.entries {
            self.push(diagnostic);
        }
    }

    /// Keeps the value, or gathers the errors and answers `None`.
    pub fn capture<T, E: Into<Self>>(&mut self, result: Result<T, E>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.append(error.into());
                None
            }
        }
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.entries.iter().any(Diagnostic::is_error)
    }

    /// Whether an error stands at exactly this path.
    pub fn has_error_at(&self, path: &Path) -> bool {
        self.entries
            .iter()
            .any(|entry| entry.is_error() && entry.path() == Some(path))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Each in turn.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.entries.iter()
    }

    /// `Err` when there is an error among them, so that a handler can stop early with `?`.
    pub fn into_result(self) -> Result<(), Self> {
        if self.has_errors() { Err(self) } else { Ok(()) }
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self {
            entries: vec![diagnostic],
        }
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(iter: I) -> Self {
        let mut diagnostics = Self::new();
        diagnostics.extend(iter);
        diagnostics
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, iter: I) {
        for diagnostic in iter {
            self.push(diagnostic);
        }
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.entries.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n")?;
            }
            diagnostic.fmt(formatter)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}
