//! Every target over its seeds and twenty thousand inputs made from them: always the same ones.

#![allow(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use fastrand::Rng;
use fuzz::Read;
use fuzz::mutation::mutated;

const INPUTS: usize = 20_000;

fn smoke(target: &str) {
    let found = fuzz::targets()
        .into_iter()
        .find(|(name, ..)| *name == target);
    let (_, read, seeds): (_, Read, _) = found.unwrap();
    for seed in &seeds {
        read(seed);
    }
    let mut rng = Rng::with_seed(7);
    for _ in 0..INPUTS {
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
