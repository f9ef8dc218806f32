//! One cell: an object, an operation on it, a fault that fires once, and the verdict.

use std::fmt;
use std::time::Duration;

use acceptance_tests::Practice;
use imp_publisher_simulator::{Cluster, Fault, FaultKind, Phase, Verb};
use mock_core::{Configuration, Failure, Workspace, config};
use serde_json::Value;

use crate::process::Process;
use crate::rows::{Kind, NEW, OLD, Row};

/// What is done to the object.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Operation {
    Create,
    Read,
    Update,
    Delete,
    Import,
}

#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) number: usize,
    pub(crate) name: &'static str,
    pub(crate) fault: FaultKind,
    pub(crate) kind: Kind,
    pub(crate) operation: Operation,
    pub(crate) phase: Phase,
}

/// A provider that does wrong, so that the verdict can be tried.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Carelessness {
    /// None.
    Careful,
    /// After an error it does not tell what it has created.
    ForgetsWhatItCreated,
    /// After an error it creates the row again, under another primary key.
    CreatesAnew,
    /// It takes a bystander's row away.
    DeletesAnother,
}

pub(crate) struct Verdict {
    /// `done`, or `error` where the operation failed and the next one set it right.
    pub(crate) outcome: &'static str,
    pub(crate) fired: u32,
    pub(crate) problem: Option<String>,
}

impl Operation {
    pub(crate) const ALL: [Self; 5] = [
        Self::Create,
        Self::Read,
        Self::Update,
        Self::Delete,
        Self::Import,
    ];

    fn verb(self) -> Verb {
        match self {
            Self::Create => Verb::Insert,
            Self::Read | Self::Import => Verb::Select,
            Self::Update => Verb::Update,
            Self::Delete => Verb::Delete,
        }
    }
}

impl Cell {
    /// Tries it on a cluster that has no rows, and leaves none.
    pub(crate) async fn run(
        &self,
        practice: &Practice,
        cluster: &str,
        carelessness: Carelessness,
    ) -> Verdict {
        let cluster = practice.cluster(cluster);
        self.kind.clean(cluster);
        self.kind.add(cluster, "bystander");
        let mut workspace = self.prepared(practice, cluster).await;
        let before = self.kind.rows(cluster);
        let fault = Fault::new(self.fault.clone(), self.phase)
            .on_cluster(cluster.name())
            .on_statement(self.operation.verb(), self.kind.subject());
        let id = practice.simulator().inject(fault);
        let process = Process::start(practice, cluster).await;
        workspace.use_core(process.core.clone());
        let result = self.perform(&mut workspace).await;
        process.end().await;
        let statuses = practice.simulator().faults();
        let fired = statuses
            .into_iter()
            .find(|status| status.id == id)
            .map_or(0, |status| status.fired);
        practice.simulator().remove_fault(id);
        // What the publisher is still at counts as well.
        while !cluster.is_idle() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        if result.is_err() {
            self.be_careless(carelessness, cluster, &mut workspace);
        }
        let mut problem = self.judge(
            &result,
            fired,
            &before,
            &self.kind.rows(cluster),
            &workspace,
        );
        if problem.is_none() {
            problem = self.settle(practice, cluster, &mut workspace).await;
        }
        self.kind.clean(cluster);
        Verdict {
            outcome: if result.is_ok() { "done" } else { "error" },
            fired,
            problem: problem.map(|problem| match &result {
                Ok(()) => problem,
                Err(failure) => format!("{problem}; {failure}"),
            }),
        }
    }

    /// A workspace in which the object is as it was; for an import only the row is there.
    async fn prepared(&self, practice: &Practice, cluster: &Cluster) -> Workspace {
        let process = Process::start(practice, cluster).await;
        let mut workspace = Workspace::new(process.core.clone());
        match self.operation {
            Operation::Create => {}
            Operation::Import => self.kind.add(cluster, "cell"),
            Operation::Read | Operation::Update | Operation::Delete => {
                workspace.run(&self.configuration(OLD)).await.unwrap();
            }
        }
        process.end().await;
        workspace
    }

    fn configuration(&self, description: &str) -> Configuration {
        let object = match self.kind {
            Kind::Domain => config! { domain_name = "cell.com", description = description },
            Kind::Route => config! {
                destination_pattern = ".com.cell",
                next_hop = "10.20.0.15",
                description = description,
            },
        };
        Configuration::new().resource(self.kind.address(), object)
    }

    async fn perform(&self, workspace: &mut Workspace) -> Result<(), Failure> {
        match self.operation {
            Operation::Create | Operation::Update => {
                workspace.run(&self.configuration(NEW)).await.map(drop)
            }
            Operation::Read => workspace.refresh().await.map(drop),
            Operation::Delete => workspace.run(&Configuration::new()).await.map(drop),
            Operation::Import => {
                let import = workspace.import(self.kind.address(), self.kind.key());
                import.await.map(drop)
            }
        }
    }

    /// What must be true right after it, whether it went well or not.
    fn judge(
        &self,
        result: &Result<(), Failure>,
        fired: u32,
        before: &[Row],
        after: &[Row],
        workspace: &Workspace,
    ) -> Option<String> {
        if fired != 1 {
            return Some(format!("the fault fired {fired} times"));
        }
        let others = |rows: &[Row]| -> Vec<Row> {
            let others = rows.iter().filter(|row| row.key != self.kind.key());
            others.cloned().collect()
        };
        if others(before) != others(after) {
            return Some(format!("there is {after:?}"));
        }
        let own: Vec<&Row> = after
            .iter()
            .filter(|row| row.key == self.kind.key())
            .collect();
        if own.len() > 1 {
            return Some(format!("the row is there {} times", own.len()));
        }
        let held = self.held(workspace);
        match (own.first(), &held) {
            // An import that failed has taken nothing, and may be tried again.
            (Some(_), None) if self.operation == Operation::Import && result.is_err() => {}
            (Some(row), None) => return Some(format!("{row:?} is left out of the state")),
            (Some(row), Some((pkid, _))) if row.pkid != *pkid => {
                return Some(format!(
                    "the state has the pkid {pkid} where there is {row:?}"
                ));
            }
            (Some(_) | None, _) => {}
        }
        if result.is_err() {
            let is_lost = own.is_empty()
                && matches!(
                    self.operation,
                    Operation::Read | Operation::Update | Operation::Import
                );
            return is_lost.then(|| "the row is lost".to_owned());
        }
        let is_gone = self.operation == Operation::Delete;
        if own.is_empty() != is_gone || held.is_none() != is_gone {
            return Some(format!(
                "it reports success, and there is {own:?} and {held:?}"
            ));
        }
        let described = |(_, description): &(String, String)| own[0].description == *description;
        if !is_gone && !held.as_ref().is_some_and(described) {
            return Some(format!("the state has {held:?} where there is {own:?}"));
        }
        None
    }

    /// The next command, without a fault: all is as it shall be, and a further plan is empty.
    async fn settle(
        &self,
        practice: &Practice,
        cluster: &Cluster,
        workspace: &mut Workspace,
    ) -> Option<String> {
        let process = Process::start(practice, cluster).await;
        workspace.use_core(process.core.clone());
        let wanted = match self.operation {
            Operation::Delete => Configuration::new(),
            Operation::Read | Operation::Import => self.configuration(OLD),
            Operation::Create | Operation::Update => self.configuration(NEW),
        };
        if self.operation == Operation::Import && self.held(workspace).is_none() {
            let import = workspace.import(self.kind.address(), self.kind.key());
            if let Err(failure) = import.await {
                return Some(format!("it cannot be imported again: {failure}"));
            }
        }
        if let Err(failure) = workspace.run(&wanted).await {
            return Some(format!("it cannot be set right: {failure}"));
        }
        let plan = workspace.plan(&wanted).await.unwrap();
        process.end().await;
        if !plan.is_empty() {
            return Some("the last plan is not empty".to_owned());
        }
        let rows = self.kind.rows(cluster);
        let own: Vec<&Row> = rows
            .iter()
            .filter(|row| row.key == self.kind.key())
            .collect();
        let expected = match self.operation {
            Operation::Delete => 0,
            _ => 1,
        };
        let is_right = own.len() == expected
            && rows.len() == expected + 1
            && self.held(workspace).map(|(pkid, _)| pkid)
                == own.first().map(|row| row.pkid.clone());
        (!is_right).then(|| format!("in the end there is {rows:?}"))
    }

    /// The primary key and the description that the state has.
    fn held(&self, workspace: &Workspace) -> Option<(String, String)> {
        let stored = workspace.state.resources.get(self.kind.address())?;
        let attributes: Value = serde_json::from_str(&stored.attributes).unwrap();
        let text = |name: &str| attributes[name].as_str().unwrap_or_default().to_owned();
        Some((text("pkid"), text("description")))
    }

    fn be_careless(
        &self,
        carelessness: Carelessness,
        cluster: &Cluster,
        workspace: &mut Workspace,
    ) {
        let own = |row: &&Row| row.key == self.kind.key();
        match carelessness {
            Carelessness::Careful => {}
            Carelessness::ForgetsWhatItCreated => {
                if !self.kind.rows(cluster).iter().any(|row| own(&row)) {
                    self.kind.add(cluster, "cell");
                }
                workspace.forget(self.kind.address());
            }
            Carelessness::CreatesAnew => {
                for row in self.kind.rows(cluster).iter().filter(own) {
                    match self.kind {
                        Kind::Domain => cluster.delete_domain(&row.key),
                        Kind::Route => cluster.delete_route(&row.pkid),
                    }
                    .unwrap();
                }
                self.kind.add(cluster, "cell");
            }
            Carelessness::DeletesAnother => self.kind.clean(cluster),
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phase = match self.phase {
            Phase::BeforeEffect => "before",
            Phase::AfterEffect => "after",
        };
        let kind = format!("{:?}", self.kind).to_lowercase();
        let operation = format!("{:?}", self.operation).to_lowercase();
        let name = self.name;
        write!(formatter, "{name:<24} {kind:<7} {operation:<7} {phase:<7}")
    }
}
