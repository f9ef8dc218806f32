//! Plans made by real Terraforms, and what a review must find in them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_push_string,
    reason = "a test stops where anything is not as it should be"
)]

mod altered;
mod expected;
mod malformed;
mod plans;
mod sarif;

use imp_review::{Options, Plan, Review, Unreadable, report};
use serde_json::{Value, json};

use plans::{Case, cases};

#[test]
fn what_is_found_is_what_a_person_expects() {
    let cases = cases();
    assert!(cases.len() >= 40, "there are {} plans", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let found = expected::of(&case.review());
        if found != case.expected() {
            wrong.push(format!("{}: {found:#}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_found_in_clean_plans() {
    let clean: Vec<Case> = cases()
        .into_iter()
        .filter(|case| case.name.starts_with("clean-"))
        .collect();
    assert!(clean.len() >= 10);
    for case in clean {
        let review = case.review();
        assert!(
            review.findings.is_empty() && review.silenced.is_empty(),
            "{}: {:#?}",
            case.name,
            review.findings
        );
    }
}

#[test]
fn the_range_of_terraform_is_there_from_end_to_end() {
    let versions: Vec<String> = cases()
        .iter()
        .filter_map(|case| case.plan().terraform_version)
        .collect();
    for (version, least) in [("1.0.3", 5), ("1.15.5", 5)] {
        let made = versions.iter().filter(|found| *found == version);
        assert!(made.count() >= least, "{version}");
    }
    for minor in [6, 8, 9, 10, 12, 13, 14] {
        let is_of = |found: &&String| found.starts_with(&format!("1.{minor}."));
        assert!(versions.iter().any(|found| is_of(&found)), "1.{minor}");
    }
}

#[test]
fn what_is_sensitive_is_in_no_report() {
    let case = Case::named("clean-sensitive");
    assert!(case.text().contains("10.99.0."));
    let review = case.review();
    for text in [
        report::text(&review, true),
        report::markdown(&review),
        report::json(&review).to_string(),
        report::sarif(&review, "main.tf").to_string(),
    ] {
        assert!(!text.contains("10.99.0."), "{text}");
    }
}

#[test]
fn findings_rest_on_no_configuration_that_is_not_there() {
    for case in cases() {
        let mut plan: Value = serde_json::from_str(&case.text()).unwrap();
        plan["configuration"] = json!({});
        let plan = Plan::read(plan.to_string().as_bytes()).unwrap();
        let review = Review::of(&plan, &Options::default());
        let from_configuration = ["IMP103", "IMP311"];
        assert!(
            !review
                .findings
                .iter()
                .any(|finding| from_configuration.contains(&finding.rule.code)),
            "{}",
            case.name
        );
    }
}

#[test]
fn ignored_rules_do_not_count() {
    let case = Case::named("every-cluster");
    let options = Options {
        ignored: vec!["imp310".to_owned()],
    };
    let review = Review::of(&case.plan(), &options);
    assert_eq!(review.gravest(), None);
    assert_eq!(review.silenced.len(), 1);
    assert!(report::text(&review, false).contains("[IMP310]: by --ignore"));
}

#[test]
fn windows_writes_redirected_output_as_utf_16() {
    let case = Case::named("no-primary");
    let units = case.text().encode_utf16().collect::<Vec<u16>>();
    let little: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(units.iter().flat_map(|unit| unit.to_le_bytes()))
        .collect();
    let big: Vec<u8> = [0xfe, 0xff]
        .into_iter()
        .chain(units.iter().flat_map(|unit| unit.to_be_bytes()))
        .collect();
    for bytes in [little, big] {
        let review = Review::of(&Plan::read(&bytes).unwrap(), &Options::default());
        assert_eq!(review.findings.len(), 1);
    }
}

#[test]
fn a_minor_version_may_add_what_it_likes_and_a_major_one_is_refused() {
    let text = Case::named("no-primary").text();
    let mut plan: Value = serde_json::from_str(&text).unwrap();
    plan["format_version"] = json!("1.99");
    plan["something_new"] = json!([{ "a": 1 }]);
    plan["resource_changes"][0]["something_new"] = json!(null);
    assert!(Plan::read(plan.to_string().as_bytes()).is_ok());
    plan["format_version"] = json!("2.0");
    assert_eq!(
        Plan::read(plan.to_string().as_bytes()).unwrap_err(),
        Unreadable::FutureFormat("2.0".to_owned())
    );
}

/// Not a comparison word by word: what must be there, and in which order.
#[test]
fn what_hurts_most_comes_first() {
    let review = Case::named("window-domain-replaced").review();
    for text in [report::text(&review, false), report::markdown(&review)] {
        let place = |part: &str| {
            let text = text.to_lowercase();
            text.find(part).unwrap_or_else(|| panic!("{part}: {text}"))
        };
        let places = ["outage", "restart", "has to be restarted"].map(place);
        assert!(places.is_sorted(), "{text}");
    }
    assert!(!report::text(&review, false).contains('\x1b'));
    assert!(report::text(&review, true).contains('\x1b'));
}
