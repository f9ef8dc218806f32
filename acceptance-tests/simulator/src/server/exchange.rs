//! One request and its answer: latency, faults, the services behind the paths, and the journal.

use std::future;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{HeaderName, HeaderValue, Response, StatusCode};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use tokio::task::{spawn, spawn_blocking};
use tokio::time::sleep;

use super::body::AnswerBody;
use super::spoil::{needs_an_answer, spoil};
use super::wire::SharedOrders;
use crate::answer::{Answer, Delivery, XML};
use crate::axl::{self, Request, Understood};
use crate::cluster::{ClusterState, NodeState};
use crate::control_center;
use crate::faults::{Fault, FaultKind, Faults, Phase, Target};
use crate::journal::{AnswerClass, Journal, JournalEntry, Origin};

/// No request is larger.
const LARGEST_REQUEST: usize = 16 * 1024 * 1024;

/// What a node's server needs to answer.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    pub(crate) cluster: Arc<ClusterState>,
    /// The node's place among the cluster's nodes.
    pub(crate) node: usize,
    pub(crate) journal: Arc<Journal>,
    pub(crate) faults: Arc<Faults>,
}

impl Context {
    pub(crate) fn node(&self) -> &NodeState {
        &self.cluster.nodes()[self.node]
    }
}

/// The connection that a request came over.
#[derive(Debug, Clone)]
pub(crate) struct Connection {
    pub(crate) number: u64,
    pub(crate) orders: SharedOrders,
}

/// Which service a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Service {
    Axl,
    ControlCenter,
    None,
}

/// Answers a request; an error ends the connection without an answer.
pub(super) async fn answer(
    context: Context,
    connection: Connection,
    request: http::Request<Incoming>,
) -> Result<Response<AnswerBody>, io::Error> {
    let node = context.node();
    let under_way = node.begin_request();
    let mut record = Record::new(&context, connection.number);
    let latency = context.cluster.latency();
    if !latency.is_zero() {
        sleep(latency).await;
    }
    let service = service_of(request.uri().path());
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, LARGEST_REQUEST).collect().await else {
        return Err(io::Error::other("the request broke off or is too large"));
    };
    let request = Request {
        method: parts.method,
        headers: parts.headers,
        body: body.to_bytes(),
    };
    let too_many = context
        .cluster
        .requests_at_once
        .is_some_and(|limit| under_way.number > limit);
    let answer = if service == Service::None {
        Answer::page(404, "The requested resource is not available.")
    } else {
        let understood = match service {
            Service::ControlCenter => control_center::understand(&request),
            _ => Understood::of(&request),
        };
        understood.describe(&mut record.entry);
        if too_many {
            Answer::service_unavailable(Some("1"))
        } else {
            let work = Work {
                context: context.clone(),
                service,
                request,
                understood,
            };
            let (answer, returned) = work.answer_with_faults(record, &connection.orders).await?;
            record = returned;
            answer
        }
    };
    deliver(answer, record).await
}

fn service_of(path: &str) -> Service {
    match path {
        "/axl" | "/axl/" => Service::Axl,
        control_center::PATH => Service::ControlCenter,
        _ => Service::None,
    }
}

struct Work {
    context: Context,
    service: Service,
    request: Request,
    understood: Understood,
}

impl Work {
    async fn answer_with_faults(
        self,
        mut record: Record,
        orders: &SharedOrders,
    ) -> Result<(Answer, Record), io::Error> {
        let Some((id, fault)) = self.fault(&record.entry) else {
            return self.respond(record, true).await;
        };
        record.entry.fault = Some(id);
        let Fault { kind, phase, .. } = fault;
        if let (FaultKind::Latency { millis }, Phase::BeforeEffect) = (&kind, phase) {
            sleep(Duration::from_millis(*millis)).await;
        }
        let operation = record.entry.operation.clone().unwrap_or_default();
        let supported = self.context.cluster.axl_versions.clone();
        let commit = phase == Phase::AfterEffect || !kind.loses_the_answer();
        let (answer, record) = if let FaultKind::LateEffect { millis } = &kind {
            self.respond_late(record, Duration::from_millis(*millis))
                .await?
        } else if commit || needs_an_answer(&kind) {
            self.respond(record, commit).await?
        } else {
            (Answer::new(200, XML, "", AnswerClass::Injected), record)
        };
        if let (FaultKind::Latency { millis }, Phase::AfterEffect) = (&kind, phase) {
            sleep(Duration::from_millis(*millis)).await;
        }
        Ok((
            spoil(&kind, phase, answer, &operation, &supported, orders),
            record,
        ))
    }

    /// Answers after a while, in a task of its own: the service goes on when its client has gone.
    async fn respond_late(
        self,
        record: Record,
        delay: Duration,
    ) -> Result<(Answer, Record), io::Error> {
        let busy = self.context.node().be_busy();
        let hurried = self.context.faults.hurried();
        let answered = spawn(async move {
            tokio::select! {
                () = sleep(delay) => {}
                () = hurried => {}
            }
            // The node is busy until the record, where nobody takes it, has been written down.
            (self.respond(record, true).await, busy)
        });
        let (answer, _busy) = answered.await.map_err(io::Error::other)?;
        answer
    }

    fn fault(&self, entry: &JournalEntry) -> Option<(u64, Fault)> {
        let (domain_table, route_table) = {
            let database = self.context.cluster.database();
            let definition = &database.definition;
            (
                definition.federated_domain.table.clone(),
                definition.static_route.table.clone(),
            )
        };
        self.context.faults.take(&Target {
            cluster: &entry.cluster,
            node: &entry.node,
            operation: entry.operation.as_deref(),
            verb: entry.verb,
            tables: &entry.tables,
            domain_table: &domain_table,
            route_table: &route_table,
        })
    }

    /// Answers on a thread that may wait for the database. The record travels along, so that an effect is written down
    /// even if the client has gone meanwhile.
    async fn respond(
        self,
        mut record: Record,
        commit: bool,
    ) -> Result<(Answer, Record), io::Error> {
        let busy = self.context.node().be_busy();
        spawn_blocking(move || {
            let _busy = busy;
            let cluster = &self.context.cluster;
            let node = self.context.node();
            let answer = match self.service {
                Service::ControlCenter => control_center::respond(
                    cluster,
                    node,
                    &self.request,
                    &self.understood,
                    commit,
                    &mut record.entry,
                ),
                _ => axl::respond(
                    cluster,
                    node,
                    &self.request,
                    &self.understood,
                    commit,
                    &mut record.entry,
                ),
            };
            (answer, record)
        })
        .await
        .map_err(io::Error::other)
    }
}

async fn deliver(
    mut answer: Answer,
    mut record: Record,
) -> Result<Response<AnswerBody>, io::Error> {
    record.entry.answer = answer.class.clone();
    record.entry.rows = answer.rows;
    match answer.delivery {
        Delivery::Never => {
            drop(record);
            return future::pending().await;
        }
        Delivery::Reset | Delivery::Close => {
            return Err(io::Error::other("the connection ends on purpose"));
        }
        _ => {}
    }
    record.entry.status = Some(answer.status);
    let body = AnswerBody::of(&mut answer);
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(
        http::header::CONTENT_TYPE,
        HeaderValue::from_static(answer.content_type),
    );
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.append(HeaderName::from_static(name), value);
        }
    }
    Ok(response)
}

/// The journal entry of a request, written when this is dropped, however the request ends.
struct Record {
    entry: JournalEntry,
    journal: Arc<Journal>,
    started: Instant,
}

impl Record {
    fn new(context: &Context, connection: u64) -> Self {
        let mut entry =
            JournalEntry::new(&context.cluster.name, &context.node().name, Origin::Client);
        entry.connection = connection;
        Self {
            entry,
            journal: Arc::clone(&context.journal),
            started: Instant::now(),
        }
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        self.entry.duration_us =
            u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.journal.record(self.entry.clone());
    }
}
