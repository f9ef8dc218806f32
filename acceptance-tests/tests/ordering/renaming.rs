//! Resources that get another address in the configuration.

use std::time::Duration;

use acceptance_tests::{Feature, PlanOptions, core_with};

use crate::estate::{Estate, listed};
use crate::judge;

#[test]
fn without_a_moved_block_everything_is_made_anew_in_order() {
    let Some(core) = core_with!(Feature::ReplaceTriggeredBy) else {
        return;
    };
    let mut estate = Estate::on(&core, "referenced");
    estate.apply();
    estate.configure("renamed");
    estate.apply();
    estate.is_settled();
    assert_eq!(estate.names(), ["remote.com"]);
    assert_eq!(estate.keys().len(), 2);
    judge::routes_went_first(&estate.simulator);
    estate.destroy_completely();
}

#[test]
fn a_row_that_changes_hands_in_the_same_run_is_not_said_to_exist_already() {
    let Some(core) = core_with!(Feature::ReplaceTriggeredBy) else {
        return;
    };
    let mut estate = Estate::on(&core, "referenced");
    estate.apply();
    estate.configure("renamed");
    // Slow enough that the old resources have begun to go when the new ones are looked up.
    estate.cluster().set_latency(Duration::from_millis(100));
    let plan = estate.plan(&PlanOptions::new());
    assert_eq!(plan.diagnostics, [], "{}", listed(&plan.diagnostics));
    let diagnostics = estate.apply_saved_plan();
    assert_eq!(diagnostics, [], "{}", listed(&diagnostics));
    estate.cluster().set_latency(Duration::ZERO);
    estate.is_settled();
}

#[test]
fn with_a_moved_block_nothing_changes() {
    let Some(core) = core_with!(Feature::ReplaceTriggeredBy) else {
        return;
    };
    let mut estate = Estate::on(&core, "referenced");
    estate.apply();
    let before = estate.rows();
    estate.configure("moved");
    estate.apply();
    estate.is_settled();
    assert_eq!(estate.rows(), before);
    estate.destroy_completely();
}
