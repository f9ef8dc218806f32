//! One request to the publisher, and what its answer means for a further one.

use std::time::Duration;

use secrecy::ExposeSecret;

use super::envelope::Operation;
use super::{Kind, Shared, Standing, answer, lock, xml};
use crate::http::{Answer, Failure};
use crate::{AxlVersion, Error, Scope};

/// How much of a strange answer a message repeats.
const EXCERPT: usize = 200;

/// The status with which AXL refuses a version.
const WRONG_VERSION: u16 = 599;

/// One request.
pub(super) struct Attempt<'a> {
    pub(super) shared: &'a Shared,
    pub(super) kind: Kind,
    pub(super) operation: &'a Operation,
    pub(super) scope: &'a Scope,
}

/// What came of one request.
pub(super) enum Outcome<T> {
    Done(T),
    /// Asking again would not help, or not be safe.
    Failed(Error),
    /// It had no effect and may be sent again, after the time that the publisher wishes.
    Again(Error, Option<Duration>),
    /// It had no effect, and another version is now spoken.
    OtherVersion(Error),
}

impl Attempt<'_> {
    pub(super) async fn run<T>(&self, decode: fn(&[u8]) -> Result<T, xml::Problem>) -> Outcome<T> {
        let place = match self.shared.throttle(self.kind).place(self.scope).await {
            Ok(place) => place,
            Err(error) => return Outcome::Failed(self.located(error)),
        };
        // Only while nobody knows whether the user is let in.
        let untried = matches!(*lock(&self.shared.standing), Standing::Untried);
        let _first = if untried {
            Some(self.shared.first.lock().await)
        } else {
            None
        };
        if let Standing::Refused(error) = &*lock(&self.shared.standing) {
            return Outcome::Failed(error.clone());
        }
        let version = self.shared.version();
        let sent = self.send(version).await;
        drop(place);
        match sent {
            Ok(answer) => self.judge(version, &answer, decode),
            Err(outcome) => self.unanswered(outcome),
        }
    }

    async fn send(&self, version: AxlVersion) -> Result<Answer, Failure> {
        let connection = &self.shared.connection;
        let left = self
            .scope
            .deadline
            .saturating_duration_since(tokio::time::Instant::now());
        let soap_action = self.operation.soap_action(version);
        let request = self.shared.http.post(
            connection,
            &soap_action,
            self.operation.envelope(version),
            connection.request_timeout.min(left),
        );
        // A write that was sent is waited for: to stop in the middle would leave its outcome open.
        if self.kind == Kind::Write {
            return request.await;
        }
        tokio::select! {
            biased;
            () = self.scope.cancellation.cancelled() => Err(Failure::NotSent(Error::Cancelled)),
            answer = request => answer,
        }
    }

    fn unanswered<T>(&self, failure: Failure) -> Outcome<T> {
        match failure {
            Failure::NotSent(Error::Cancelled) => Outcome::Failed(Error::Cancelled),
            Failure::NotSent(error) if error.is_final() => Outcome::Failed(self.refused(error)),
            Failure::NotSent(error) => {
                self.shared.throttle(self.kind).shrink();
                // A host that was never reached is more likely misspelt than busy.
                if matches!(*lock(&self.shared.standing), Standing::Untried) {
                    return Outcome::Failed(error);
                }
                Outcome::Again(error, None)
            }
            Failure::NoAnswer(cause) => {
                self.shared.throttle(self.kind).shrink();
                match self.kind {
                    Kind::Write => Outcome::Failed(Error::UnknownOutcome { cause }),
                    Kind::Read => Outcome::Again(
                        Error::Unreachable {
                            address: self.shared.connection.address.to_string(),
                            cause,
                        },
                        None,
                    ),
                }
            }
        }
    }

    fn judge<T>(
        &self,
        version: AxlVersion,
        answer: &Answer,
        decode: fn(&[u8]) -> Result<T, xml::Problem>,
    ) -> Outcome<T> {
        let address = || self.shared.connection.address.to_string();
        let username = || self.shared.connection.username.clone();
        match answer.status {
            200 => match decode(&answer.body) {
                Ok(value) => {
                    self.welcome();
                    Outcome::Done(value)
                }
                Err(problem) => self.strange(answer, problem.to_string()),
            },
            401 => Outcome::Failed(self.refused(Error::Authentication {
                address: address(),
                username: username(),
            })),
            403 => {
                let error = Error::RoleMissing {
                    address: address(),
                    username: username(),
                };
                // A user who may only read is refused writes, and may go on reading.
                match self.kind {
                    Kind::Read => Outcome::Failed(self.refused(error)),
                    Kind::Write => Outcome::Failed(error),
                }
            }
            503 => {
                self.shared.throttle(self.kind).shrink();
                let error = Error::Busy {
                    address: address(),
                    waited: Duration::ZERO,
                };
                Outcome::Again(error, answer.retry_after)
            }
            WRONG_VERSION => self.other_version(version, answer),
            _ => match answer::fault(&answer.body) {
                Some(fault) => {
                    self.welcome();
                    Outcome::Failed(Error::Rejected { fault })
                }
                None => self.strange(answer, "it holds no SOAP fault".to_owned()),
            },
        }
    }

    fn welcome(&self) {
        *lock(&self.shared.standing) = Standing::Welcome;
        self.shared.throttle(self.kind).succeed();
    }

    /// Remembers that nothing needs to be asked again.
    fn refused(&self, error: Error) -> Error {
        *lock(&self.shared.standing) = Standing::Refused(error.clone());
        error
    }

    fn other_version<T>(&self, tried: AxlVersion, answer: &Answer) -> Outcome<T> {
        let offered = answer::offered_versions(&String::from_utf8_lossy(&answer.body));
        let listed: Vec<String> = offered.iter().map(ToString::to_string).collect();
        let error = Error::VersionUnsupported {
            address: self.shared.connection.address.to_string(),
            tried: tried.to_string(),
            offered: if listed.is_empty() {
                "other versions".to_owned()
            } else {
                listed.join(", ")
            },
        };
        // The newest offered one has every operation that is used here.
        match offered.last() {
            Some(best) if self.shared.connection.axl_version.is_none() && *best != tried => {
                *lock(&self.shared.version) = *best;
                Outcome::OtherVersion(error)
            }
            _ => Outcome::Failed(error),
        }
    }

    /// An answer that AXL does not give. A write may have been carried out all the same.
    fn strange<T>(&self, answer: &Answer, what: String) -> Outcome<T> {
        let error = Error::Undecodable {
            what,
            status: answer.status,
            content_type: if answer.content_type.is_empty() {
                "no content type".to_owned()
            } else {
                answer.content_type.clone()
            },
            excerpt: self.excerpt(&answer.body),
        };
        match self.kind {
            Kind::Write => Outcome::Failed(Error::UnknownOutcome {
                cause: error.to_string(),
            }),
            Kind::Read if matches!(answer.status, 502 | 504) => Outcome::Again(error, None),
            Kind::Read => Outcome::Failed(error),
        }
    }

    fn excerpt(&self, body: &[u8]) -> String {
        let connection = &self.shared.connection;
        let begin = &body[..body.len().min(EXCERPT * 8)];
        let text =
            String::from_utf8_lossy(begin).replace(connection.password.expose_secret(), "(secret)");
        text.chars().take(EXCERPT).collect()
    }

    fn located(&self, error: Error) -> Error {
        match error {
            Error::TimedOut { waited, .. } => Error::TimedOut {
                address: self.shared.connection.address.to_string(),
                waited,
            },
            error => error,
        }
    }
}
