//! Everything that can go wrong in a command, and who is to blame.

use std::fmt;

use tonic::{Code, Status};

use crate::diagnostic::Diagnostic;

/// One thing that went wrong.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The resource instance concerned; none for the provider as a whole.
    pub address: Option<String>,
    /// What it was.
    pub kind: ProblemKind,
}

/// What went wrong.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ProblemKind {
    /// The provider reported an error.
    #[error("{0}")]
    Provider(Diagnostic),
    /// The provider broke a rule of Terraform.
    #[error("{0}")]
    Violation(Violation),
    /// The provider gave no answer.
    #[error("{0}")]
    Call(CallError),
    /// Core refused on its own: wrong configuration, unknown type, …
    #[error("{0}")]
    Core(String),
}

/// A broken rule, in core's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{rule}: {detail}")]
pub struct Violation {
    /// Which rule.
    pub rule: Rule,
    /// What exactly.
    pub detail: String,
}

/// The rules core enforces; each prints as the summary core shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rule {
    /// A schema core cannot load.
    #[error("Failed to load plugin schemas")]
    InvalidSchema,
    /// A plan the configuration does not allow.
    #[error("Provider produced invalid plan")]
    InvalidPlan,
    /// A second plan that breaks the promises of the first.
    #[error("Provider produced inconsistent final plan")]
    InconsistentFinalPlan,
    /// A result that is not what was planned.
    #[error("Provider produced inconsistent result after apply")]
    InconsistentResult,
    /// A value that is not of its schema's type.
    #[error("Provider produced invalid object")]
    InvalidObject,
    /// Unknown values after apply, or an object where there should be none, or none where there
    /// should be one.
    #[error("Provider returned invalid result object after apply")]
    InvalidResult,
    /// An identity of another shape, or an unknown one.
    #[error("Provider produced invalid identity")]
    InvalidIdentity,
    /// A deferral nobody allowed.
    #[error("Provider deferred changes when Terraform did not allow deferrals")]
    UnexpectedDeferral,
    /// The flag meant for Terraform's first SDK alone.
    #[error("Provider claims the legacy type system")]
    LegacyTypeSystem,
    /// A diagnostic without severity.
    #[error("Provider returned a diagnostic without severity")]
    InvalidDiagnostic,
    /// An upgraded state of the wrong shape.
    #[error("Invalid resource state upgrade")]
    InvalidUpgrade,
    /// An import without result.
    #[error("Import returned no resources")]
    EmptyImport,
    /// An import with several results.
    #[error("Multiple import states not supported")]
    MultipleImports,
    /// An import whose result is no stub of the resource.
    #[error("Provider produced invalid import")]
    InvalidImport,
    /// An import of something that is not there.
    #[error("Cannot import non-existent remote object")]
    NonExistentImport,
    /// A function that answers differently when asked the same again.
    #[error("Provider produced inconsistent function result")]
    InconsistentFunction,
    /// An opened ephemeral resource that is not what was configured.
    #[error("Provider produced invalid ephemeral resource instance")]
    InvalidEphemeral,
    /// A list result core cannot use.
    #[error("Provider produced invalid list result")]
    InvalidListResult,
    /// An action that does not report as it should.
    #[error("Provider produced invalid action events")]
    InvalidActionEvents,
    /// A generated configuration of the wrong shape.
    #[error("Provider produced invalid configuration")]
    InvalidGeneratedConfig,
    /// A size of state chunks that core cannot agree to.
    #[error("Failed to negotiate acceptable chunk size")]
    UnacceptableChunkSize,
    /// A state that does not come as agreed, or in a way that core cannot bear.
    #[error("Provider returned invalid state bytes")]
    InvalidStateBytes,
    /// An answer to a state of which a part was still to be sent.
    #[error("Provider answered before it had the whole state")]
    EarlyAnswer,
    /// A workspace that was created, and that the next command does not find.
    #[error("Workspace has not been created yet")]
    MissingWorkspace,
    /// A workspace that was deleted, and that is still listed.
    #[error("Workspace still exists")]
    RemainingWorkspace,
}

/// A call the provider did not answer, in the words core shows.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}: {}", self.summary(), self.detail())]
pub struct CallError {
    /// Name of the call.
    pub method: &'static str,
    /// How it ended.
    pub code: Code,
    /// What the provider, or the connection to it, said.
    pub message: String,
}

impl CallError {
    /// The error for a status.
    pub fn new(method: &'static str, status: &Status) -> Self {
        Self {
            method,
            code: status.code(),
            message: status.message().to_owned(),
        }
    }

    /// Core's headline.
    pub fn summary(&self) -> &'static str {
        match self.code {
            Code::Unavailable => "Plugin did not respond",
            Code::Cancelled => "Request cancelled",
            Code::Unimplemented => "Unsupported plugin method",
            _ => "Plugin error",
        }
    }

    fn detail(&self) -> String {
        let call = format!("plugin6.(*GRPCProvider).{}", self.method);
        match self.code {
            Code::Unavailable => format!(
                "The plugin encountered an error, and failed to respond to the {call} call. The \
                 plugin logs may contain more details."
            ),
            Code::Cancelled => format!("The {call} request was cancelled."),
            Code::Unimplemented => format!("The {call} method is not supported by this plugin."),
            code => format!(
                "The plugin returned an unexpected error from {call}: rpc error: code = {code:?} \
                 desc = {}",
                self.message
            ),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.address {
            Some(address) => write!(formatter, "{address}: {}", self.kind),
            None => self.kind.fmt(formatter),
        }
    }
}
