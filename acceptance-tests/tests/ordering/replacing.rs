//! A domain that is replaced under its own name.

use acceptance_tests::{Feature, PlanOptions, core_with};

use crate::estate::{Estate, says};
use crate::judge;

const DOMAIN: &str = "imp_sip_federation_domain.remote";
const ROUTES: [&str; 2] = [
    ".com.remote/10.20.0.15:5061/TLS",
    ".com.remote/10.20.0.16:5061/TLS",
];

/// Applies, and the effects are Cisco's order: routes, domain, domain anew, routes.
fn is_replaced_in_order(estate: &mut Estate, options: &PlanOptions) {
    let before = judge::effects(&estate.simulator).len();
    let diagnostics = estate.apply_with(options);
    assert_eq!(diagnostics, []);
    let effects = &judge::effects(&estate.simulator)[before..];
    let in_either_order = |effects: &[String], sign: &str| {
        let mut effects = effects.to_vec();
        effects.sort();
        assert_eq!(effects, ROUTES.map(|route| format!("{sign} {route}")));
    };
    assert_eq!(effects.len(), 6, "{effects:?}");
    in_either_order(&effects[..2], "-");
    assert_eq!(effects[2..4], ["- remote.com", "+ remote.com"]);
    in_either_order(&effects[4..], "+");
    estate.is_settled();
}

#[test]
fn with_replace_triggered_by_its_routes_are_replaced_around_it() {
    let Some(core) = core_with!(Feature::ReplaceTriggeredBy) else {
        return;
    };
    let mut estate = Estate::on(&core, "referenced");
    estate.apply();
    is_replaced_in_order(
        &mut estate,
        &PlanOptions::new().argument(format!("-replace={DOMAIN}")),
    );
    assert!(estate.workspace.run(["taint", DOMAIN]).unwrap().success());
    is_replaced_in_order(&mut estate, &PlanOptions::new());
    estate.set("direct_federation", false);
    is_replaced_in_order(&mut estate, &PlanOptions::new());
    estate.destroy_completely();
}

#[test]
fn without_it_the_error_prints_it_and_nothing_is_lost() {
    let Some(core) = core_with!(Feature::ReplaceTriggeredBy) else {
        return;
    };
    let mut estate = Estate::on(&core, "unreferenced");
    estate.apply();
    let before = estate.rows();
    let is_refused = |estate: &mut Estate, options: &PlanOptions| {
        says(
            &estate.apply_fails_with(options),
            "Static routes of remote.com must be deleted first",
            &[
                ROUTES[0],
                ROUTES[1],
                "lifecycle { replace_triggered_by = [imp_sip_federation_domain.NAME.pkid] }",
            ],
        );
        assert_eq!(estate.rows(), before);
        assert_eq!(estate.addresses().len(), 3);
    };
    is_refused(
        &mut estate,
        &PlanOptions::new().argument(format!("-replace={DOMAIN}")),
    );
    assert!(estate.workspace.run(["taint", DOMAIN]).unwrap().success());
    is_refused(&mut estate, &PlanOptions::new());
    assert!(estate.workspace.run(["untaint", DOMAIN]).unwrap().success());
    estate.set("direct_federation", false);
    is_refused(&mut estate, &PlanOptions::new());
    // Following the advice leads out of it.
    estate.configure("referenced");
    is_replaced_in_order(&mut estate, &PlanOptions::new());
    estate.destroy_completely();
}
