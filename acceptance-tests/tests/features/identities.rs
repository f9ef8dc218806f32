//! `import { identity = { … } }`: both resources by what makes them unique.

use acceptance_tests::{Action, Feature, PlanOptions, core_with};
use serde_json::{Value, json};

use crate::data_sources::furnished;
use crate::site::{Site, says};

#[test]
fn both_resources_are_imported_by_what_makes_them_unique() {
    let Some(terraform) = core_with!(Feature::ResourceIdentity) else {
        return;
    };
    let mut site = Site::new(&terraform, furnished(), "identity");
    let plan = site.workspace.plan(&PlanOptions::new()).unwrap();
    let plan = plan.unwrap_or_else(|errors| panic!("{errors:?}"));
    let changes: Vec<_> = plan.resource_changes().collect();
    assert_eq!(changes.len(), 3);
    for change in changes {
        assert!(change.is_import(), "{}", change.address());
        assert_eq!(change.action(), Action::NoOp, "{}", change.address());
    }
    assert_eq!(site.workspace.apply_saved_plan().unwrap(), []);
    let plan = site.workspace.plan(&PlanOptions::new()).unwrap().unwrap();
    assert!(plan.is_empty);
    site.practice.is_untouched().unwrap();

    let state: Value = serde_json::from_str(&site.workspace.state_text()).unwrap();
    let resources = state["resources"].as_array().unwrap();
    let backup = resources
        .iter()
        .find(|resource| resource["name"] == "backup")
        .unwrap();
    let identity = json!({
        "publisher": "emea",
        "destination_pattern": ".com.remote",
        "next_hop": "10.20.0.16",
        "next_hop_port": 5061,
        "protocol": "TLS",
    });
    assert_eq!(backup["instances"][0]["identity"], identity);
}

#[test]
fn an_identity_that_nothing_has_is_an_error() {
    let Some(terraform) = core_with!(Feature::ResourceIdentity) else {
        return;
    };
    let mut site = Site::new(&terraform, furnished(), "identity");
    site.workspace
        .set_variable("next_hop", &json!("10.20.0.99"));
    let text = site.fail(&["plan", "-no-color"]);
    says(&text, "There is no such static route");
    site.practice.is_untouched().unwrap();
}
