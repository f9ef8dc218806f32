use tfplugin_values::{Path, Value};

use super::combinations::{Presence, exactly_one_of, requires};
use super::{
    Check, Validator, at_least, between, check, each, length_between, not_empty, one_of, parses_as,
    size_at_least, size_at_most, whole_number,
};
use crate::diagnostics::Diagnostics;
use crate::field::Field;

fn problems(validator: &impl Validator, value: &Value, sensitive: bool) -> Vec<String> {
    let mut diagnostics = Diagnostics::new();
    validator.validate(&mut Check {
        value,
        path: &Path::from("a"),
        sensitive,
        diagnostics: &mut diagnostics,
    });
    diagnostics
        .iter()
        .map(|each| {
            format!(
                "{}: {}",
                each.path().cloned().unwrap_or_default(),
                each.detail_text()
            )
        })
        .collect()
}

#[track_caller]
fn accepts(validator: &impl Validator, value: impl Into<Value>) {
    assert_eq!(
        problems(validator, &value.into(), false),
        Vec::<String>::new()
    );
}

#[track_caller]
fn refuses(validator: &impl Validator, value: impl Into<Value>, said: &str) {
    let problems = problems(validator, &value.into(), false);
    assert!(
        problems.len() == 1 && problems[0].contains(said),
        "{problems:?}"
    );
}

#[test]
fn numbers_stay_within_bounds() {
    let port = between(1, 65_535);
    accepts(&port, 1);
    accepts(&port, 65_535);
    refuses(&port, 0, "from 1 to 65535; got 0");
    refuses(&port, Value::Number("1.5".parse().unwrap()), "whole number");
    refuses(&at_least(3), 2, "at least 3");
    refuses(
        &whole_number(),
        Value::Number("1e-3".parse().unwrap()),
        "whole number",
    );
}

#[test]
fn text_is_what_it_must_be() {
    accepts(&one_of(&["TLS", "TCP"]), "TCP");
    refuses(
        &one_of(&["TLS", "TCP"]),
        "tcp",
        "\"TLS\", \"TCP\"; got \"tcp\"",
    );
    accepts(&length_between(1, 2), "\u{e9}\u{e9}");
    refuses(&length_between(1, 2), "abc", "has 3");
    refuses(&not_empty(), "", "must not be empty");
    refuses(
        &parses_as::<std::net::Ipv4Addr>(),
        "1.2.3",
        "Invalid IPv4 address syntax.",
    );
    refuses(&check(|_: &Value| Err::<(), _>("No.")), "x", "No.");
}

#[test]
fn collections_have_the_right_size_and_elements() {
    let list =
        |elements: &[&str]| Value::List(elements.iter().map(|text| Value::from(*text)).collect());
    refuses(&size_at_least(2), list(&["a"]), "at least 2");
    refuses(&size_at_most(1), list(&["a", "b"]), "at most 1");
    let maybe_equal = Value::Set(vec!["a".into(), Value::unknown()]);
    accepts(&size_at_most(1), maybe_equal);
    refuses(&each(not_empty()), list(&["a", ""]), "a[1]: ");
    accepts(
        &each(not_empty()),
        Value::List(vec![Value::Null, Value::unknown()]),
    );
    refuses(
        &each(not_empty()),
        Value::map([("k", Value::from(""))]),
        "a[\"k\"]: ",
    );
}

#[test]
fn a_sensitive_value_is_never_shown() {
    for problem in problems(&one_of(&["a"]), &"hunter2".into(), true) {
        assert!(!problem.contains("hunter2"), "{problem}");
    }
}

#[test]
fn combinations_are_silent_about_what_is_undecided() {
    let (absent, present) = (
        Presence::from(&Field::<bool>::Null),
        Presence::from(&Field::Known(1)),
    );
    let undecided = Presence::from(&Field::<bool>::Unknown);
    let count = |attributes: &[(&str, Presence)]| {
        let mut diagnostics = Diagnostics::new();
        exactly_one_of(attributes, &mut diagnostics);
        diagnostics.len()
    };
    assert_eq!(count(&[("a", absent), ("b", absent)]), 1);
    assert_eq!(count(&[("a", present), ("b", present)]), 1);
    assert_eq!(count(&[("a", present), ("b", absent)]), 0);
    assert_eq!(count(&[("a", undecided), ("b", present)]), 0);
    assert_eq!(count(&[("a", undecided), ("b", absent)]), 0);
    let mut diagnostics = Diagnostics::new();
    requires(("a", present), ("b", undecided), &mut diagnostics);
    assert!(diagnostics.is_empty());
    requires(("a", present), ("b", absent), &mut diagnostics);
    assert!(diagnostics.has_error_at(&Path::from("a")));
}
