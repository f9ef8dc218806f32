//! Random sequences of edits, applies, faults, crashes, other administrators' deeds and destroys, against a reference
//! model: rows, state and model agree after each of them, no row is doubled, and no domain goes before its routes.
//!
//! The one exception: a create that is in flight when a process is killed outright may leave its row without state.
//! The next apply reports the row with its import block, and importing it restores agreement.
//!
//! `cargo test` plays a few sequences; `cargo xtask model` as many as it is told. A sequence that fails is made as
//! short as it can be, and printed with the seed.

mod engine;
mod mock;
mod real;
mod reference;
mod sequence;
mod step;
mod wanted;

use std::env;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use acceptance_tests::Practice;
use imp_publisher_simulator::schema::SchemaDefinition;
use imp_publisher_simulator::{ClusterOptions, DuplicateAnswer};
use mock_core::CoreVersion;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use self::mock::MockCore;
use self::real::RealCore;
use self::sequence::{Sequence, Tally};
use self::step::Steps;
use crate::process::Process;

/// How many sequences are played at once. Most of the time each waits.
const WORKERS: usize = 6;

/// The cores that the mock core takes turns to be: they plan the end of an object in different orders.
const CORES: [CoreVersion; 2] = [CoreVersion::CURRENT, CoreVersion::Terraform(11)];

/// How often a sequence that fails is played again to shorten it.
const MOST_SHORTENING: u32 = 80;

/// So many sequences meet everything that there is, as good as certainly.
const ENOUGH_FOR_EVERYTHING: usize = 500;

#[test]
fn random_sequences_on_the_mock_core_end_as_the_model_says() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    // Fetching and checking the schemas takes as long as a small apply.
    let known = CORES.map(|version| {
        runtime.block_on(async {
            let practice = Practice::with([cluster(0)]);
            let process = Process::start_as(version, &practice, practice.emea()).await;
            let known = process.core.clone();
            process.end().await;
            known
        })
    });
    play_all(
        "IMP_MODEL_SEQUENCES",
        30,
        WORKERS,
        |practice, worker, steps| {
            let known = &known[worker / 2 % CORES.len()];
            let core = MockCore::new(&runtime, practice, known, writes(worker));
            Sequence::new(practice, core).play(steps)
        },
    );
}

#[test]
fn random_sequences_on_a_real_terraform_end_as_the_model_says() {
    play_all("IMP_MODEL_REAL", 1, 2, |practice, worker, steps| {
        Sequence::new(practice, RealCore::new(practice, writes(worker))).play(steps)
    });
}

/// Plays as many sequences as the variable says, and prints what happened in them.
fn play_all(
    variable: &str,
    usual: usize,
    workers: usize,
    play: impl Fn(&Practice, usize, &Steps) -> Result<Tally, String> + Sync,
) {
    let number = |name: &str, usual| env::var(name).map_or(usual, |text| text.parse().unwrap());
    let sequences = number(variable, usual);
    let seed = number("IMP_MODEL_SEED", 20_260);
    println!("{sequences} sequences, seed {seed}");
    let began = Instant::now();
    let next = AtomicUsize::new(0);
    let tally = Mutex::new(Tally::new());
    let failures = Mutex::new(Vec::new());
    let work = |worker: usize| {
        let practice = Practice::with([cluster(worker)]);
        loop {
            let sequence = next.fetch_add(1, Ordering::SeqCst);
            if sequence >= sequences || !failures.lock().unwrap().is_empty() {
                return;
            }
            let played = one(seed, sequence, |steps| {
                let happened = play(&practice, worker, steps)?;
                let mut tally = tally.lock().unwrap();
                for (what, times) in happened {
                    *tally.entry(what).or_default() += times;
                }
                Ok(())
            });
            if let Err(failure) = played {
                failures.lock().unwrap().push(failure);
            }
            if (sequence + 1).is_multiple_of(100) {
                println!("{} sequences after {:?}", sequence + 1, began.elapsed());
            }
        }
    };
    thread::scope(|scope| {
        for worker in 0..workers.min(sequences) {
            let work = &work;
            scope.spawn(move || work(worker));
        }
    });
    let tally = tally.into_inner().unwrap();
    for (what, times) in &tally {
        println!("{times:>6} {what}");
    }
    println!("{sequences} sequences in {:?}", began.elapsed());
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    if sequences >= ENOUGH_FOR_EVERYTHING {
        let all = step::everything().into_iter();
        let never: Vec<&str> = all.filter(|what| !tally.contains_key(*what)).collect();
        assert!(never.is_empty(), "these never happened: {never:?}");
    }
}

/// Plays one sequence; where it fails, shorter ones that fail as well.
fn one(
    seed: usize,
    sequence: usize,
    play: impl Fn(&Steps) -> Result<(), String>,
) -> Result<(), String> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&(seed as u64).to_le_bytes());
    bytes[8..16].copy_from_slice(&(sequence as u64).to_le_bytes());
    let config = Config {
        cases: 1,
        failure_persistence: None,
        max_shrink_iters: MOST_SHORTENING,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let steps = step::sequences();
    runner
        .run(&steps, |steps| play(&steps).map_err(TestCaseError::fail))
        .map_err(|failure| format!("seed {seed}, sequence {sequence}: {failure}"))
}

/// How many writes each may have on their way at once.
fn writes(worker: usize) -> &'static str {
    if worker.is_multiple_of(3) { "4" } else { "1" }
}

/// Publishers of each kind take turns.
fn cluster(worker: usize) -> ClusterOptions {
    let options = ClusterOptions::new("emea");
    if worker.is_multiple_of(2) {
        options
    } else {
        ClusterOptions {
            duplicates: DuplicateAnswer::RuleText,
            ..options.with_schema(SchemaDefinition::b())
        }
    }
}
