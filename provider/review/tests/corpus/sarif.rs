//! Reports for code scanning, against the schema of OASIS.

use imp_review::report;
use serde_json::Value;

use crate::plans::{Case, cases};

const SCHEMA: &str = include_str!("../../testdata/sarif-schema-2.1.0.json");

#[test]
fn every_report_follows_the_schema() {
    let mut schema: Value = serde_json::from_str(SCHEMA).unwrap();
    // The official pattern for `language`, which no report has, is not a regular expression: it closes a bracket that
    // it never opened.
    for definition in ["run", "toolComponent"] {
        let language =
            schema.pointer_mut(&format!("/definitions/{definition}/properties/language"));
        language.unwrap().as_object_mut().unwrap().remove("pattern");
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    for case in cases() {
        let sarif = report::sarif(&case.review(), "environments/a b/main.tf");
        let errors: Vec<String> = validator
            .iter_errors(&sarif)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", case.name);
    }
    // The validator does see what is wrong.
    let mut wrong = report::sarif(&Case::named("accepted").review(), "main.tf");
    wrong["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn what_was_accepted_is_suppressed_and_what_was_so_is_not_new() {
    let sarif = report::sarif(&Case::named("accepted").review(), "main.tf");
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    assert_eq!(
        results[0].pointer("/suppressions/0/justification").unwrap(),
        "The partner has one edge server."
    );
    let sarif = report::sarif(&Case::named("no-backup-old").review(), "a b.tf");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["baselineState"], "unchanged");
    assert_eq!(result["level"], "note");
    assert_eq!(
        result
            .pointer("/locations/0/physicalLocation/artifactLocation/uri")
            .unwrap(),
        "a%20b.tf"
    );
    let index = result["ruleIndex"].as_u64().unwrap();
    let rule = sarif.pointer(&format!("/runs/0/tool/driver/rules/{index}/id"));
    assert_eq!(rule.unwrap(), "IMP302");
}
