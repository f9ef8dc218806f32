//! IMP211: the restart of Cisco XCP Router after a federated domain was written.

use acceptance_tests::{Diagnostic, PlanOptions};

use crate::site::{Site, detail, listed, words};

const PUBLISHER: &str = "imp-pub.emea.example.com";

fn is_due(diagnostics: &[Diagnostic]) -> bool {
    words(diagnostics)
        .iter()
        .any(|(word, _)| word == "warning IMP211")
}

#[test]
fn each_plan_warns_until_every_node_was_restarted() {
    let mut site = Site::new("restart");
    let applied = site.apply();
    // Once for two domains.
    let text = detail(&applied, "IMP211");
    for part in [
        "restarted on every node of the cluster: imp-pub.emea.example.com.",
        "action \"imp_restart_xcp_router\" \"emea\" { config { publisher = \"emea\" confirm = \"emea\" } }",
        "terraform apply -invoke=action.imp_restart_xcp_router.emea",
    ] {
        assert!(text.contains(part), "{text}");
    }
    for options in [PlanOptions::new(), PlanOptions::new().without_refresh()] {
        let plan = site.plan(&options);
        assert!(plan.is_empty);
        let text = detail(&plan.diagnostics, "IMP211");
        assert!(
            text.contains("Not restarted since: imp-pub.emea.example.com."),
            "{text}"
        );
    }

    site.restart_router(PUBLISHER);
    // What the provider keeps for itself, and routes, need no restart.
    site.set("force_destroy", true);
    site.set("priority", 2);
    let applied = site.apply();
    assert!(!is_due(&applied), "{}", listed(&applied));
    let plan = site.plan(&PlanOptions::new());
    assert!(!is_due(&plan.diagnostics), "{}", listed(&plan.diagnostics));

    site.set("description", "changed");
    assert!(is_due(&site.apply()));
    assert!(is_due(&site.plan(&PlanOptions::new()).diagnostics));

    site.restart_router(PUBLISHER);
    assert!(!is_due(&site.plan(&PlanOptions::new()).diagnostics));
    // Nobody asks the node again about what was seen to be restarted.
    let destroyed = site.destroy();
    let text = detail(&destroyed, "IMP211");
    assert!(text.contains("have changed"), "{text}");
}

#[test]
fn a_domain_that_moves_is_still_due_where_it_was_written() {
    let mut site = Site::new("moving");
    site.apply();
    site.set("publisher", "emea");
    let plan = site.plan(&PlanOptions::new());
    let text = detail(&plan.diagnostics, "IMP211");
    assert!(
        text.starts_with("SIP federated domains of publisher \"apac\" were changed at"),
        "{text}"
    );
    site.destroy();
}
