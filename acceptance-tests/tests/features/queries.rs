//! `terraform query`: what is found, its names, its limit, and the configuration that is written for it.

use acceptance_tests::{Action, Feature, PlanOptions, Terraform, core_with};
use serde_json::Value;

use crate::data_sources::furnished;
use crate::site::{Site, says};

fn site(terraform: &Terraform, folder: &str) -> Site {
    Site::new(terraform, furnished(), folder)
}

/// What a query finds, as the core reports it.
fn found(site: &mut Site) -> Vec<Value> {
    let outcome = site.run(&["query", "-json"]);
    assert!(outcome.success(), "{}", outcome.transcript());
    let lines = outcome.stdout.lines();
    lines
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|line| line.get("list_resource_found").cloned())
        .collect()
}

#[test]
fn everything_is_found_under_a_name_that_a_person_understands() {
    let Some(terraform) = core_with!(Feature::ListResources) else {
        return;
    };
    let mut site = site(&terraform, "lists");
    let found = found(&mut site);
    let names: Vec<&str> = found
        .iter()
        .filter_map(|found| found["display_name"].as_str())
        .collect();
    let expected = [
        "remote.com on apac",
        "other.com on emea",
        "remote.com on emea",
        ".com.remote to 10.20.0.15 by TLS on emea",
        ".com.remote to 10.20.0.16 by TLS on emea",
    ];
    assert_eq!(names.len(), expected.len(), "{names:?}");
    for name in expected {
        assert!(names.contains(&name), "{name} is not among {names:?}");
    }
    let route = found
        .iter()
        .find(|found| found["display_name"] == expected[4])
        .unwrap();
    let identity = serde_json::json!({
        "publisher": "emea",
        "destination_pattern": ".com.remote",
        "next_hop": "10.20.0.16",
        "next_hop_port": 5061,
        "protocol": "TLS",
    });
    assert_eq!(route["identity"], identity);
    site.practice.is_untouched().unwrap();
}

#[test]
fn a_limit_is_kept_and_the_objects_come_along() {
    let Some(terraform) = core_with!(Feature::ListResources) else {
        return;
    };
    let mut site = site(&terraform, "lists_limited");
    let found = found(&mut site);
    assert_eq!(found.len(), 2);
    let object = &found[0]["resource_object"];
    assert_eq!(object["destination_pattern"], ".com.other");
    assert_eq!(object["priority"], 1);
}

#[test]
fn the_written_configuration_imports_and_changes_nothing() {
    let Some(terraform) = core_with!(Feature::ListResources) else {
        return;
    };
    let mut site = site(&terraform, "lists");
    site.succeed(&["query", "-no-color", "-generate-config-out=generated.tf"]);
    let generated = site.workspace.directory().join("generated.tf");
    let generated = std::fs::read_to_string(generated).unwrap();
    // As a person would have written it: no pattern beside the domain, no defaults.
    says(&generated, "\"remote.com\"");
    for unwanted in [
        "5061\n",
        "route_type",
        "weight",
        "allow_less_specific_route",
    ] {
        let resources = generated.split("import {").next().unwrap();
        assert!(!resources.contains(unwanted), "{unwanted} in:\n{generated}");
    }
    let plan = site.workspace.plan(&PlanOptions::new()).unwrap();
    let plan = plan.unwrap_or_else(|errors| panic!("{errors:?}\n{generated}"));
    let changes: Vec<_> = plan.resource_changes().collect();
    assert_eq!(changes.len(), 5);
    for change in changes {
        assert!(change.is_import(), "{}", change.address());
        assert_eq!(
            change.action(),
            Action::NoOp,
            "{}\n{generated}",
            change.address()
        );
    }
    assert_eq!(site.workspace.apply_saved_plan().unwrap(), []);
    let plan = site.workspace.plan(&PlanOptions::new()).unwrap().unwrap();
    assert!(plan.is_empty);
    site.practice.is_untouched().unwrap();
}
