//! That the table is well formed.

use std::collections::BTreeSet;

use super::*;

#[test]
fn codes_and_names_are_unique_and_the_codes_ascend() {
    let codes: Vec<&str> = Rule::all().map(|rule| rule.code).collect();
    assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
    let names: BTreeSet<&str> = Rule::all().map(|rule| rule.name).collect();
    assert_eq!(names.len(), codes.len());
    // A code is never given up: whoever removes or renumbers a rule breaks configurations that name it.
    let hundreds = |digit: &str| {
        codes
            .iter()
            .filter(|code| code.starts_with(&format!("IMP{digit}")))
            .count()
    };
    assert_eq!((hundreds("1"), hundreds("2"), hundreds("3")), (6, 11, 12));
}

#[test]
fn every_rule_is_well_formed() {
    for rule in Rule::all() {
        let digits = rule.code.strip_prefix("IMP").unwrap_or_default();
        assert!(
            digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()),
            "{}",
            rule.code
        );
        let words = rule.name.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        assert!(words, "{}", rule.name);
        assert!(
            !rule.title.ends_with('.') && !rule.title.contains('\n'),
            "{}",
            rule.title
        );
        for text in [rule.explanation, rule.remedy] {
            assert!(text.ends_with('.') && text.trim() == text, "{text}");
            assert!(
                !text.contains("  "),
                "a line was joined with spaces: {text}"
            );
            assert!(text.matches('`').count() % 2 == 0, "{text}");
        }
        if let Some(example) = rule.example {
            assert_eq!(
                example.matches('{').count(),
                example.matches('}').count(),
                "{example}"
            );
        }
    }
}

#[test]
fn rules_from_a_whole_plan_are_for_the_review_alone() {
    for rule in Rule::all() {
        let of_review = rule.code.starts_with("IMP3");
        assert_eq!(rule.told == Told::Review, of_review, "{}", rule.code);
    }
}

#[test]
fn a_rule_is_found_by_its_code_in_any_case() {
    assert_eq!(Rule::by_code("imp103"), Some(&LOAD_BALANCER_NEXT_HOP));
    assert_eq!(Rule::by_code("IMP999"), None);
    assert_eq!(Rule::by_code(""), None);
}

#[test]
fn a_rule_leads_to_its_page() {
    let rule = LOAD_BALANCER_NEXT_HOP;
    assert_eq!(rule.page(), "rule-imp103");
    assert!(rule.url().starts_with("https://"));
    assert!(rule.url().ends_with("/docs/guides/rule-imp103"));
    assert_eq!(
        rule.heading("The next hop is a load balancer"),
        "The next hop is a load balancer [IMP103]"
    );
}
