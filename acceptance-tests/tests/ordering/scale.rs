//! Many pairs of a domain and a route, none of which refers to the other.
//!
//! With little parallelism every other domain has to wait for a second before it fails, so that these tests have few
//! pairs. `IMP_TEST_PAIRS=100 cargo test -p acceptance-tests --test ordering scale` has as many as it says.

use std::time::{Duration, Instant};

use acceptance_tests::{Diagnostic, PlanOptions};

use crate::estate::{Estate, errors, listed};
use crate::judge;

/// How many pairs there are with little parallelism.
fn few() -> usize {
    match std::env::var("IMP_TEST_PAIRS") {
        Ok(number) => number.parse().expect("IMP_TEST_PAIRS is a number"),
        Err(_) => 12,
    }
}

fn pairs(folder: &str, pairs: usize) -> Estate {
    let mut estate = Estate::new(folder);
    estate.set("pairs", pairs);
    estate.parallelism(250);
    estate.apply();
    assert_eq!(estate.names().len(), pairs);
    assert_eq!(estate.keys().len(), pairs);
    estate
}

/// Whatever failed says that routes remain, and which.
fn are_documented(errors: &[Diagnostic]) {
    for error in errors {
        assert!(
            error.summary.starts_with("Static routes of remote")
                && error.summary.ends_with(".com must be deleted first")
                && error.detail.contains("/10.20.0.15:5061/TLS"),
            "{}",
            listed(errors)
        );
    }
}

#[test]
fn at_parallelism_250_all_of_100_pairs_go_in_one_run() {
    let mut estate = pairs("pairs", 100);
    estate.destroy_completely();
}

/// What fails in the first run does so with the documented error, and the second run finishes.
fn goes_in_two_runs(folder: &str, parallelism: usize) {
    let mut estate = pairs(folder, few());
    estate.workspace.set_limit(Duration::from_secs(600));
    estate.parallelism(parallelism);
    let began = Instant::now();
    let errors = estate.destroy();
    println!(
        "{folder}, {} pairs at parallelism {parallelism}: {} errors in {:.1} s",
        few(),
        errors.len(),
        began.elapsed().as_secs_f64()
    );
    are_documented(&errors);
    // What failed was not touched.
    assert_eq!(estate.names().len(), errors.len());
    if !errors.is_empty() {
        assert_eq!(estate.destroy(), []);
    }
    estate.is_empty();
    judge::routes_went_first(&estate.simulator);
}

#[test]
fn at_parallelism_50_two_runs_are_enough() {
    goes_in_two_runs("pairs", 50);
}

#[test]
fn at_parallelism_10_two_runs_are_enough() {
    goes_in_two_runs("pairs", 10);
}

#[test]
fn at_parallelism_2_two_runs_are_enough() {
    goes_in_two_runs("pairs", 2);
}

#[test]
fn at_parallelism_1_two_runs_are_enough() {
    goes_in_two_runs("pairs", 1);
}

#[test]
fn with_two_providers_of_one_publisher_two_runs_are_enough_too() {
    for parallelism in [50, 10, 2, 1] {
        goes_in_two_runs("pairs_of_two_providers", parallelism);
    }
}

#[test]
fn one_at_a_time_the_creation_of_routes_needs_at_most_a_second_run() {
    let mut estate = Estate::new("pairs");
    estate.set("pairs", 6);
    estate.parallelism(1);
    for error in errors(estate.apply_with(&PlanOptions::new())) {
        assert!(error.summary.ends_with(".com does not exist"), "{error}");
    }
    estate.apply();
    estate.is_settled();
}

#[test]
fn with_two_providers_of_one_publisher_all_of_100_pairs_go_in_one_run_too() {
    let mut estate = pairs("pairs_of_two_providers", 100);
    estate.destroy_completely();
}
