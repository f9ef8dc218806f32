//! What was asked, and what was answered and done. Tests are judged by it.

use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::database::{Change, ChangeKind, ChangedObject};
use crate::sql::Verb;

/// One request, or one thing that happened without a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// Counts from 1, in the order in which the answers were ready.
    pub number: u64,
    /// When the request was read, in milliseconds since 1970.
    pub time_unix_ms: u64,
    /// From then to the answer, in microseconds.
    pub duration_us: u64,
    /// The cluster.
    pub cluster: String,
    /// The node; empty where no node was asked.
    pub node: String,
    /// Who acted.
    pub origin: Origin,
    /// The connection that the request came over, counted from 1 for each node; 0 where there was none.
    pub connection: u64,
    /// The user, as far as the request named one.
    pub user: Option<String>,
    /// `executeSQLQuery`, `getCUPVersion`, …; `None` where the request was not understood so far.
    pub operation: Option<String>,
    /// The AXL version asked for.
    pub axl_version: Option<String>,
    /// The statement.
    pub sql: Option<String>,
    /// What the statement does, where it was understood.
    pub verb: Option<Verb>,
    /// The tables that the statement names.
    pub tables: Vec<String>,
    /// What kind of answer was given.
    pub answer: AnswerClass,
    /// The HTTP status; `None` where nothing was answered.
    pub status: Option<u16>,
    /// Rows returned, or rows reported as updated.
    pub rows: Option<u64>,
    /// What truly changed, whatever was answered.
    pub changes: Vec<Change>,
    /// The injected fault that fired.
    pub fault: Option<u64>,
}

/// Who acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A client over HTTPS.
    Client,
    /// Another administrator, through the administration page or by surgery.
    Administrator,
    /// The product itself, as when open federation learns a domain.
    System,
}

/// What kind of answer was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerClass {
    /// What was asked for.
    Answered,
    /// A SOAP fault with that code.
    Fault(i32),
    /// An HTTP refusal: 401, 403, 404, 503, 599 and so on.
    Refused,
    /// Whatever an injected fault made of it.
    Injected,
    /// The client was gone before there was an answer.
    Abandoned,
}

/// All entries since the start or the last clearing.
#[derive(Debug, Default)]
pub struct Journal {
    entries: Mutex<Vec<JournalEntry>>,
}

impl Journal {
    /// A copy of all entries.
    pub fn entries(&self) -> Vec<JournalEntry> {
        self.entries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Forgets all entries.
    pub fn clear(&self) {
        self.entries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    /// The removals of domains that left routes behind. Empty is good.
    pub fn domains_removed_before_their_routes(&self) -> Vec<Change> {
        self.entries()
            .into_iter()
            .filter(|entry| entry.origin == Origin::Client)
            .flat_map(|entry| entry.changes)
            .filter(|change| {
                change.object == ChangedObject::Domain && change.kind == ChangeKind::Removed
            })
            .filter(|change| !change.routes_left.is_empty())
            .collect()
    }

    pub(crate) fn record(&self, mut entry: JournalEntry) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entry.number = entries.last().map_or(0, |last| last.number) + 1;
        entries.push(entry);
    }
}

impl JournalEntry {
    pub(crate) fn new(cluster: &str, node: &str, origin: Origin) -> Self {
        Self {
            number: 0,
            time_unix_ms: unix_milliseconds(),
            duration_us: 0,
            cluster: cluster.to_owned(),
            node: node.to_owned(),
            origin,
            connection: 0,
            user: None,
            operation: None,
            axl_version: None,
            sql: None,
            verb: None,
            tables: Vec::new(),
            answer: AnswerClass::Abandoned,
            status: None,
            rows: None,
            changes: Vec::new(),
            fault: None,
        }
    }
}

fn unix_milliseconds() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|elapsed| u64::try_from(elapsed.as_millis()).ok())
        .unwrap_or(0)
}
