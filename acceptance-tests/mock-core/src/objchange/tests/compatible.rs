use super::{list, map, object, texts};
use crate::objchange::compatible;
use crate::schema::build::{block, optional, sensitive};
use crate::schema::{Attribute, Block, BlockNesting};
use crate::value::{Refinements, Type, Value};

fn problems(attribute: Attribute, planned: Value, actual: Value) -> Vec<String> {
    let schema = block([("s", attribute)]);
    texts(&compatible(
        &schema,
        &object([("s", planned)]),
        &object([("s", actual)]),
    ))
}

fn string(planned: Value, actual: Value) -> Vec<String> {
    problems(optional(Type::String), planned, actual)
}

#[test]
fn known_values_stay_as_planned() {
    assert_eq!(string("x".into(), "x".into()), [""; 0]);
    assert_eq!(
        string("x".into(), "changed".into()),
        [r#".s: was cty.StringVal("x"), but now cty.StringVal("changed")"#]
    );
    assert_eq!(
        string("x".into(), Value::Null),
        [r#".s: was cty.StringVal("x"), but now null"#]
    );
    assert_eq!(
        string(Value::Null, "x".into()),
        [r#".s: was null, but now cty.StringVal("x")"#]
    );
    assert_eq!(
        string("x".into(), Value::unknown()),
        [".s: was known, but now unknown"]
    );
    assert_eq!(string(Value::Null, Value::Null), [""; 0]);
}

#[test]
fn numbers_are_compared_by_value() {
    let number = |text: &str| Value::Number(text.parse().unwrap());
    let ty = || optional(Type::Number);
    assert_eq!(problems(ty(), number("0.10"), number("0.1")), [""; 0]);
    assert_eq!(
        problems(
            ty(),
            number("1e30"),
            number("1000000000000000019884624838656")
        )
        .len(),
        1
    );
}

#[test]
fn unknown_values_become_anything_their_refinements_allow() {
    assert_eq!(string(Value::unknown(), "x".into()), [""; 0]);
    assert_eq!(string(Value::unknown(), Value::Null), [""; 0]);
    let prefix = Refinements {
        string_prefix: Some("a".into()),
        ..Refinements::not_null()
    };
    assert_eq!(string(Value::Unknown(prefix.clone()), "ab".into()), [""; 0]);
    let found = string(Value::Unknown(prefix), "b".into());
    assert!(
        found[0].contains("does not conform to planning placeholder"),
        "{found:?}"
    );
    let found = string(Value::unknown(), Value::int(1));
    assert!(
        found[0].starts_with(".s: wrong final value type"),
        "{found:?}"
    );
}

#[test]
fn sensitive_differences_are_not_shown() {
    assert_eq!(
        problems(sensitive(Type::String), "x".into(), "y".into()),
        [".s: inconsistent values for sensitive attribute"]
    );
}

#[test]
fn elements_neither_vanish_nor_appear() {
    let ty = || optional(Type::list(Type::String));
    assert_eq!(
        problems(ty(), list(["a".into(), "b".into()]), list(["a".into()])),
        [".s: element 1 has vanished"]
    );
    assert_eq!(
        problems(ty(), list(["a".into()]), list(["a".into(), "b".into()])),
        [".s: new element 1 has appeared"]
    );
    let ty = || optional(Type::map(Type::String));
    let found = problems(ty(), map([("a", "1".into())]), map([("b", "1".into())]));
    assert_eq!(
        found,
        [
            r#".s: element "a" has vanished"#,
            r#".s: new element "b" has appeared"#
        ]
    );
    assert_eq!(
        problems(
            ty(),
            map([("a", Value::unknown())]),
            map([("a", "1".into())])
        ),
        [""; 0]
    );
}

#[test]
fn objects_are_compared_inside() {
    let ty = || optional(Type::object([("x", Type::String)]));
    let found = problems(
        ty(),
        object([("x", "1".into())]),
        object([("x", "2".into())]),
    );
    assert!(found[0].starts_with(".s.x: was"), "{found:?}");
}

#[test]
fn set_elements_must_correlate() {
    let ty = || optional(Type::set(Type::String));
    assert_eq!(
        problems(
            ty(),
            Value::set(["a".into(), Value::unknown()]),
            Value::set(["a".into(), "b".into()])
        ),
        [""; 0]
    );
    assert_eq!(
        problems(
            ty(),
            Value::set(["a".into(), Value::unknown()]),
            Value::set(["a".into()])
        ),
        [""; 0],
        "an unknown element may turn out to be one already there"
    );
    let found = problems(ty(), Value::set(["a".into()]), Value::set(["b".into()]));
    assert_eq!(
        found,
        [
            r#".s: planned set element cty.StringVal("a") does not correlate with any element in actual"#,
            r#".s: actual set element cty.StringVal("b") does not correlate with any element in plan"#,
        ]
    );
    let grown = problems(
        ty(),
        Value::set([Value::unknown()]),
        Value::set(["a".into(), "b".into()]),
    );
    assert_eq!(grown, [".s: length changed from 1 to 2"]);
}

#[test]
fn dynamic_values_keep_a_planned_type() {
    let ty = || optional(Type::Dynamic);
    let of = |ty, value| Value::Dynamic(Box::new((ty, value)));
    assert_eq!(
        problems(ty(), Value::unknown(), of(Type::Bool, true.into())),
        [""; 0]
    );
    assert_eq!(
        problems(
            ty(),
            of(Type::String, Value::unknown()),
            of(Type::String, "x".into())
        ),
        [""; 0]
    );
    let found = problems(
        ty(),
        of(Type::String, "1".into()),
        of(Type::Number, Value::int(1)),
    );
    assert!(
        found[0].starts_with(".s: wrong final value type"),
        "{found:?}"
    );
    assert_eq!(
        problems(ty(), of(Type::String, "1".into()), Value::Null).len(),
        1
    );
    assert_eq!(
        problems(ty(), Value::Null, of(Type::String, "1".into())).len(),
        1
    );
}

#[test]
fn whole_objects_neither_vanish_nor_appear() {
    let schema = block([("s", optional(Type::String))]);
    let there = object([("s", Value::Null)]);
    assert_eq!(
        texts(&compatible(&schema, &Value::Null, &there)),
        ["was absent, but now present"]
    );
    assert_eq!(
        texts(&compatible(&schema, &there, &Value::Null)),
        ["was present, but now absent"]
    );
    assert_eq!(compatible(&schema, &Value::Null, &Value::Null), []);
}

fn blocks(nesting: BlockNesting, planned: Value, actual: Value) -> Vec<String> {
    let schema = Block::default().with("b", nesting, block([("x", optional(Type::String))]));
    texts(&compatible(
        &schema,
        &object([("b", planned)]),
        &object([("b", actual)]),
    ))
}

fn element(x: Value) -> Value {
    object([("x", x)])
}

#[test]
fn blocks_keep_their_number() {
    let one = || list([element("1".into())]);
    assert_eq!(blocks(BlockNesting::List, one(), one()), [""; 0]);
    assert_eq!(
        blocks(BlockNesting::List, one(), list([])),
        [".b: block count changed from 1 to 0"]
    );
    assert_eq!(blocks(BlockNesting::List, Value::unknown(), one()), [""; 0]);
    let changed = blocks(BlockNesting::List, one(), list([element("2".into())]));
    assert!(changed[0].starts_with(".b[0].x: was"), "{changed:?}");
    let found = blocks(
        BlockNesting::Map,
        map([("k", element("1".into()))]),
        map([("l", element("1".into()))]),
    );
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(
        blocks(BlockNesting::Single, Value::unknown(), Value::Null),
        [""; 0]
    );
    assert_eq!(
        blocks(BlockNesting::Single, element("1".into()), Value::Null),
        [".b: was present, but now absent"]
    );
}

#[test]
fn set_blocks_correlate_and_never_grow() {
    let set = |elements: &[Value]| Value::set(elements.iter().cloned().map(element));
    let unknown = set(&[Value::unknown()]);
    assert_eq!(
        blocks(BlockNesting::Set, unknown.clone(), set(&["1".into()])),
        [""; 0]
    );
    let grown = blocks(BlockNesting::Set, unknown, set(&["1".into(), "2".into()]));
    assert_eq!(grown, [".b: block set length changed from 1 to 2"]);
    let other = blocks(BlockNesting::Set, set(&["1".into()]), set(&["2".into()]));
    assert_eq!(other.len(), 2, "{other:?}");
}
