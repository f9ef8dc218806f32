//! One warning or error.

use std::fmt;

use tfplugin_values::Path;

/// How grave a diagnostic is. The protocol has no third level.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// The operation failed, or must not begin.
    Error,
    /// The operation goes on; the user should know.
    Warning,
}

/// One warning or error: a short summary, a detail that says what to do, and the attribute concerned.
///
/// Terraform prints both texts as they are, so neither may hold a secret.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a diagnostic reaches the user only when it is returned or pushed"]
pub struct Diagnostic {
    severity: Severity,
    summary: String,
    detail: String,
    path: Option<Path>,
}

impl Diagnostic {
    /// An error, with a summary of one short line.
    pub fn error(summary: impl Into<String>) -> Self {
        Self::new(Severity::Error, summary.into())
    }

    /// A warning, with a summary of one short line.
    pub fn warning(summary: impl Into<String>) -> Self {
        Self::new(Severity::Warning, summary.into())
    }

    fn new(severity: Severity, summary: String) -> Self {
        Self {
            severity,
            summary,
            detail: String::new(),
            path: None,
        }
    }

    /// What happened, what it means, and what to write instead. May have several lines.
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// The attribute concerned, from the root of the configuration body: a [`Path`], or the name of
    /// an attribute at the root.
    pub fn at(mut self, path: impl Into<Path>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// How grave it is.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The one-line summary.
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// The detail, empty when there is none.
    pub fn detail_text(&self) -> &str {
        &self.detail
    }

    /// The attribute concerned, if any.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_ref()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.severity {
            Severity::Error => "Error: ",
            Severity::Warning => "Warning: ",
        })?;
        formatter.write_str(&self.summary)?;
        if let Some(path) = &self.path {
            write!(formatter, " (at {path})")?;
        }
        if !self.detail.is_empty() {
            write!(formatter, "\n{}", self.detail)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostic {}
