//! AXL: SOAP 1.1 over HTTPS, with the few operations that an IM and Presence publisher has and that matter
//! here (*AXL schema reference for IM and Presence*). Knows statements only as text. The Control Center of the same
//! node is asked over the same connections, with the same logon.

mod admission;
mod answer;
mod attempt;
mod envelope;
mod hold;
mod services;
mod xml;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

pub(crate) use answer::{ClusterNode, Row};
pub(crate) use services::{ServiceEntry, ServiceReport};

use crate::http::Http;
use crate::throttle::Throttle;
use crate::{Address, AxlVersion, Connection, Error, Scope};
use admission::Admission;
use attempt::{Attempt, Outcome};
use envelope::Operation;
use hold::Hold;

const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// How long a publisher counts as out of reach after all retries of a request have failed.
pub(crate) const FAILURE_STANDS: Duration = Duration::from_secs(10);

/// How often a publisher may name other versions before that counts as an error.
const VERSION_CHANGES: u32 = 3;

/// The AXL service of one publisher. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Axl(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    connection: Connection,
    http: Http,
    reads: Throttle,
    writes: Throttle,
    version: Mutex<Spoken>,
    admission: Admission,
    hold: Hold,
    /// When the retries of a request last ended in vain, if nothing has been answered since.
    out_of_reach: Mutex<Option<(Instant, Error)>>,
}

/// The version that is spoken.
#[derive(Clone, Copy, Debug)]
struct Spoken {
    version: AxlVersion,
    /// Whether it is pinned, or the publisher has named it as one of its own.
    is_settled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Read,
    Write,
}

/// A write that the publisher confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// How many rows it says were touched.
    pub(crate) rows: u64,
    /// Whether it was sent before, and refused.
    pub(crate) repeated: bool,
}

/// A write that was not confirmed.
#[derive(Debug)]
pub(crate) struct Unwritten {
    pub(crate) error: Error,
    /// Whether it reached the publisher, whatever was answered.
    pub(crate) sent: bool,
}

impl Axl {
    /// Makes the client, and contacts nobody.
    pub(crate) fn new(connection: Connection) -> Self {
        let throttle = |greatest| Throttle::new(&connection.address.to_string(), greatest);
        Self(Arc::new(Shared {
            http: Http::new(),
            reads: throttle(connection.max_concurrent_reads),
            writes: throttle(connection.max_concurrent_writes),
            version: Mutex::new(Spoken {
                version: connection.axl_version.unwrap_or(AxlVersion::FIRST_TRIED),
                is_settled: connection.axl_version.is_some(),
            }),
            admission: Admission::default(),
            hold: Hold::new(&connection.address.to_string()),
            out_of_reach: Mutex::default(),
            connection,
        }))
    }

    /// Where the publisher is.
    pub(crate) fn address(&self) -> &Address {
        &self.0.connection.address
    }

    /// How many writes are under way at once at most.
    pub(crate) fn most_writes(&self) -> usize {
        self.0.connection.max_concurrent_writes.max(1)
    }

    /// Why there is no use in beginning anything new: a publisher that went down must not be waited for by
    /// each of a thousand rows.
    pub(crate) fn standing_failure(&self) -> Option<Error> {
        let (at, error) = lock(&self.0.out_of_reach).clone()?;
        (at.elapsed() < FAILURE_STANDS).then_some(error)
    }

    /// The AXL user.
    pub(crate) fn username(&self) -> &str {
        &self.0.connection.username
    }

    /// `executeSQLQuery`: the rows that a SELECT finds.
    pub(crate) async fn query(&self, sql: &str, scope: &Scope) -> Result<Vec<Row>, Error> {
        self.query_into(sql, scope, Vec::push).await
    }

    /// `executeSQLQuery`, with each row taken as soon as it is read: an answer is not held twice.
    pub(crate) async fn query_into<T: Default>(
        &self,
        sql: &str,
        scope: &Scope,
        take: impl Fn(&mut T, Row),
    ) -> Result<T, Error> {
        let operation = Operation::sql_query(sql);
        let decode = |body: &[u8]| {
            let mut taken = T::default();
            answer::rows(body, |row| take(&mut taken, row))?;
            Ok(taken)
        };
        self.read(&operation, scope, decode).await
    }

    /// `executeSQLUpdate`: how many rows an INSERT, UPDATE or DELETE touched. It is repeated only where the
    /// publisher said that it did not carry it out, and told apart from one that was never sent.
    pub(crate) async fn update(&self, sql: &str, scope: &Scope) -> Result<Written, Unwritten> {
        let operation = Operation::sql_update(sql);
        let mut sent = 0;
        let answer = self
            .ask(
                Kind::Write,
                &operation,
                scope,
                answer::rows_updated,
                &mut sent,
            )
            .await;
        match answer {
            Ok(rows) => Ok(Written {
                rows,
                repeated: sent > 1,
            }),
            Err(error) => Err(Unwritten {
                error,
                sent: sent > 0,
            }),
        }
    }

    /// `getCUPVersion`: the release.
    pub(crate) async fn cup_version(&self, scope: &Scope) -> Result<String, Error> {
        let operation = Operation::cup_version();
        self.read(&operation, scope, answer::version).await
    }

    /// Speaks the AXL version of a release from now on, unless one is pinned or the publisher has named its own. One
    /// that does not know that version will name them.
    pub(crate) fn speak_version_of(&self, release: &str) {
        let mut spoken = lock(&self.0.version);
        if !spoken.is_settled
            && let Some(version) = AxlVersion::of_release(release)
        {
            spoken.version = version;
        }
    }

    /// `getClusterNodesAndCriticalServices`: the nodes of the cluster and their roles.
    pub(crate) async fn cluster_nodes(&self, scope: &Scope) -> Result<Vec<ClusterNode>, Error> {
        let operation = Operation::cluster_nodes();
        self.read(&operation, scope, answer::cluster_nodes).await
    }

    /// `soapGetServiceStatus`: every service of the node.
    pub(crate) async fn services(&self, scope: &Scope) -> Result<ServiceReport, Error> {
        let operation = Operation::service_status();
        self.read(&operation, scope, services::report).await
    }

    /// `soapDoControlServices` with `Restart`. It is repeated only where the node said that it did not begin.
    pub(crate) async fn restart(
        &self,
        node: &str,
        service: &str,
        scope: &Scope,
    ) -> Result<ServiceReport, Error> {
        let operation = Operation::restart(node, service);
        self.ask(Kind::Write, &operation, scope, services::report, &mut 0)
            .await
    }

    /// The connection, for another node of the same cluster.
    pub(crate) fn connection(&self) -> &Connection {
        &self.0.connection
    }

    async fn read<T>(
        &self,
        operation: &Operation,
        scope: &Scope,
        decode: impl Fn(&[u8]) -> Result<T, xml::Problem>,
    ) -> Result<T, Error> {
        self.ask(Kind::Read, operation, scope, decode, &mut 0).await
    }

    /// Sends a request until there is an answer, or asking again would not help or not be safe. Counts how
    /// often it was sent.
    async fn ask<T>(
        &self,
        kind: Kind,
        operation: &Operation,
        scope: &Scope,
        decode: impl Fn(&[u8]) -> Result<T, xml::Problem>,
        sent: &mut u32,
    ) -> Result<T, Error> {
        let shared = &*self.0;
        let began = Instant::now();
        // From the first failure on: a request may have waited long for its place.
        let mut give_up = None;
        let mut retries = 0;
        let mut version_changes = 0;
        loop {
            let attempt = Attempt {
                shared,
                kind,
                operation,
                scope,
                give_up,
            };
            // Few operations ever send a request, and all of them would carry the room for one.
            let ended = Box::pin(attempt.run(&decode)).await;
            *sent += u32::from(ended.sent);
            let (error, wish) = match ended.outcome {
                Outcome::Done(value) => return Ok(value),
                Outcome::Failed(error) => return Err(error),
                Outcome::OtherVersion(error) => {
                    version_changes += 1;
                    if version_changes > VERSION_CHANGES {
                        return Err(error);
                    }
                    continue;
                }
                Outcome::Again(error, wish) => (error, wish),
            };
            let give_up = *give_up.get_or_insert_with(|| {
                (Instant::now() + shared.connection.retry_timeout).min(scope.deadline)
            });
            retries += 1;
            let pause = pause(retries, wish);
            if retries > shared.connection.max_retries || Instant::now() + pause >= give_up {
                let waited = began.elapsed();
                // The request was cut short by the operation, and the publisher is not to blame.
                if matches!(error, Error::TimedOut { .. }) && Instant::now() >= scope.deadline {
                    return Err(Error::OutOfTime { waited });
                }
                let error = error.after(waited);
                shared.note_failure(&error);
                return Err(error);
            }
            tracing::info!(
                publisher = %shared.connection.address,
                operation = operation.name(),
                retry = retries,
                pause_ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX),
                reason = %error,
                "the publisher does not answer as it should; trying again"
            );
            tokio::select! {
                biased;
                () = scope.cancellation.cancelled() => return Err(Error::Cancelled),
                () = tokio::time::sleep(pause) => {}
            }
        }
    }
}

impl Shared {
    fn throttle(&self, kind: Kind) -> &Throttle {
        match kind {
            Kind::Read => &self.reads,
            Kind::Write => &self.writes,
        }
    }

    fn version(&self) -> AxlVersion {
        lock(&self.version).version
    }

    /// The publisher did not answer, however often it was asked.
    fn note_failure(&self, error: &Error) {
        if matches!(error, Error::Unreachable { .. } | Error::TimedOut { .. }) {
            *lock(&self.out_of_reach) = Some((Instant::now(), error.clone()));
        }
    }

    /// The publisher answered as AXL does.
    fn note_answer(&self) {
        lock(&self.out_of_reach).take();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Twice as long each time, by chance somewhat more or less, and never shorter than the publisher wishes.
fn pause(retry: u32, wish: Option<Duration>) -> Duration {
    let doubled = FIRST_PAUSE.saturating_mul(1_u32.checked_shl(retry - 1).unwrap_or(u32::MAX));
    let pause = doubled.min(LONGEST_PAUSE).mul_f64(0.5 + fastrand::f64());
    wish.map_or(pause, |wish| pause.max(wish))
}
