//! What can go wrong with a publisher.
//!
//! Every error says what happened and, with [`Error::remedy`], what to do; the publisher's own words are
//! kept. For a write the first question is whether it may have taken effect:
//! [`Error::may_have_taken_effect`].

mod remedy;

use std::time::Duration;

use crate::connection::Host;
use crate::domain::Pkid;

/// What went wrong.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No connection could be made, or it broke before anything was sent.
    #[error("The {host} cannot be reached: {cause}.")]
    Unreachable {
        /// Where.
        host: Host,
        /// The system's reason.
        cause: String,
    },
    /// The publisher's certificate is not trusted.
    #[error("The certificate of the {host} is not trusted: {cause}.")]
    Certificate {
        /// Where.
        host: Host,
        /// Why not.
        cause: String,
    },
    /// The connection settings cannot be used.
    #[error("The connection settings cannot be used: {problem}.")]
    Settings {
        /// What is wrong with them.
        problem: String,
    },
    /// 401: the user name or the password is wrong.
    #[error("The {host} refused the user name or the password of {username:?} (HTTP 401).")]
    Authentication {
        /// Where.
        host: Host,
        /// Who.
        username: String,
    },
    /// 403: the user lacks a role.
    #[error("The {host} does not let the user {username:?} use AXL (HTTP 403).")]
    RoleMissing {
        /// Where.
        host: Host,
        /// Who.
        username: String,
    },
    /// 403 of the Control Center: the user lacks a role.
    #[error(
        "The {host} does not let the user {username:?} use the Control Center Services API (HTTP 403)."
    )]
    ServiceControlRefused {
        /// Where.
        host: Host,
        /// Who.
        username: String,
    },
    /// Another node answers than the one that is meant.
    #[error("The node at {address} is {found}, not {expected}.")]
    OtherNode {
        /// Where.
        address: String,
        /// The name of the node that is meant.
        expected: String,
        /// The name of the node that answers.
        found: String,
    },
    /// 599: the AXL version is not spoken there.
    #[error("The {host} does not speak AXL {tried}; it speaks {offered}.")]
    VersionUnsupported {
        /// Where.
        host: Host,
        /// The version that was tried.
        tried: String,
        /// The versions it names, or "other versions".
        offered: String,
    },
    /// The publisher was too busy for as long as it was asked.
    #[error(
        "The {host} is too busy (HTTP 503). It was asked for {} seconds.",
        waited.as_secs()
    )]
    Busy {
        /// Where.
        host: Host,
        /// How long it was asked.
        waited: Duration,
    },
    /// A fault: the publisher refused the statement, and nothing was changed.
    #[error("The publisher rejected the request: {fault}")]
    Rejected {
        /// What it said.
        fault: Fault,
    },
    /// Something that is not an answer of AXL.
    #[error(
        "The answer is not what AXL answers: {what}. HTTP status {status}, {content_type}; it begins {excerpt:?}."
    )]
    Undecodable {
        /// What is wrong with it.
        what: String,
        /// The HTTP status.
        status: u16,
        /// The content type.
        content_type: String,
        /// How it begins, without secrets.
        excerpt: String,
    },
    /// The answer leads elsewhere. It is not followed: the password would go along.
    #[error("The {host} redirects to {location:?} (HTTP {status}). Redirections are not followed.")]
    Redirected {
        /// Where.
        host: Host,
        /// The HTTP status.
        status: u16,
        /// Where it leads.
        location: String,
    },
    /// A write was sent, the answer was lost or strange, and reading showed that it had no effect.
    #[error(
        "The write was sent {attempts} times, and reading showed each time that the publisher did not carry it \
         out: {}.",
        cause.trim_end_matches('.')
    )]
    NotCarriedOut {
        /// How often it was sent.
        attempts: u32,
        /// What was answered the last time.
        cause: String,
    },
    /// A write was sent and no answer came, and reading did not settle whether it took effect.
    #[error(
        "It is not known whether the publisher carried out the write: {}.",
        cause.trim_end_matches('.')
    )]
    UnknownOutcome {
        /// Why there is no answer.
        cause: String,
        /// Whether the publisher may still be at it, so that no reading settles it yet.
        under_way: bool,
    },
    /// One request got no answer in time.
    #[error("The {host} did not answer within {} seconds.", waited.as_secs())]
    TimedOut {
        /// Where.
        host: Host,
        /// How long.
        waited: Duration,
    },
    /// The time of the whole operation ended, before its turn came or before it was answered.
    #[error("The time of this operation ended after {} seconds.", waited.as_secs())]
    OutOfTime {
        /// How long.
        waited: Duration,
    },
    /// The user interrupted the run.
    #[error("The run was interrupted before this was done.")]
    Cancelled,
    /// The node is a subscriber.
    #[error("{address} is a subscriber of its cluster. The publisher is {publisher}.")]
    Subscriber {
        /// The node that was asked.
        address: String,
        /// The name of the publisher node.
        publisher: String,
    },
    /// The node is another product.
    #[error("{address} is not an IM and Presence node: {reason}.")]
    OtherProduct {
        /// Where.
        address: String,
        /// What gave it away.
        reason: String,
    },
    /// The schema profile does not fit this publisher.
    #[error("The schema profile {profile:?} does not fit this publisher:\n\n  {}", problems.join("\n  "))]
    ProfileMismatch {
        /// The name of the profile.
        profile: String,
        /// Each thing that does not fit.
        problems: Vec<String>,
    },
    /// Nobody has verified the profile.
    #[error("The schema profile {profile:?} is not verified, so that nothing is written by it.")]
    ProfileUnverified {
        /// The name of the profile.
        profile: String,
    },
    /// `read_only` is on.
    #[error("The publisher is configured as read-only.")]
    ReadOnly,
    /// The change log cannot be written, so nothing else is.
    #[error(
        "The change log {path:?} cannot be written: {cause}. Nothing was sent to the publisher."
    )]
    ChangeLog {
        /// The file.
        path: String,
        /// Why.
        cause: String,
    },
    /// The rows that the administration page makes with a domain did not appear.
    #[error(
        "The domain's row was written, but the rows that the administration page makes with it did not \
         appear: {}. The row was removed again.",
        missing.join(", ")
    )]
    CompanionRowsMissing {
        /// What is missing.
        missing: Vec<String>,
    },
    /// The row is no longer as it was.
    #[error("The row was changed by somebody else:\n\n  {}", differences.join("\n  "))]
    RowChanged {
        /// Each column: what was expected and what was found.
        differences: Vec<String>,
    },
    /// The row is gone.
    #[error("The row with the pkid {pkid} is gone.")]
    RowVanished {
        /// The row.
        pkid: Pkid,
    },
    /// Another row has the natural key.
    #[error("The row with the pkid {pkid} has this key already.")]
    Duplicate {
        /// The other row.
        pkid: Pkid,
    },
    /// The row holds values that are not understood.
    #[error("The row with the pkid {pkid} cannot be read: {problem}")]
    UnreadableRow {
        /// The row, as it names itself.
        pkid: String,
        /// What is wrong.
        problem: String,
    },
}

/// A fault of AXL, in the publisher's own words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// The number, such as -239; parts of faults go missing.
    pub code: Option<i64>,
    /// The publisher's own words.
    pub message: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.code {
            Some(code) => write!(formatter, "\"{}\" (code {code})", self.message),
            None => write!(formatter, "\"{}\"", self.message),
        }
    }
}

impl Error {
    /// Whether a write may have taken effect all the same.
    pub fn may_have_taken_effect(&self) -> bool {
        matches!(self, Self::UnknownOutcome { .. })
    }

    /// Whether the fault lies with the connection or its settings, and not with what was asked.
    pub fn is_connection_problem(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. }
                | Self::Certificate { .. }
                | Self::Settings { .. }
                | Self::Authentication { .. }
                | Self::RoleMissing { .. }
                | Self::ServiceControlRefused { .. }
                | Self::VersionUnsupported { .. }
                | Self::Busy { .. }
                | Self::Undecodable { .. }
                | Self::Redirected { .. }
                | Self::NotCarriedOut { .. }
                | Self::TimedOut { .. }
                | Self::Subscriber { .. }
                | Self::OtherProduct { .. }
                | Self::ProfileMismatch { .. }
                | Self::ProfileUnverified { .. }
                | Self::ReadOnly
                | Self::ChangeLog { .. }
        )
    }

    /// Whether asking again would only do harm: three failed logons lock an account.
    pub(crate) fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Certificate { .. }
                | Self::Settings { .. }
                | Self::Authentication { .. }
                | Self::RoleMissing { .. }
        )
    }

    /// With how long it was tried.
    pub(crate) fn after(self, waited: Duration) -> Self {
        match self {
            Self::Busy { host, .. } => Self::Busy { host, waited },
            Self::TimedOut { host, .. } => Self::TimedOut { host, waited },
            error => error,
        }
    }

    /// Whether it says something about the limits of one operation, and nothing about the publisher.
    pub(crate) fn is_own_limit(&self) -> bool {
        matches!(self, Self::Cancelled | Self::OutOfTime { .. })
    }

    /// The fault, where it is one.
    pub(crate) fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Rejected { fault } => Some(fault),
            _ => None,
        }
    }

    /// Whether a unique index refused the row.
    pub(crate) fn is_duplicate(&self) -> bool {
        self.fault().is_some_and(|fault| {
            fault.code == Some(-239)
                || fault.message.contains("UNIQUE INDEX")
                || fault.message.contains("Duplicate static route")
                || fault.message.contains("already exists")
        })
    }
}
