//! `import { identity = { … } }`: both resources by what makes them unique.

use acceptance_tests::{Action, Feature, PlanOptions, Practice, core_with};
use serde_json::{Value, json};

use crate::data_sources::furnished;
use crate::site::{Site, says, test_data};

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

#[test]
fn the_identity_of_a_route_is_planned_and_follows_its_update() {
    let Some(terraform) = core_with!(Feature::ResourceIdentity) else {
        return;
    };
    let mut site = Site::new(&terraform, Practice::start(), "lifecycle");
    site.succeed(&["apply", "-no-color", "-auto-approve"]);
    site.workspace
        .use_configuration(&test_data("lifecycle_changed"))
        .unwrap();
    let plan = site.workspace.plan(&PlanOptions::new()).unwrap().unwrap();
    let change = plan.change("imp_static_route.primary").unwrap();
    assert_eq!(change.action(), Action::Update);
    let identity = |next_hop: &str| {
        json!({
            "publisher": "emea",
            "destination_pattern": ".com.remote",
            "next_hop": next_hop,
            "next_hop_port": 5061,
            "protocol": "TLS",
        })
    };
    let planned = plan.json["resource_changes"].as_array().unwrap();
    let planned = planned
        .iter()
        .find(|change| change["address"] == "imp_static_route.primary")
        .unwrap();
    let [before, after] =
        ["before_identity", "after_identity"].map(|name| &planned["change"][name]);
    assert_eq!(*before, identity("10.20.0.15"));
    assert_eq!(*after, identity("10.20.0.17"));
    let errors = site.workspace.apply_saved_plan().unwrap();
    assert!(
        errors.iter().all(|diagnostic| !diagnostic.is_error()),
        "{errors:?}"
    );
    let state: Value = serde_json::from_str(&site.workspace.state_text()).unwrap();
    let resources = state["resources"].as_array().unwrap();
    let route = resources
        .iter()
        .find(|resource| resource["name"] == "primary")
        .unwrap();
    assert_eq!(route["instances"][0]["identity"], identity("10.20.0.17"));
}
