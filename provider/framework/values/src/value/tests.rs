use super::*;
use crate::Path;

fn set(elements: impl IntoIterator<Item = Value>) -> Value {
    Value::Set(elements.into_iter().collect())
}

#[test]
fn sets_are_equal_in_any_order_and_lists_are_not() {
    assert_eq!(
        set(["a".into(), "b".into(), "a".into()]),
        set(["b".into(), "a".into()])
    );
    assert_ne!(set(["a".into()]), set(["a".into(), "b".into()]));
    assert_ne!(
        Value::List(vec!["a".into(), "b".into()]),
        Value::List(vec!["b".into(), "a".into()])
    );
    let nested = |inner: [&str; 2]| set([set(inner.map(Value::from)), set([])]);
    assert_eq!(nested(["x", "y"]), nested(["y", "x"]));
    assert_ne!(nested(["x", "y"]), nested(["y", "z"]));
}

#[test]
fn unknown_elements_of_a_set_each_count() {
    let unknown = Value::unknown;
    assert_ne!(set([unknown()]), set([unknown(), unknown()]));
    assert_eq!(set([unknown(), "a".into()]), set(["a".into(), unknown()]));
}

#[test]
fn refinements_are_compared_unless_they_are_to_be_ignored() {
    let refined = Value::Unknown(Refinements::none().not_null());
    assert_ne!(refined, Value::unknown());
    assert!(refined.equals_ignoring_refinements(&Value::unknown()));
    assert!(!refined.equals_ignoring_refinements(&Value::Null));
    let around = |value: &Value| Value::object([("a", value.clone())]);
    assert!(around(&refined).equals_ignoring_refinements(&around(&Value::unknown())));
}

#[test]
fn strings_are_equal_by_their_normal_form() {
    let decomposed = Value::String("cafe\u{301}".into());
    assert_eq!(decomposed, Value::from("caf\u{e9}"));
    assert_eq!(Value::from("cafe\u{301}").as_str(), Some("caf\u{e9}"));
}

#[test]
fn null_empty_and_unknown_are_three_things() {
    let values = [
        Value::Null,
        Value::List(vec![]),
        Value::unknown(),
        "".into(),
    ];
    for (position, value) in values.iter().enumerate() {
        assert!(!values[..position].contains(value));
    }
}

#[test]
fn paths_lead_into_a_value_and_never_out_of_it() {
    let mut value = Value::object([
        ("hops", Value::List(vec!["one".into(), Value::unknown()])),
        ("names", Value::map([("k", Value::from(1))])),
        ("tags", set(["t".into()])),
        (
            "any",
            Value::dynamic(
                Type::object([("x", Type::Bool)]),
                Value::object([("x", true.into())]),
            ),
        ),
    ]);
    let hop = |index| Path::from("hops").index(index);
    assert_eq!(value.get(&hop(0)), Some(&"one".into()));
    assert!(value.get(&hop(1)).unwrap().is_unknown());
    assert_eq!(value.get(&hop(2)), None);
    assert_eq!(value.get(&hop(-1)), None);
    assert_eq!(value.get(&Path::from("names").key("k")), Some(&1.into()));
    assert_eq!(value.get(&Path::from("names").attribute("k")), None);
    assert_eq!(value.get(&Path::from("tags").index(0)), None);
    assert_eq!(
        value.get(&Path::from("any").attribute("x")),
        Some(&true.into())
    );
    assert_eq!(value.get(&Path::root()), Some(&value));
    assert!(!value.is_wholly_known());
    *value.get_mut(&hop(1)).unwrap() = "two".into();
    assert!(value.is_wholly_known());
}

#[test]
fn a_typed_null_is_null_and_a_typed_unknown_unknown() {
    assert!(Value::dynamic(Type::String, Value::Null).is_null());
    assert!(Value::dynamic(Type::String, Value::unknown()).is_unknown());
    assert_eq!(Value::dynamic(Type::String, "a".into()).as_str(), Some("a"));
    assert_ne!(
        Value::dynamic(Type::list(Type::String), Value::List(vec![])),
        Value::dynamic(Type::list(Type::Number), Value::List(vec![]))
    );
}

#[test]
fn a_value_stays_small() {
    assert!(size_of::<Value>() <= 32);
}
