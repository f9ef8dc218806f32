//! The whole matrix, and that it would notice.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use acceptance_tests::Practice;
use imp_publisher_simulator::{ClusterOptions, FaultKind, Phase};
use tokio::task::JoinSet;

use crate::cell::{Carelessness, Cell, Operation, Verdict};
use crate::rows::Kind;

/// How many cells are tried at once, each on a cluster of its own.
const WORKERS: usize = 8;

fn practice(workers: usize) -> Practice {
    let names = (0..workers).map(|worker| ClusterOptions::new(&format!("cluster{worker}")));
    Practice::with(names)
}

/// Whether to try everything, as `cargo xtask faults` does, and not only what is representative.
pub(crate) fn all_are_asked_for() -> bool {
    std::env::var_os("IMP_FAULTS_ALL").is_some()
}

/// Each fault in both phases on one object and operation, which take turns from fault to fault; all where asked for.
fn chosen_cells() -> Vec<Cell> {
    let mut cells = all_cells();
    if !all_are_asked_for() {
        let phases = 2;
        let pairs = Kind::ALL.len() * Operation::ALL.len();
        cells.retain(|cell| {
            let (fault, pair) = (cell.number / (pairs * phases), cell.number / phases % pairs);
            fault % pairs == pair
        });
    }
    cells
}

fn all_cells() -> Vec<Cell> {
    let mut cells = Vec::new();
    for (name, fault) in FaultKind::samples() {
        for kind in Kind::ALL {
            for operation in Operation::ALL {
                for phase in [Phase::BeforeEffect, Phase::AfterEffect] {
                    cells.push(Cell {
                        number: cells.len(),
                        name,
                        fault: fault.clone(),
                        kind,
                        operation,
                        phase,
                    });
                }
            }
        }
    }
    cells
}

#[test]
fn nothing_is_lost_doubled_or_left_out_of_the_state() {
    let practice = practice(WORKERS);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    println!(
        "{:<24} {:<7} {:<7} {:<7} {:<8} fired",
        "fault", "object", "does", "phase", "outcome"
    );
    let mut verdicts = runtime.block_on(tried(&practice));
    verdicts.sort_by_key(|(cell, _)| cell.number);
    let problems: Vec<String> = verdicts
        .iter()
        .filter_map(|(cell, verdict)| {
            let problem = verdict.problem.as_ref()?;
            Some(format!("{cell}: {problem}"))
        })
        .collect();
    println!(
        "{} cells: {} rows lost, doubled or left out of the state",
        verdicts.len(),
        problems.len()
    );
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Tries the chosen cells, and prints each as it ends: all of them take minutes.
async fn tried(practice: &Practice) -> Vec<(Cell, Verdict)> {
    let waiting = Arc::new(Mutex::new(VecDeque::from(chosen_cells())));
    let mut workers = JoinSet::new();
    for worker in 0..WORKERS {
        let (practice, waiting) = (practice.clone(), Arc::clone(&waiting));
        workers.spawn(async move {
            let mut verdicts = Vec::new();
            loop {
                let Some(cell) = waiting.lock().unwrap().pop_front() else {
                    return verdicts;
                };
                let cluster = format!("cluster{worker}");
                let verdict = cell.run(&practice, &cluster, Carelessness::Careful).await;
                let mark = if verdict.problem.is_some() {
                    " WRONG"
                } else {
                    ""
                };
                println!("{cell} {:<8} {}{mark}", verdict.outcome, verdict.fired);
                verdicts.push((cell, verdict));
            }
        });
    }
    workers.join_all().await.into_iter().flatten().collect()
}

/// A create that fails, by a provider that then does what it must not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_careless_provider_is_found_out() {
    let practice = practice(1);
    for kind in Kind::ALL {
        let cell = Cell {
            number: 0,
            name: "401",
            fault: FaultKind::Unauthorized,
            kind,
            operation: Operation::Create,
            phase: Phase::AfterEffect,
        };
        for (carelessness, told) in [
            (Carelessness::ForgetsWhatItCreated, "left out of the state"),
            (Carelessness::CreatesAnew, "the state has the pkid"),
            (Carelessness::DeletesAnother, "there is []"),
        ] {
            let verdict = cell.run(&practice, "cluster0", carelessness).await;
            let problem = verdict.problem.unwrap_or_default();
            assert!(problem.contains(told), "{carelessness:?}: {problem}");
        }
        let verdict = cell.run(&practice, "cluster0", Carelessness::Careful).await;
        assert_eq!(verdict.problem, None);
    }
}
