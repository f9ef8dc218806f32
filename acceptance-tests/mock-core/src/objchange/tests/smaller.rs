use super::{list, object};
use crate::objchange::{
    UnknownPath, effective_replace_paths, ignore_changes, set_write_only, strip_write_only,
};
use crate::schema::build::{block, nested, optional, write_only};
use crate::schema::{Block, BlockNesting, ObjectNesting};
use crate::value::{Path, Type, Value};

fn schema() -> Block {
    block([
        ("a", optional(Type::String)),
        ("w", write_only(Type::String)),
    ])
    .with(
        "b",
        BlockNesting::List,
        block([("x", optional(Type::String))]),
    )
}

fn value(a: Value, b: Value) -> Value {
    object([("a", a), ("b", b), ("w", Value::Null)])
}

#[test]
fn only_changed_paths_force_a_replacement() {
    let prior = value("1".into(), list([object([("x", "1".into())])]));
    let planned = value("2".into(), list([object([("x", "1".into())])]));
    let x = Path::attributes("b").index(0).attribute("x");
    let paths = [Path::attributes("a"), x.clone()];
    let effective = effective_replace_paths(&schema(), &paths, &prior, &planned).unwrap();
    assert_eq!(effective, [Path::attributes("a")]);

    let unknown = value("1".into(), list([object([("x", Value::unknown())])]));
    let effective = effective_replace_paths(&schema(), &paths, &prior, &unknown).unwrap();
    assert_eq!(effective, [x]);
}

#[test]
fn write_only_paths_always_count_and_creates_never_do() {
    let prior = value("1".into(), list([]));
    let paths = [Path::attributes("w")];
    assert_eq!(
        effective_replace_paths(&schema(), &paths, &prior, &prior).unwrap(),
        paths
    );
    assert_eq!(
        effective_replace_paths(&schema(), &paths, &Value::Null, &prior).unwrap(),
        []
    );
}

#[test]
fn a_path_that_leads_nowhere_is_the_providers_mistake() {
    let prior = value("1".into(), list([]));
    for path in [
        Path::attributes("nope"),
        Path::attributes("b").index(7),
        Path::attributes("a.b"),
    ] {
        let found = effective_replace_paths(&schema(), std::slice::from_ref(&path), &prior, &prior);
        assert_eq!(found, Err(UnknownPath(path)));
    }
}

#[test]
fn paths_through_a_newly_absent_value_are_compared_with_null() {
    let schema = block([(
        "n",
        nested(ObjectNesting::Single, [("x", optional(Type::String))]),
    )]);
    let prior = object([("n", object([("x", "1".into())]))]);
    let planned = object([("n", Value::Null)]);
    let paths = [Path::attributes("n.x")];
    assert_eq!(
        effective_replace_paths(&schema, &paths, &prior, &planned).unwrap(),
        paths
    );
    let unknown = object([("n", Value::unknown())]);
    assert_eq!(
        effective_replace_paths(&schema, &paths, &prior, &unknown).unwrap(),
        paths
    );
}

#[test]
fn ignored_changes_keep_the_prior_value() {
    let prior = value("old".into(), list([object([("x", "1".into())])]));
    let config = value("new".into(), list([object([("x", "2".into())])]));
    let ignored = ignore_changes(&prior, &config, &[Path::attributes("a")]);
    assert_eq!(
        ignored,
        value("old".into(), list([object([("x", "2".into())])]))
    );
    let x = Path::attributes("b").index(0).attribute("x");
    let ignored = ignore_changes(&prior, &config, &[x]);
    assert_eq!(
        ignored,
        value("new".into(), list([object([("x", "1".into())])]))
    );
    assert_eq!(
        ignore_changes(&Value::Null, &config, &[Path::attributes("a")]),
        config
    );
    assert_eq!(ignore_changes(&prior, &config, &[Path::root()]), prior);
}

#[test]
fn write_only_values_are_found_wherever_they_are() {
    let schema = block([(
        "n",
        nested(ObjectNesting::List, [("w", write_only(Type::String))]),
    )])
    .with(
        "b",
        BlockNesting::Map,
        block([("w", write_only(Type::String))]),
    );
    let secret = || object([("w", "secret".into())]);
    let value = object([
        ("n", list([secret()])),
        ("b", super::map([("k", secret())])),
    ]);
    let found: Vec<String> = set_write_only(&schema, &value)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(found, [".n[0].w", r#".b["k"].w"#]);
    assert_eq!(
        set_write_only(&schema, &strip_write_only(&schema, &value)),
        []
    );
}
