//! What `imp_publisher` shows of each node, and what stays unknown.

use acceptance_tests::{PlanOptions, Practice};
use imp_publisher_simulator::DomainRow;
use serde_json::{Map, Value, json};

use crate::site::{Site, detail, listed, words};

const PUBLISHER: &str = "imp-pub.emea.example.com";
const SUBSCRIBER: &str = "imp-sub1.emea.example.com";

/// The nodes that the data source shows, after an apply of nothing but outputs.
fn shown(site: &mut Site) -> Value {
    site.apply();
    let state = site.workspace.state().unwrap();
    state.output("nodes").clone()
}

#[test]
fn each_node_shows_its_rows_and_its_router_and_what_is_unknown_is_null() {
    let emea = Practice::emea_options().with_subscriber();
    let practice = Practice::with([emea, Practice::apac_options()]);
    let addresses: Map<String, Value> = practice
        .emea()
        .nodes()
        .into_iter()
        .map(|(name, _, address)| (name, address.into()))
        .collect();
    let mut site = Site::on(practice, "nodes");
    site.set("node_addresses", addresses.clone());
    let pending = json!({
        "reachable": true, "rows_equal": true, "started": true, "restart_pending": true
    });
    assert_eq!(
        shown(&mut site),
        json!({ PUBLISHER: pending, SUBSCRIBER: pending })
    );
    // The plan itself asks each node under its own name, which leads nowhere here.
    let plan = site.plan(&PlanOptions::new());
    let text = detail(&plan.diagnostics, "IMP211");
    assert!(
        text.contains(&format!("Not restarted since: {PUBLISHER}.")),
        "{text}"
    );
    assert!(
        text.contains(&format!("Not known: {SUBSCRIBER} (")),
        "{text}"
    );

    site.practice.emea().hold_replication(SUBSCRIBER).unwrap();
    let more = DomainRow::named("more.com");
    site.practice.emea().add_domain(&more).unwrap();
    site.restart_router(PUBLISHER);
    let nodes = shown(&mut site);
    assert_eq!(nodes[PUBLISHER]["restart_pending"], false);
    assert_eq!(nodes[PUBLISHER]["rows_equal"], true);
    assert_eq!(nodes[SUBSCRIBER]["restart_pending"], true);
    assert_eq!(nodes[SUBSCRIBER]["rows_equal"], false);

    assert!(site.practice.emea().take_down(SUBSCRIBER));
    let nodes = shown(&mut site);
    assert_eq!(
        nodes[SUBSCRIBER],
        json!({
            "reachable": false, "rows_equal": null, "started": false, "restart_pending": null
        })
    );
    assert_eq!(nodes[PUBLISHER]["restart_pending"], false);
    site.practice.emea().delete_domain("more.com").unwrap();
    site.practice.emea().bring_up(SUBSCRIBER).unwrap();

    // With an address that leads to it, the plan asks it too.
    let mut publishers = site.practice.publishers();
    publishers["emea"]["node_addresses"] = addresses.into();
    site.set("publishers", publishers);
    let plan = site.plan(&PlanOptions::new());
    let text = detail(&plan.diagnostics, "IMP211");
    assert!(
        text.contains(&format!("Not restarted since: {SUBSCRIBER}.")),
        "{text}"
    );
    site.restart_router(SUBSCRIBER);
    let plan = site.plan(&PlanOptions::new());
    assert_eq!(
        words(&plan.diagnostics),
        [],
        "{}",
        listed(&plan.diagnostics)
    );
    site.destroy();
}
