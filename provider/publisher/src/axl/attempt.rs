//! One request to the publisher, and what its answer means for a further one.

use std::time::Duration;

use tokio::time::Instant;

use super::envelope::{Operation, Service};
use super::{Kind, Shared, Spoken, answer, lock, xml};
use crate::http::{Answer, Failure, LONGEST_ANSWER};
use crate::patience::told;
use crate::redact::excerpt;
use crate::{AxlVersion, Error, Fault, Scope};

/// How much of a strange answer a message repeats.
const EXCERPT: usize = 200;

/// How much of a fault's words a message repeats.
const LONGEST_WORDS: usize = 2000;

/// The status with which AXL refuses a version.
const WRONG_VERSION: u16 = 599;

/// One request.
pub(super) struct Attempt<'a> {
    pub(super) shared: &'a Shared,
    pub(super) kind: Kind,
    pub(super) operation: &'a Operation,
    pub(super) scope: &'a Scope,
    /// When it stops being repeated, where it was sent before.
    pub(super) give_up: Option<Instant>,
}

/// One request that ended.
pub(super) struct Ended<T> {
    /// Whether it went out, so that it may have had an effect.
    pub(super) sent: bool,
    pub(super) outcome: Outcome<T>,
}

/// What came of one request.
pub(super) enum Outcome<T> {
    Done(T),
    /// Asking again would not help, or not be safe.
    Failed(Error),
    /// The publisher says that it had no effect; it may be sent again, after the time that the publisher wishes.
    Again(Error, Option<Duration>),
    /// The publisher says that it had no effect, and another version is now spoken.
    OtherVersion(Error),
}

impl Attempt<'_> {
    pub(super) async fn run<T>(
        &self,
        decode: impl Fn(&[u8]) -> Result<T, xml::Problem>,
    ) -> Ended<T> {
        let unsent = |error| Ended {
            sent: false,
            outcome: Outcome::Failed(error),
        };
        let place = match self.shared.throttle(self.kind).place(self.scope).await {
            Ok(place) => place,
            Err(error) => return unsent(error),
        };
        // With its place: all the others are held back as well.
        if let Err(error) = self.be_held_back().await {
            return unsent(error);
        }
        let admission = &self.shared.admission;
        let pass = match admission.enter(self.scope).await {
            Ok(pass) => pass,
            Err(error) => return unsent(error),
        };
        let version = self.shared.version();
        let began = Instant::now();
        let answer = self.send(version).await;
        let took = began.elapsed();
        self.log(&answer, took);
        drop(place);
        let sent = !matches!(answer, Err(Failure::NotSent(_)));
        let outcome = match answer {
            Ok(answer) => self.judge(version, &answer, decode),
            Err(failure) => self.unanswered(failure, took),
        };
        // Not before the answer is judged: whoever waits must not repeat what has just been refused.
        drop(pass);
        Ended { sent, outcome }
    }

    /// Waits while the publisher wants to be left alone.
    async fn be_held_back(&self) -> Result<(), Error> {
        let shared = self.shared;
        let began = Instant::now();
        let give_up = self
            .give_up
            .unwrap_or_else(|| began + shared.connection.retry_timeout);
        if shared.hold.pass(give_up, self.scope).await? {
            return Ok(());
        }
        Err(Error::Busy {
            host: self.shared.connection.host(),
            waited: began.elapsed(),
        })
    }

    async fn send(&self, version: AxlVersion) -> Result<Answer, Failure> {
        let connection = &self.shared.connection;
        let left = self
            .scope
            .deadline
            .saturating_duration_since(Instant::now());
        if self.scope.cancellation.is_cancelled() {
            return Err(Failure::NotSent(Error::Cancelled));
        }
        if left.is_zero() {
            return Err(Failure::NotSent(Error::OutOfTime {
                waited: Duration::ZERO,
            }));
        }
        let soap_action = self.operation.soap_action(version);
        let request = self.shared.http.post(
            connection,
            self.operation.path(),
            &soap_action,
            self.operation.envelope(version),
            connection.request_timeout.min(left),
        );
        let request = told(request, |waited_s| {
            tracing::info!(
                publisher = %connection.address,
                operation = self.operation.name(),
                waited_s,
                "the publisher has not answered yet"
            );
        });
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

    /// One line for each request: never what was sent or answered, since both may be anything.
    fn log(&self, answer: &Result<Answer, Failure>, took: Duration) {
        let status = match answer {
            Ok(answer) | Err(Failure::TooLong(answer)) => Some(answer.status),
            Err(Failure::NotSent(_) | Failure::NoAnswer(_)) => None,
        };
        tracing::debug!(
            publisher = %self.shared.connection.address,
            operation = self.operation.name(),
            status,
            duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            "a request to the publisher ended"
        );
    }

    fn unanswered<T>(&self, failure: Failure, took: Duration) -> Outcome<T> {
        let admission = &self.shared.admission;
        match failure {
            Failure::NotSent(error) if error.is_own_limit() => Outcome::Failed(error),
            Failure::NotSent(error) if error.is_final() => Outcome::Failed(admission.refuse(error)),
            Failure::NotSent(error) => {
                self.shared.throttle(self.kind).shrink();
                // A host that was never reached is more likely misspelt than busy.
                if admission.is_welcome() {
                    Outcome::Again(error, None)
                } else {
                    Outcome::Failed(error)
                }
            }
            Failure::NoAnswer(error) => {
                self.shared.throttle(self.kind).shrink();
                match self.kind {
                    // It was cut short by the operation, and the publisher is not to blame.
                    Kind::Write
                        if matches!(error, Error::TimedOut { .. })
                            && Instant::now() >= self.scope.deadline =>
                    {
                        let error = Error::OutOfTime { waited: took };
                        Outcome::Failed(unknown_outcome(&error, true))
                    }
                    Kind::Write => Outcome::Failed(unknown_outcome(&error, true)),
                    Kind::Read => Outcome::Again(error, None),
                }
            }
            Failure::TooLong(answer) => {
                let what = format!("it is longer than {} MiB", LONGEST_ANSWER / 1024 / 1024);
                let error = self.undecodable(&answer, &what);
                Outcome::Failed(match self.kind {
                    Kind::Write => unknown_outcome(&error, false),
                    Kind::Read => error,
                })
            }
        }
    }

    fn judge<T>(
        &self,
        version: AxlVersion,
        answer: &Answer,
        decode: impl Fn(&[u8]) -> Result<T, xml::Problem>,
    ) -> Outcome<T> {
        let username = || self.shared.connection.username.clone();
        match answer.status {
            200 => match decode(&answer.body) {
                Ok(value) => {
                    self.welcome();
                    Outcome::Done(value)
                }
                Err(problem) => self.fault(answer, &problem.to_string()),
            },
            300..=399 => Outcome::Failed(Error::Redirected {
                host: self.shared.connection.host(),
                status: answer.status,
                location: excerpt(&self.shared.connection, answer.location.as_bytes(), EXCERPT),
            }),
            401 => Outcome::Failed(self.shared.admission.refuse(Error::Authentication {
                host: self.shared.connection.host(),
                username: username(),
            })),
            403 if self.operation.service() == Service::ControlCenter => {
                Outcome::Failed(Error::ServiceControlRefused {
                    host: self.shared.connection.host(),
                    username: username(),
                })
            }
            403 => {
                let error = Error::RoleMissing {
                    host: self.shared.connection.host(),
                    username: username(),
                };
                // A user who may only read is refused writes, and may go on reading.
                match self.kind {
                    Kind::Read => Outcome::Failed(self.shared.admission.refuse(error)),
                    Kind::Write => Outcome::Failed(error),
                }
            }
            503 => {
                self.shared.throttle(self.kind).shrink();
                self.hold_back(answer);
                let error = Error::Busy {
                    host: self.shared.connection.host(),
                    waited: Duration::ZERO,
                };
                Outcome::Again(error, answer.retry_after)
            }
            WRONG_VERSION if self.operation.service() == Service::Axl => {
                self.other_version(version, answer)
            }
            _ => self.fault(answer, "it holds no SOAP fault"),
        }
    }

    fn welcome(&self) {
        self.shared.admission.welcome();
        self.shared.note_answer();
        self.shared.throttle(self.kind).succeed();
    }

    /// A fault, or else something that AXL does not answer.
    fn fault<T>(&self, answer: &Answer, what: &str) -> Outcome<T> {
        let Some(fault) = answer::fault(&answer.body) else {
            return self.strange(answer, what);
        };
        self.welcome();
        let connection = &self.shared.connection;
        Outcome::Failed(Error::Rejected {
            fault: Fault {
                code: fault.code,
                message: excerpt(connection, fault.message.as_bytes(), LONGEST_WORDS),
            },
        })
    }

    fn other_version<T>(&self, tried: AxlVersion, answer: &Answer) -> Outcome<T> {
        let offered = answer::offered_versions(&String::from_utf8_lossy(&answer.body));
        let listed: Vec<String> = offered.iter().map(ToString::to_string).collect();
        let error = Error::VersionUnsupported {
            host: self.shared.connection.host(),
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
                *lock(&self.shared.version) = Spoken {
                    version: *best,
                    is_settled: true,
                };
                Outcome::OtherVersion(error)
            }
            _ => Outcome::Failed(error),
        }
    }

    /// An answer that AXL does not give. A write may have been carried out all the same.
    fn strange<T>(&self, answer: &Answer, what: &str) -> Outcome<T> {
        let error = self.undecodable(answer, what);
        self.hold_back(answer);
        // What has spoken AXL before will do so again; what never has is more likely something else.
        let passes = self.shared.admission.is_welcome() && matches!(answer.status, 200 | 500..=599);
        match self.kind {
            Kind::Write => {
                let is_of_gateway = matches!(answer.status, 502 | 504);
                Outcome::Failed(unknown_outcome(&error, is_of_gateway))
            }
            Kind::Read if passes => Outcome::Again(error, answer.retry_after),
            Kind::Read => Outcome::Failed(error),
        }
    }

    /// Whatever else is to be asked waits too.
    fn hold_back(&self, answer: &Answer) {
        if let Some(wish) = answer.retry_after {
            self.shared.hold.extend(wish);
        }
    }

    fn undecodable(&self, answer: &Answer, what: &str) -> Error {
        let connection = &self.shared.connection;
        let content_type = match answer.content_type.as_str() {
            "" => "no content type".to_owned(),
            content_type => excerpt(connection, content_type.as_bytes(), EXCERPT),
        };
        Error::Undecodable {
            what: excerpt(connection, what.as_bytes(), EXCERPT),
            status: answer.status,
            content_type,
            excerpt: excerpt(connection, &answer.body, EXCERPT),
        }
    }
}

fn unknown_outcome(error: &Error, under_way: bool) -> Error {
    Error::UnknownOutcome {
        cause: error.to_string(),
        under_way,
    }
}
