//! Every target over its seeds and twenty thousand inputs made from them: always the same ones. `FUZZ_INPUTS` asks for
//! more of them.

#![allow(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use fastrand::Rng;
use fuzz::mutation::mutated;

fn inputs() -> usize {
    let asked = std::env::var("FUZZ_INPUTS");
    asked
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(20_000)
}

fn smoke(target: &str) {
    let read = fuzz::target(target).unwrap();
    let seeds = fuzz::seeds::of(target).unwrap();
    for seed in &seeds {
        read(seed);
    }
    let mut rng = Rng::with_seed(7);
    for _ in 0..inputs() {
        read(&mutated(&mut rng, &seeds));
    }
}

#[test]
fn values_in_msgpack() {
    smoke("msgpack");
}

#[test]
fn values_in_json() {
    smoke("json");
}

#[test]
fn types_in_json() {
    smoke("type-json");
}

#[test]
fn import_ids() {
    smoke("import-id");
}
