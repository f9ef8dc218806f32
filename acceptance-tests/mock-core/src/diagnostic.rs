//! What a provider says to the user.

use std::fmt;

use tfplugin_protocol::tfplugin6::{self as wire, diagnostic::Severity as WireSeverity};

use crate::value::Path;

/// One message of a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// One line.
    pub summary: String,
    /// The whole story.
    pub detail: String,
    /// The attribute it is about; core falls back to the block when the path leads nowhere.
    pub attribute: Option<Path>,
}

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The operation failed.
    Error,
    /// Worth knowing.
    Warning,
    /// Not set, which is a mistake of the provider.
    Invalid,
}

impl Diagnostic {
    /// Reads the wire form.
    pub fn from_wire(diagnostic: &wire::Diagnostic) -> Self {
        Self {
            severity: match diagnostic.severity() {
                WireSeverity::Error => Severity::Error,
                WireSeverity::Warning => Severity::Warning,
                WireSeverity::Invalid => Severity::Invalid,
            },
            summary: diagnostic.summary.clone(),
            detail: diagnostic.detail.clone(),
            attribute: diagnostic.attribute.as_ref().and_then(Path::from_wire),
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.summary)?;
        if !self.detail.is_empty() {
            write!(formatter, ": {}", self.detail)?;
        }
        match &self.attribute {
            Some(path) => write!(formatter, " (at {path})"),
            None => Ok(()),
        }
    }
}
