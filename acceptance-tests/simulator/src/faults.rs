//! Faults that are injected on purpose: each named by what it hits, bounded in number, and placed before or after the
//! effect. None fires at random, and one that never fired can be asked for.

mod samples;

use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;

use crate::sql::Verb;

/// A fault, and which requests it hits.
///
/// [`Fault::new`] hits the next request of any kind; the `on_…` methods narrow it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// Whether the request has its effect.
    pub phase: Phase,
    /// How many requests it hits.
    #[serde(default = "once")]
    pub times: u32,
    /// How many matching requests pass before the first is hit.
    #[serde(default)]
    pub skip: u32,
    /// The cluster; any where absent.
    #[serde(default)]
    pub cluster: Option<String>,
    /// The node; any where absent.
    #[serde(default)]
    pub node: Option<String>,
    /// The operation, such as `executeSQLUpdate`; any where absent.
    #[serde(default)]
    pub operation: Option<String>,
    /// What the statement does; any where absent.
    #[serde(default)]
    pub verb: Option<Verb>,
    /// What the statement is about; anything where absent.
    #[serde(default)]
    pub subject: Option<Subject>,
}

/// What a statement is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The table of SIP federated domains.
    Domain,
    /// The table of static routes.
    Route,
    /// A table by its name.
    Table(String),
}

/// Whether the request has its effect although the answer is lost or spoilt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// It has none.
    BeforeEffect,
    /// It has its effect, and then the answer goes wrong.
    AfterEffect,
}

/// What goes wrong.
///
/// Latency, slow closing, sliced writes and doubled cookies lose nothing: with them the request has its effect if the
/// client waits for it. A late effect comes in any case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// HTTP 503, as when too many change notifications are outstanding.
    ServiceUnavailable {
        /// The Retry-After header: seconds, or a date.
        #[serde(default)]
        retry_after: Option<String>,
    },
    /// HTTP 500 with a SOAP fault.
    SoapFault {
        /// The code in `axlcode`.
        code: i32,
        /// The text in `axlmessage`.
        message: String,
    },
    /// HTTP 401, though the password is right.
    Unauthorized,
    /// HTTP 403, though the role is there.
    Forbidden,
    /// HTTP 599, though the version is spoken.
    WrongVersion,
    /// An HTML page in place of SOAP.
    Html {
        /// The HTTP status.
        status: u16,
    },
    /// A redirection.
    Redirect {
        /// The Location header.
        location: String,
    },
    /// An answer whose XML ends in its middle, though HTTP is content.
    TruncatedXml,
    /// An answer that is not well-formed XML.
    MalformedXml,
    /// An answer of bytes that are no text at all.
    Garbage,
    /// An answer without a body.
    EmptyBody,
    /// A connection closed in the middle of the body.
    CutBody,
    /// A connection reset before the answer.
    Reset,
    /// A connection closed before the answer.
    Close,
    /// No answer as long as the client waits.
    Hang,
    /// An answer in small pieces with pauses. Before the effect, the connection is cut before the last piece.
    SlowDrip {
        /// The size of a piece.
        bytes: usize,
        /// The pause after each, in milliseconds.
        pause_ms: u64,
    },
    /// An answer blown up with white space.
    Oversized {
        /// How many bytes are added.
        bytes: u64,
    },
    /// A wrong number of updated rows.
    WrongRowsUpdated {
        /// The number to report.
        rows: u64,
    },
    /// Session cookies set twice, with different values.
    DuplicateCookies,
    /// A delay; before the effect or after it.
    Latency {
        /// Its length in milliseconds.
        millis: u64,
    },
    /// A delay before the effect, which comes even if the client has given up meanwhile. It can be hurried.
    LateEffect {
        /// Its length in milliseconds.
        millis: u64,
    },
    /// A connection that is closed after the answer, slowly.
    SlowClose {
        /// How long the closing takes, in milliseconds.
        millis: u64,
    },
    /// An answer written to the network in slices.
    SlicedWrites {
        /// The size of a slice.
        bytes: usize,
        /// The pause after each, in microseconds.
        pause_us: u64,
    },
}

impl FaultKind {
    /// Whether a client cannot learn from the answer what happened, so that the effect may be left out.
    pub(crate) fn loses_the_answer(&self) -> bool {
        !matches!(
            self,
            Self::DuplicateCookies
                | Self::Latency { .. }
                | Self::LateEffect { .. }
                | Self::SlowClose { .. }
                | Self::SlicedWrites { .. }
        )
    }
}

impl Fault {
    /// A fault that hits the next request.
    pub fn new(kind: FaultKind, phase: Phase) -> Self {
        Self {
            kind,
            phase,
            times: 1,
            skip: 0,
            cluster: None,
            node: None,
            operation: None,
            verb: None,
            subject: None,
        }
    }

    /// The same fault, before the effect.
    pub fn before(kind: FaultKind) -> Self {
        Self::new(kind, Phase::BeforeEffect)
    }

    /// The same fault, after the effect and before the answer.
    pub fn after(kind: FaultKind) -> Self {
        Self::new(kind, Phase::AfterEffect)
    }

    /// Hits that many requests.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Lets that many matching requests pass first.
    pub fn skipping(mut self, skip: u32) -> Self {
        self.skip = skip;
        self
    }

    /// Hits one cluster only.
    pub fn on_cluster(mut self, cluster: &str) -> Self {
        self.cluster = Some(cluster.to_owned());
        self
    }

    /// Hits one node only.
    pub fn on_node(mut self, node: &str) -> Self {
        self.node = Some(node.to_owned());
        self
    }

    /// Hits one operation only.
    pub fn on_operation(mut self, operation: &str) -> Self {
        self.operation = Some(operation.to_owned());
        self
    }

    /// Hits statements of one kind about one subject only.
    pub fn on_statement(mut self, verb: Verb, subject: Subject) -> Self {
        self.verb = Some(verb);
        self.subject = Some(subject);
        self
    }

    fn matches(&self, request: &Target<'_>) -> bool {
        let same = |wanted: &Option<String>, actual: Option<&str>| {
            wanted
                .as_deref()
                .is_none_or(|wanted| actual == Some(wanted))
        };
        same(&self.cluster, Some(request.cluster))
            && same(&self.node, Some(request.node))
            && same(&self.operation, request.operation)
            && self.verb.is_none_or(|verb| request.verb == Some(verb))
            && self.subject.as_ref().is_none_or(|subject| {
                let table = match subject {
                    Subject::Domain => request.domain_table,
                    Subject::Route => request.route_table,
                    Subject::Table(table) => table,
                };
                request.tables.iter().any(|named| named == table)
            })
    }
}

/// A fault and how often it fired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultStatus {
    /// Its number, which the journal names.
    pub id: u64,
    /// The fault.
    pub fault: Fault,
    /// How many matching requests passed.
    pub passed: u32,
    /// How many were hit.
    pub fired: u32,
}

/// What a request is, as far as faults are chosen by it.
#[derive(Debug)]
pub(crate) struct Target<'a> {
    pub(crate) cluster: &'a str,
    pub(crate) node: &'a str,
    pub(crate) operation: Option<&'a str>,
    pub(crate) verb: Option<Verb>,
    pub(crate) tables: &'a [String],
    pub(crate) domain_table: &'a str,
    pub(crate) route_table: &'a str,
}

/// The faults that wait for their requests.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    known: Mutex<Vec<FaultStatus>>,
    hurry: Arc<Notify>,
}

impl Faults {
    /// Lets late effects come now.
    pub(crate) fn hurry_late_effects(&self) {
        self.hurry.notify_waiters();
    }

    /// Ends when the late effects of now are hurried.
    pub(crate) fn hurried(&self) -> OwnedNotified {
        Arc::clone(&self.hurry).notified_owned()
    }

    pub(crate) fn inject(&self, fault: Fault) -> u64 {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let id = known.last().map_or(0, |last| last.id) + 1;
        known.push(FaultStatus {
            id,
            fault,
            passed: 0,
            fired: 0,
        });
        id
    }

    /// The fault that hits this request, which counts as fired from now on.
    pub(crate) fn take(&self, target: &Target<'_>) -> Option<(u64, Fault)> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        for status in known.iter_mut() {
            if status.fired >= status.fault.times || !status.fault.matches(target) {
                continue;
            }
            if status.passed < status.fault.skip {
                status.passed += 1;
                continue;
            }
            status.fired += 1;
            return Some((status.id, status.fault.clone()));
        }
        None
    }

    pub(crate) fn all(&self) -> Vec<FaultStatus> {
        self.known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Those that fired less often than they were to.
    pub(crate) fn unfired(&self) -> Vec<FaultStatus> {
        let mut all = self.all();
        all.retain(|status| status.fired < status.fault.times);
        all
    }

    pub(crate) fn clear(&self) {
        self.known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    pub(crate) fn remove(&self, id: u64) -> bool {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let before = known.len();
        known.retain(|status| status.id != id);
        known.len() < before
    }
}

fn once() -> u32 {
    1
}
