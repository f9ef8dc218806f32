//! Every fault of the simulator × both kinds of rows × create, read, update and delete × both phases ×
//! once and again and again: nothing is lost, doubled, or reported wrongly.
//!
//! `cargo test -p imp-publisher --test client fault_matrix -- --nocapture` prints the table.

mod cell;
mod expectation;
mod faults;

use std::sync::{Arc, Mutex};

use imp_publisher_simulator::{ClusterOptions, FaultKind, Phase, Simulator};
use tokio::task::JoinSet;

use cell::{Cell, Kind, Operation, Verdict};

/// How many cells are tried at once, each on a cluster of its own.
const WORKERS: usize = 24;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fault_matrix() {
    let mut builder = Simulator::builder();
    for worker in 0..WORKERS {
        builder = builder.cluster(ClusterOptions::new(&format!("cluster{worker}")));
    }
    let simulator = Arc::new(builder.start().await.unwrap());
    let waiting = Arc::new(Mutex::new(all_cells()));
    let mut workers = JoinSet::new();
    for worker in 0..WORKERS {
        let (simulator, waiting) = (Arc::clone(&simulator), Arc::clone(&waiting));
        workers.spawn(async move {
            let mut verdicts = Vec::new();
            loop {
                let Some(cell) = waiting.lock().unwrap().pop() else {
                    return verdicts;
                };
                let verdict = cell.run(&simulator, &format!("cluster{worker}")).await;
                verdicts.push((cell, verdict));
            }
        });
    }
    let mut verdicts = Vec::new();
    while let Some(done) = workers.join_next().await {
        verdicts.extend(done.unwrap());
    }
    verdicts.sort_by_key(|(cell, _)| cell.number);
    print(&verdicts);
    let wrong: Vec<String> = verdicts
        .iter()
        .filter_map(|(cell, verdict)| {
            let problem = verdict.problem.as_ref()?;
            Some(format!("{cell}: {problem} ({})", verdict.outcome))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} cells are wrong:\n{}",
        wrong.len(),
        verdicts.len(),
        wrong.join("\n")
    );
}

fn all_cells() -> Vec<Cell> {
    let mut cells = Vec::new();
    for (name, fault) in FaultKind::samples() {
        for kind in [Kind::Domain, Kind::Route] {
            for operation in Operation::ALL {
                for phase in [Phase::BeforeEffect, Phase::AfterEffect] {
                    for again_and_again in [false, true] {
                        if again_and_again && !faults::may_last(&fault) {
                            continue;
                        }
                        cells.push(Cell {
                            number: cells.len(),
                            name,
                            fault: fault.clone(),
                            kind,
                            operation,
                            phase,
                            again_and_again,
                        });
                    }
                }
            }
        }
    }
    cells
}

fn print(verdicts: &[(Cell, Verdict)]) {
    println!(
        "{:<24} {:<7} {:<7} {:<7} {:<6} {:<12} fired",
        "fault", "kind", "does", "phase", "often", "outcome"
    );
    for (cell, verdict) in verdicts {
        let mark = if verdict.problem.is_some() {
            " WRONG"
        } else {
            ""
        };
        println!("{cell} {:<12} {}{mark}", verdict.outcome, verdict.fired);
    }
    let wrong = verdicts
        .iter()
        .filter(|(_, verdict)| verdict.problem.is_some())
        .count();
    println!("{} cells, {wrong} wrong", verdicts.len());
}
