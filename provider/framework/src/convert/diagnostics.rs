//! Diagnostics.

use tfplugin_protocol::tfplugin6 as wire;
use tfplugin_protocol::tfplugin6::diagnostic::Severity as WireSeverity;

use super::path::path;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};

/// The messages of diagnostics.
pub(crate) fn diagnostics(diagnostics: &Diagnostics) -> Vec<wire::Diagnostic> {
    diagnostics.iter().map(diagnostic).collect()
}

fn diagnostic(diagnostic: &Diagnostic) -> wire::Diagnostic {
    let severity = match diagnostic.severity() {
        Severity::Error => WireSeverity::Error,
        Severity::Warning => WireSeverity::Warning,
    };
    wire::Diagnostic {
        severity: severity.into(),
        summary: diagnostic.summary().to_owned(),
        detail: diagnostic.detail_text().to_owned(),
        attribute: diagnostic.path().filter(|at| !at.is_root()).map(path),
    }
}
