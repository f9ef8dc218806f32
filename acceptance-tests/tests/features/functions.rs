//! `provider::imp::destination_pattern` and `provider::imp::domain_name`, without any publisher.

use acceptance_tests::{Feature, Practice, Terraform, core_with};
use serde_json::{Value, json};

use crate::site::{Site, says};

const APPLY: [&str; 3] = ["apply", "-no-color", "-auto-approve"];

fn site(terraform: &Terraform, folder: &str) -> Site {
    Site::new(terraform, Practice::start(), folder)
}

#[test]
fn each_undoes_the_other_and_unknown_values_wait() {
    let Some(terraform) = core_with!(Feature::ProviderFunctions) else {
        return;
    };
    let mut site = site(&terraform, "functions");
    site.succeed(&["validate", "-no-color"]);
    let plan = site.workspace.plan(&acceptance_tests::PlanOptions::new());
    let plan = plan.unwrap().unwrap();
    let outputs = &plan.json["output_changes"];
    assert_eq!(outputs["pattern"]["after"], ".com.Remote");
    assert_eq!(outputs["domain"]["after"], "remote.com");
    assert_eq!(outputs["later"]["after_unknown"], true);
    site.succeed(&APPLY);
    let outputs = site.run(&["output", "-json"]).stdout;
    let outputs: Value = serde_json::from_str(&outputs).unwrap();
    assert_eq!(outputs["later"]["value"], ".com.later");
    // The same again is no change: a function that answers differently would be an error.
    let plan = site.workspace.plan(&acceptance_tests::PlanOptions::new());
    assert!(plan.unwrap().unwrap().is_empty);
    assert!(site.practice.requests().is_empty());
}

#[test]
fn an_error_stands_at_its_argument() {
    let Some(terraform) = core_with!(Feature::ProviderFunctions) else {
        return;
    };
    let mut site = site(&terraform, "functions");
    for (variable, wrong, said) in [
        ("domain", "remote..com", "\"remote..com\""),
        ("pattern", ".com.remote.*", "is no plain reversed name"),
    ] {
        site.workspace.set_variable(variable, &json!(wrong));
        let text = site.fail(&["plan", "-no-color"]);
        says(&text, said);
        // Terraform says it in its own words, and by the name of the parameter.
        says(&text, &format!("\"{variable}\""));
        let right = if variable == "domain" {
            "remote.com"
        } else {
            ".com.remote"
        };
        site.workspace.set_variable(variable, &json!(right));
    }
}

#[test]
fn null_is_refused() {
    let Some(terraform) = core_with!(Feature::ProviderFunctions) else {
        return;
    };
    let mut site = site(&terraform, "functions_null");
    says(&site.fail(&["plan", "-no-color"]), "must not be null");
}
