//! What is no plan, and plans that somebody has tampered with.

use imp_review::{Options, Plan, Review, Unreadable, report};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::plans::Case;

#[test]
fn each_other_file_is_told_for_what_it_is() {
    let state = json!({ "version": 4, "serial": 1, "lineage": "x", "resources": [] });
    let shown_state =
        json!({ "format_version": "1.0", "terraform_version": "1.5.0", "values": {} });
    let empty_state = json!({ "format_version": "1.0" });
    for state in [state, shown_state, empty_state] {
        assert_eq!(read(&state.to_string()), Unreadable::State);
    }
    assert_eq!(
        Plan::read(b"PK\x03\x04\x14\x00").unwrap_err(),
        Unreadable::Binary
    );
    for text in [
        "",
        "  \n",
        "Terraform will perform",
        "{",
        "{} x",
        "\u{feff}",
    ] {
        assert!(matches!(read(text), Unreadable::NotJson(_)), "{text:?}");
    }
    assert!(matches!(
        Plan::read(b"\xff\xfe\x00\xd8").unwrap_err(),
        Unreadable::NotJson(_)
    ));
    let log = "{\"@level\":\"info\",\"@message\":\"Terraform 1.5.0\"}\n{\"@level\":\"info\"}\n";
    assert_eq!(
        read(log),
        Unreadable::NotAPlan("the log of a command with -json")
    );
    for other in [
        "[]",
        "1",
        "{}",
        "{\"format_version\":\"1.0\",\"provider_schemas\":{}}",
    ] {
        assert!(matches!(read(other), Unreadable::NotAPlan(_)), "{other}");
    }
    let foreign = json!({ "format_version": "1.2", "planned_values": {}, "resource_changes": [
        { "address": "a.b", "mode": "managed", "type": "a", "change": { "actions": ["create"] } },
    ] });
    assert_eq!(read(&foreign.to_string()), Unreadable::NoFederation);
    let deep = format!(
        "{{\"format_version\":\"1.0\",\"configuration\":{}",
        "{\"root_module\":".repeat(10_000)
    );
    assert!(matches!(read(&deep), Unreadable::NotJson(_)));
}

#[test]
fn a_part_that_is_not_as_plans_are_is_named() {
    let mut plan: Value = serde_json::from_str(&Case::named("no-primary").text()).unwrap();
    plan["resource_changes"][0]["change"]["actions"] = json!(["teleport"]);
    assert!(matches!(
        read(&plan.to_string()),
        Unreadable::Malformed { place, problem }
            if place == "imp_sip_federation_domain.remote" && problem.contains("teleport")
    ));
}

#[test]
fn nothing_in_a_plan_reaches_a_terminal_or_a_comment_as_it_is() {
    let text = Case::named("no-primary").text();
    let text = text.replace("remote.com", "\\u001b[2Jremote.com|`<b>@all\\u202e");
    let review = Review::of(&Plan::read(text.as_bytes()).unwrap(), &Options::default());
    let plain = report::text(&review, false);
    assert!(!plain.contains('\x1b') && !plain.contains('\u{202e}'));
    let markdown = report::markdown(&review);
    assert!(!markdown.contains('\x1b') && !markdown.contains("<b>") && !markdown.contains("@all"));
}

fn read(text: &str) -> Unreadable {
    Plan::read(text.as_bytes()).unwrap_err()
}

/// Any JSON, with names that plans have among those of its members.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        "(imp_static_route|imp_sip_federation_domain|managed|create|delete|update|no-op|1\\.[0-9]|emea|TLS|\\.com\\.remote|module\\.a\\[\"x)"
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 6, |inner| {
        let name = "(format_version|resource_changes|planned_values|configuration|root_module|resources|\
                    expressions|references|module_calls|module|prior_state|values|address|type|mode|change|actions|\
                    before|after|after_unknown|publisher|domain_name|provider_config|variables|default|x)";
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(name, inner, 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Reads and reviews, whatever comes of it.
fn review_if_possible(text: &str) {
    if let Ok(plan) = Plan::read(text.as_bytes()) {
        let review = Review::of(&plan, &Options::default());
        let _ = report::text(&review, true);
        let _ = report::markdown(&review);
        let _ = report::json(&review);
        let _ = report::sarif(&review, "main.tf");
    }
}

/// Puts `replacement` in the place of the part with a number, counted in depth.
fn tamper(json: &mut Value, number: &mut usize, replacement: &Value) {
    if *number == 0 {
        *json = replacement.clone();
    }
    *number = number.wrapping_sub(1);
    match json {
        Value::Array(parts) => parts
            .iter_mut()
            .for_each(|part| tamper(part, number, replacement)),
        Value::Object(members) => members
            .values_mut()
            .for_each(|member| tamper(member, number, replacement)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_json_is_too_much(json in any_json()) {
        review_if_possible(&json.to_string());
    }

    #[test]
    fn no_bytes_are_too_much(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Plan::read(&bytes);
    }

    #[test]
    fn no_tampering_is_too_much(
        case in prop::sample::select(vec!["module-two-clusters", "clean-aliases", "clean-count-shifts", "accepted"]),
        place in 0_usize..900,
        replacement in any_json(),
    ) {
        let mut plan: Value = serde_json::from_str(&Case::named(case).text()).unwrap();
        tamper(&mut plan, &mut place.clone(), &replacement);
        review_if_possible(&plan.to_string());
    }
}
