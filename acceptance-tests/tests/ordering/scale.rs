//! Many pairs of a domain and a route, none of which refers to the other.

use acceptance_tests::{Diagnostic, PlanOptions};

use crate::estate::{Estate, errors, listed};
use crate::judge;

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

#[test]
fn at_less_parallelism_two_runs_are_enough() {
    for parallelism in [10, 2, 1] {
        let mut estate = pairs("pairs", 12);
        estate.parallelism(parallelism);
        are_documented(&estate.destroy());
        estate.destroy_completely();
        println!(
            "{parallelism}: {:?}",
            judge::effects(&estate.simulator).len()
        );
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
fn two_providers_of_one_publisher_keep_the_order_between_them() {
    let mut estate = pairs("pairs_of_two_providers", 30);
    are_documented(&estate.destroy());
    judge::routes_went_first(&estate.simulator);
    estate.destroy_completely();
}
