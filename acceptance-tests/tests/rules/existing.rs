//! IMP204 to IMP208: what is there already.

use acceptance_tests::{PlanOptions, Practice};
use imp_publisher_simulator::{DomainRow, RouteRow};
use serde_json::json;

use crate::site::{Site, expected, listed, words, words_but_restarts};

/// Fills a pattern but for some places.
fn fill(practice: &Practice, places: u32) {
    let routes: Vec<RouteRow> = (0..100 - places)
        .map(|number| RouteRow::to(".com.full", &format!("10.40.0.{number}")))
        .collect();
    practice.emea().load(&[], &routes).unwrap();
}

#[test]
fn what_is_in_the_way_is_told_by_a_plan() {
    let practice = Practice::start();
    let emea = practice.emea();
    emea.add_domain(&DomainRow::named("there.com")).unwrap();
    emea.learn_domain("learned.com").unwrap();
    let mut xmpp = DomainRow::named("xmpp.com");
    xmpp.integration_type = "xmpp".to_owned();
    emea.load(&[xmpp], &[]).unwrap();
    emea.add_route(&RouteRow::to(".com.there", "10.20.0.15"))
        .unwrap();
    fill(&practice, 0);
    let mut site = Site::on(practice.clone(), "existing");
    let diagnostics = site.plan_fails();
    let domain = |name: &str| format!("imp_sip_federation_domain.each[{name:?}]");
    assert_eq!(
        words(&diagnostics),
        expected(&[
            ("warning IMP204", &domain("there.com")),
            ("error IMP205", &domain("learned.com")),
            ("error IMP206", &domain("xmpp.com")),
            ("warning IMP207", "imp_static_route.one_too_many"),
            ("warning IMP208", "imp_static_route.there"),
        ]),
        "{}",
        listed(&diagnostics)
    );
    practice.is_untouched().unwrap();
}

#[test]
fn a_full_pattern_is_an_error_at_apply_unless_a_place_becomes_free() {
    let practice = Practice::start();
    fill(&practice, 1);
    let mut site = Site::on(practice, "full");
    site.set("routes", json!(["1"]));
    site.apply();

    // No object is in its own way: neither replaced nor tainted.
    let own = [
        "imp_sip_federation_domain.lone",
        "imp_static_route.full[\"1\"]",
    ];
    let replace = own.iter().fold(PlanOptions::new(), |options, address| {
        options.argument(format!("-replace={address}"))
    });
    let plan = site.plan(&replace);
    assert_eq!(words_but_restarts(&plan.diagnostics), []);
    for address in own {
        let tainted = site.workspace.run(["taint", address]).unwrap();
        assert!(tainted.success(), "{}", tainted.transcript());
    }
    let diagnostics = site.apply();
    assert_eq!(words_but_restarts(&diagnostics), []);

    site.set("routes", json!(["1", "2"]));
    site.plan(&PlanOptions::new());
    let refused = site.workspace.apply_saved_plan().unwrap();
    assert_eq!(
        words_but_restarts(&refused),
        // An apply plans again before it creates.
        expected(&[
            ("error IMP207", "imp_static_route.full[\"2\"]"),
            ("warning IMP207", "imp_static_route.full[\"2\"]"),
        ]),
        "{}",
        listed(&refused)
    );

    // The one gives its place to the other.
    site.set("routes", json!(["2"]));
    site.apply();
    let routes = site.practice.emea().routes().unwrap();
    assert_eq!(routes.len(), 100);
    assert!(routes.iter().any(|route| route.next_hop == "10.30.0.2"));
    site.destroy();
}
