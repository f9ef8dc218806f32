//! One cell: a row, an operation on it, a fault, and the verdict.

use std::fmt;
use std::time::Duration;

use imp_publisher::domain::{FederatedDomain, Pkid, StaticRoute};
use imp_publisher::{Connection, Error, Publisher};
use imp_publisher_simulator::{Cluster, Fault, FaultKind, Phase, Simulator, Subject, Verb};

use super::expectation;
use crate::practice::{connection, description, domain, options, route, scope};

/// More often than any client asks.
const AGAIN_AND_AGAIN: u32 = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Domain,
    Route,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    Create,
    Read,
    Update,
    Delete,
}

impl Operation {
    pub(super) const ALL: [Self; 4] = [Self::Create, Self::Read, Self::Update, Self::Delete];
}

#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) number: usize,
    pub(super) name: &'static str,
    pub(super) fault: FaultKind,
    pub(super) kind: Kind,
    pub(super) operation: Operation,
    pub(super) phase: Phase,
    pub(super) again_and_again: bool,
}

/// What the client reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is done.
    Done,
    /// An error; nothing was changed.
    NoEffect,
    /// An error that says that nobody knows.
    Unknown,
}

#[derive(Debug)]
pub(super) struct Verdict {
    pub(super) outcome: String,
    pub(super) fired: u32,
    pub(super) problem: Option<String>,
}

/// A row as it is written in this matrix: its primary key and its description tell everything.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    pkid: String,
    description: String,
}

const OLD: &str = "as it was";
const NEW: &str = "as it shall be";

impl Cell {
    pub(super) async fn run(&self, simulator: &Simulator, cluster_name: &str) -> Verdict {
        let cluster = simulator.cluster(cluster_name);
        let is_slow = matches!(self.fault, FaultKind::Hang | FaultKind::LateEffect { .. });
        let patience = if is_slow { 2 } else { 30 };
        let publisher = Publisher::new(
            cluster_name,
            Connection {
                max_retries: 2,
                request_timeout: Duration::from_secs(patience),
                ..connection(simulator, cluster_name)
            },
            options(&cluster.profile()),
        );
        let pkid = Pkid::random();
        let bystander = Pkid::random();
        self.create(&publisher, &bystander, "bystander", OLD)
            .await
            .unwrap();
        if self.operation != Operation::Create {
            self.create(&publisher, &pkid, "cell", OLD).await.unwrap();
        }
        let before = self.rows(cluster);
        let fault = Fault::new(self.fault.clone(), self.phase)
            .on_cluster(cluster_name)
            .on_statement(self.verb(), self.subject())
            .times(if self.again_and_again {
                AGAIN_AND_AGAIN
            } else {
                1
            });
        let id = simulator.inject(fault);
        let result = self.perform(&publisher, &pkid).await;
        let fired = simulator
            .faults()
            .into_iter()
            .find(|status| status.id == id)
            .map_or(0, |status| status.fired);
        simulator.remove_fault(id);
        drop(publisher);
        // What the publisher is still at counts as well.
        while !cluster.is_idle() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let after = self.rows(cluster);
        let problem = self.judge(&result, fired, &before, &after, &pkid);
        self.clean(cluster);
        let outcome = match &result {
            Ok(_) => "done".to_owned(),
            Err(error) => {
                let error = format!("{error:?}");
                error
                    .split([' ', '('])
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            }
        };
        let problem = problem.map(|problem| format!("{problem}; {result:?}"));
        Verdict {
            outcome,
            fired,
            problem,
        }
    }

    /// The operation; gives back what the client says the row is now.
    async fn perform(&self, publisher: &Publisher, pkid: &Pkid) -> Result<Option<Row>, Error> {
        match self.operation {
            Operation::Create => self.create(publisher, pkid, "cell", NEW).await.map(Some),
            Operation::Read => self.read(publisher, pkid).await,
            Operation::Update => self.update(publisher, pkid).await.map(Some),
            Operation::Delete => match self.kind {
                Kind::Domain => publisher.delete_domain(pkid, &scope()).await.map(|_| None),
                Kind::Route => publisher.delete_route(pkid, &scope()).await.map(|_| None),
            },
        }
    }

    async fn create(
        &self,
        publisher: &Publisher,
        pkid: &Pkid,
        name: &str,
        description: &str,
    ) -> Result<Row, Error> {
        match self.kind {
            Kind::Domain => {
                let value = domain_of(name, description);
                let stored = publisher.create_domain(pkid, &value, &scope()).await?;
                Ok(row(&stored.pkid, stored.value.description.as_ref()))
            }
            Kind::Route => {
                let value = route_of(name, description);
                let stored = publisher.create_route(pkid, &value, &scope()).await?;
                Ok(row(&stored.pkid, stored.value.description.as_ref()))
            }
        }
    }

    async fn read(&self, publisher: &Publisher, pkid: &Pkid) -> Result<Option<Row>, Error> {
        match self.kind {
            Kind::Domain => {
                let found = publisher.find_domain(Some(pkid), None, &scope()).await?;
                Ok(found
                    .first()
                    .map(|row_| row(&row_.pkid, row_.value.description.as_ref())))
            }
            Kind::Route => {
                let found = publisher.find_route(Some(pkid), None, &scope()).await?;
                Ok(found
                    .first()
                    .map(|row_| row(&row_.pkid, row_.value.description.as_ref())))
            }
        }
    }

    async fn update(&self, publisher: &Publisher, pkid: &Pkid) -> Result<Row, Error> {
        match self.kind {
            Kind::Domain => {
                let (prior, new) = (domain_of("cell", OLD), domain_of("cell", NEW));
                let stored = publisher
                    .update_domain(pkid, &prior, &new, &scope())
                    .await?;
                Ok(row(&stored.pkid, stored.value.description.as_ref()))
            }
            Kind::Route => {
                let (prior, new) = (route_of("cell", OLD), route_of("cell", NEW));
                let stored = publisher.update_route(pkid, &prior, &new, &scope()).await?;
                Ok(row(&stored.pkid, stored.value.description.as_ref()))
            }
        }
    }

    /// Everything that is wrong with what was reported and with what is there.
    fn judge(
        &self,
        result: &Result<Option<Row>, Error>,
        fired: u32,
        before: &[Row],
        after: &[Row],
        pkid: &Pkid,
    ) -> Option<String> {
        if fired == 0 {
            return Some("the fault never fired".to_owned());
        }
        let mut carried_out = before.to_vec();
        carried_out.retain(|row| row.pkid != pkid.as_str());
        if matches!(self.operation, Operation::Create | Operation::Update) {
            carried_out.push(Row {
                pkid: pkid.to_string(),
                description: NEW.to_owned(),
            });
        }
        carried_out.sort_by(|left, right| left.pkid.cmp(&right.pkid));
        if self.operation == Operation::Read {
            carried_out = before.to_vec();
        }
        let outcome = match result {
            Ok(_) => Outcome::Done,
            Err(error) if error.may_have_taken_effect() => Outcome::Unknown,
            Err(_) => Outcome::NoEffect,
        };
        let is_true = match outcome {
            Outcome::Done => after == carried_out,
            Outcome::NoEffect => after == before,
            Outcome::Unknown => after == carried_out || after == before,
        };
        if !is_true {
            return Some(format!("there is {after:?}"));
        }
        if let Ok(reported) = result {
            let there = after.iter().find(|row| row.pkid == pkid.as_str());
            if reported.as_ref() != there {
                return Some(format!("reported {reported:?} where there is {there:?}"));
            }
        }
        let expected = expectation::outcome(self);
        (outcome != expected).then(|| format!("{expected:?} was expected"))
    }

    fn rows(&self, cluster: &Cluster) -> Vec<Row> {
        let row = |pkid: String, description: Option<String>| Row {
            pkid,
            description: description.unwrap_or_default(),
        };
        let mut rows: Vec<Row> = match self.kind {
            Kind::Domain => {
                let domains = cluster.domains().unwrap().into_iter();
                domains
                    .map(|found| row(found.pkid, found.description))
                    .collect()
            }
            Kind::Route => {
                let routes = cluster.routes().unwrap().into_iter();
                routes
                    .map(|found| row(found.pkid, found.description))
                    .collect()
            }
        };
        rows.sort_by(|left, right| left.pkid.cmp(&right.pkid));
        rows
    }

    fn clean(&self, cluster: &Cluster) {
        match self.kind {
            Kind::Domain => {
                for found in cluster.domains().unwrap() {
                    cluster.delete_domain(&found.domain_name).unwrap();
                }
            }
            Kind::Route => {
                for found in cluster.routes().unwrap() {
                    cluster.delete_route(&found.pkid).unwrap();
                }
            }
        }
    }

    fn verb(&self) -> Verb {
        match self.operation {
            Operation::Create => Verb::Insert,
            Operation::Read => Verb::Select,
            Operation::Update => Verb::Update,
            Operation::Delete => Verb::Delete,
        }
    }

    fn subject(&self) -> Subject {
        match self.kind {
            Kind::Domain => Subject::Domain,
            Kind::Route => Subject::Route,
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phase = match self.phase {
            Phase::BeforeEffect => "before",
            Phase::AfterEffect => "after",
        };
        let often = if self.again_and_again {
            "always"
        } else {
            "once"
        };
        let kind = format!("{:?}", self.kind).to_lowercase();
        let operation = format!("{:?}", self.operation).to_lowercase();
        let name = self.name;
        write!(
            formatter,
            "{name:<24} {kind:<7} {operation:<7} {phase:<7} {often:<6}"
        )
    }
}

fn row(pkid: &Pkid, description: Option<&imp_publisher::domain::Description>) -> Row {
    Row {
        pkid: pkid.to_string(),
        description: description.map(ToString::to_string).unwrap_or_default(),
    }
}

fn domain_of(name: &str, text: &str) -> FederatedDomain {
    FederatedDomain {
        description: Some(description(text)),
        ..domain(&format!("{name}.com"))
    }
}

fn route_of(name: &str, text: &str) -> StaticRoute {
    StaticRoute {
        description: Some(description(text)),
        ..route(&format!(".com.{name}"), "10.20.0.15")
    }
}
