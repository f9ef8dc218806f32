//! Destroying a domain and its routes.

use acceptance_tests::{Feature, PlanOptions, core_with};

use crate::estate::{Estate, says};
use crate::judge;

const PRIMARY: &str = ".com.remote/10.20.0.15:5061/TLS";
const BACKUP: &str = ".com.remote/10.20.0.16:5061/TLS";
const DOMAIN_ALONE: &str = "-target=imp_sip_federation_domain.remote";

#[test]
fn with_references_routes_go_first() {
    let Some(core) = core_with!(Feature::ReplaceTriggeredBy) else {
        return;
    };
    let mut estate = Estate::on(&core, "referenced");
    estate.apply();
    estate.is_settled();
    estate.destroy_completely();
}

#[test]
fn without_references_the_domain_waits_for_its_routes() {
    let mut estate = Estate::new("unreferenced");
    estate.apply();
    estate.is_settled();
    estate.destroy_completely();
    let effects = judge::effects(&estate.simulator);
    assert_eq!(effects.last().unwrap(), "- remote.com");
}

#[test]
fn with_references_one_at_a_time_is_enough() {
    let Some(core) = core_with!(Feature::ReplaceTriggeredBy) else {
        return;
    };
    let mut estate = Estate::on(&core, "referenced");
    estate.parallelism(1);
    estate.apply();
    estate.is_settled();
    estate.destroy_completely();
}

#[test]
fn without_references_one_at_a_time_never_deletes_the_domain_too_early() {
    let mut estate = Estate::new("unreferenced");
    estate.apply();
    estate.parallelism(1);
    // Where Terraform begins with the domain, no route can go meanwhile; they go after the error.
    let errors = estate.destroy();
    if !errors.is_empty() {
        says(
            &errors,
            "Static routes of remote.com must be deleted first",
            &["Nothing was changed", "simply run it again"],
        );
        assert_eq!(estate.names(), ["remote.com"]);
        assert_eq!(estate.destroy(), []);
    }
    estate.is_empty();
    judge::routes_went_first(&estate.simulator);
}

#[test]
fn a_domain_destroyed_alone_is_refused_and_nothing_changes() {
    let mut estate = Estate::new("unreferenced");
    estate.apply();
    let before = estate.rows();
    let effects = judge::effects(&estate.simulator);

    let errors = estate.apply_fails_with(&PlanOptions::new().destroy().argument(DOMAIN_ALONE));

    says(
        &errors,
        "Static routes of remote.com must be deleted first",
        &[
            PRIMARY,
            BACKUP,
            "Nothing was changed",
            "domain = imp_sip_federation_domain.NAME.domain_name",
            "replace_triggered_by = [imp_sip_federation_domain.NAME.pkid]",
            "set `force_destroy = true` on the domain",
        ],
    );
    assert_eq!(estate.rows(), before);
    assert_eq!(judge::effects(&estate.simulator), effects);
    estate.is_settled();
    estate.destroy_completely();
}

#[test]
fn routes_of_a_longer_domain_are_not_waited_for() {
    let mut estate = Estate::new("longer_domain");
    estate.apply();
    let diagnostics = estate.apply_with(&PlanOptions::new().destroy().argument(DOMAIN_ALONE));
    assert_eq!(crate::estate::errors(diagnostics), []);
    assert_eq!(estate.names(), ["sub.remote.com"]);
    estate.destroy_completely();
}
