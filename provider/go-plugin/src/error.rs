//! Why a plugin could not be served, and what its process says about it.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::process::ExitCode;

use crate::{ListenError, TlsError};

/// Why the plugin could not start to serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The magic cookie is missing or wrong: a person started the binary.
    #[error("{advice}")]
    NotStartedByHost {
        /// What this binary is, and how it is meant to be used.
        advice: String,
    },
    /// The host's certificate cannot be read, or our own cannot be made.
    #[error("the plugin cannot set up the encrypted connection to its host")]
    Tls(#[from] TlsError),
    /// There is no socket to listen on.
    #[error("the plugin cannot listen for its host")]
    Listen(#[from] ListenError),
    /// The operating system refuses signal handlers.
    #[error("the plugin cannot receive signals")]
    Signals(#[source] io::Error),
    /// Standard output is closed, so that no host can learn the address.
    #[error("the plugin cannot write its handshake to standard output")]
    Handshake(#[source] io::Error),
}

/// The exit code of a plugin's process. An error is told on standard error, with its causes.
pub fn exit_code<T>(outcome: &Result<T, ServeError>) -> ExitCode {
    let Err(error) = outcome else {
        return ExitCode::SUCCESS;
    };
    // Standard error may be closed; the exit code tells it then.
    let _ = writeln!(io::stderr(), "{}", with_causes(error));
    ExitCode::FAILURE
}

fn with_causes(error: &ServeError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let _ = write!(text, ": {error}");
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_told_with_its_cause() {
        let error = ServeError::Handshake(io::Error::other("broken pipe"));
        assert_eq!(
            with_causes(&error),
            "the plugin cannot write its handshake to standard output: broken pipe"
        );
    }
}
