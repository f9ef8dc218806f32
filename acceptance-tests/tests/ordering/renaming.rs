//! Resources that get another address in the configuration.

use crate::estate::Estate;
use crate::judge;

#[test]
fn without_a_moved_block_everything_is_made_anew_in_order() {
    let mut estate = Estate::new("referenced");
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
fn with_a_moved_block_nothing_changes() {
    let mut estate = Estate::new("referenced");
    estate.apply();
    let before = estate.rows();
    estate.configure("moved");
    estate.apply();
    estate.is_settled();
    assert_eq!(estate.rows(), before);
    estate.destroy_completely();
}
