//! Why a command ended without success.

use std::process::ExitCode;

use imp_publisher::Error;
use tfplugin_framework::Diagnostics;

use crate::diagnostics::explain;

/// Why a command ended without success.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The command was written wrongly.
    #[error("{0}")]
    Usage(String),
    /// It was not possible.
    #[error("{0}")]
    Failed(String),
}

impl Failure {
    pub(super) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            Self::Failed(_) => ExitCode::FAILURE,
        }
    }

    /// What a publisher answered, and what to do.
    pub(super) fn of(publisher: &str, error: &Error) -> Self {
        let diagnostic = explain(error, &format!("Publisher {publisher:?} cannot be read"));
        Self::Failed(format!(
            "{}: {}",
            diagnostic.summary(),
            diagnostic.detail_text()
        ))
    }
}

impl From<Diagnostics> for Failure {
    fn from(diagnostics: Diagnostics) -> Self {
        Self::Failed(sentences(&diagnostics))
    }
}

/// Each diagnostic, as a person reads it.
pub(super) fn sentences(diagnostics: &Diagnostics) -> String {
    let texts: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| format!("{}: {}", diagnostic.summary(), diagnostic.detail_text()))
        .collect();
    texts.join("\n\n")
}
