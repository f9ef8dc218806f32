//! Why a review ended without a report, each with an exit status of its own.

use std::io;
use std::process::ExitCode;

use imp_review::Unreadable;

use crate::commands::failure::Failure;

/// Why a review ended without a report.
#[derive(Debug, thiserror::Error)]
pub(super) enum Ending {
    /// The command was written wrongly, or the report cannot be printed.
    #[error("{0}")]
    Failed(#[from] Failure),
    /// The file cannot be read.
    #[error("{file} cannot be read: {error}.")]
    Unopened {
        /// Its name.
        file: String,
        /// Why.
        error: io::Error,
    },
    /// It is not a plan that can be reviewed.
    #[error("{0}")]
    Unreadable(#[from] Unreadable),
}

impl Ending {
    /// As the help of the command says.
    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Failed(Failure::Usage(_)) => 2,
            Self::Failed(Failure::Failed(_))
            | Self::Unopened { .. }
            | Self::Unreadable(Unreadable::TooLarge) => 3,
            Self::Unreadable(Unreadable::NotJson(_)) => 4,
            Self::Unreadable(Unreadable::NotAPlan(_) | Unreadable::Malformed { .. }) => 5,
            Self::Unreadable(Unreadable::State) => 6,
            Self::Unreadable(Unreadable::Binary) => 7,
            Self::Unreadable(Unreadable::FutureFormat(_)) => 8,
            Self::Unreadable(Unreadable::NoFederation) => 9,
        })
    }
}
