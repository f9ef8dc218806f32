use super::{list, map, object, texts};
use crate::objchange::plan_valid;
use crate::schema::build::{
    block, computed, nested, optional, optional_computed, sensitive, write_only,
};
use crate::schema::{Attribute, Block, BlockNesting, ObjectNesting};
use crate::value::{Refinements, Type, Value};

fn problems(attribute: Attribute, prior: &Value, config: Value, planned: Value) -> Vec<String> {
    let prior = if prior.is_null() {
        Value::Null
    } else {
        object([("a", prior.clone())])
    };
    let (config, planned) = (object([("a", config)]), object([("a", planned)]));
    texts(&plan_valid(
        &block([("a", attribute)]),
        &prior,
        &config,
        &planned,
    ))
}

fn string() -> Type {
    Type::String
}

#[test]
fn configured_values_are_planned_as_they_are() {
    assert_eq!(
        problems(optional(string()), &Value::Null, "x".into(), "x".into()),
        [""; 0]
    );
    assert_eq!(
        problems(optional(string()), &Value::Null, "x".into(), "y".into()),
        [r#".a: planned value cty.StringVal("y") does not match config value cty.StringVal("x")"#]
    );
    assert_eq!(
        problems(optional(string()), &"z".into(), "x".into(), "y".into()),
        [concat!(
            r#".a: planned value cty.StringVal("y") does not match config value "#,
            r#"cty.StringVal("x") nor prior value cty.StringVal("z")"#
        )]
    );
}

#[test]
fn a_prior_value_that_means_the_same_may_be_kept() {
    assert_eq!(
        problems(optional(string()), &"X".into(), "x".into(), "X".into()),
        [""; 0]
    );
    let removed = problems(optional(string()), &"X".into(), Value::Null, "X".into());
    assert_eq!(
        removed,
        [r#".a: planned value cty.StringVal("X") for a non-computed attribute"#]
    );
}

#[test]
fn computed_attributes_are_the_providers() {
    assert_eq!(
        problems(computed(string()), &"1".into(), Value::Null, "2".into()),
        [""; 0]
    );
    assert_eq!(
        problems(
            optional_computed(string()),
            &Value::Null,
            Value::Null,
            Value::unknown()
        ),
        [""; 0]
    );
    let configured = problems(
        optional_computed(string()),
        &Value::Null,
        "x".into(),
        Value::unknown(),
    );
    assert_eq!(
        configured.len(),
        1,
        "a configured value may not be replaced by a computed one"
    );
}

#[test]
fn unknown_values_are_planned_unknown() {
    let unknown = || Value::Unknown(Refinements::not_null());
    assert_eq!(
        problems(
            optional(string()),
            &Value::Null,
            unknown(),
            Value::unknown()
        ),
        [""; 0]
    );
    assert_eq!(
        problems(optional(string()), &Value::Null, unknown(), "x".into()).len(),
        1
    );
}

#[test]
fn sensitive_values_are_not_shown() {
    assert_eq!(
        problems(sensitive(string()), &Value::Null, "x".into(), "y".into()),
        [".a: sensitive planned value does not match config value"]
    );
    assert_eq!(
        problems(sensitive(string()), &"z".into(), "x".into(), "y".into()),
        [".a: sensitive planned value does not match config value nor prior value"]
    );
    assert_eq!(
        problems(sensitive(string()), &Value::Null, Value::Null, "y".into()),
        [".a: sensitive planned value for a non-computed attribute"]
    );
}

#[test]
fn write_only_values_are_planned_null() {
    assert_eq!(
        problems(write_only(string()), &Value::Null, "x".into(), Value::Null),
        [""; 0]
    );
    assert_eq!(
        problems(write_only(string()), &Value::Null, "x".into(), "y".into()).len(),
        1
    );
}

#[test]
fn an_empty_list_is_not_null() {
    let ty = Type::list(Type::String);
    assert_eq!(
        problems(optional(ty.clone()), &Value::Null, Value::Null, list([])).len(),
        1
    );
    assert_eq!(
        problems(optional(ty), &Value::Null, list([]), Value::Null).len(),
        1
    );
}

#[test]
fn presence_must_agree() {
    let schema = block([("a", optional(string()))]);
    let there = object([("a", Value::Null)]);
    assert_eq!(
        texts(&plan_valid(&schema, &Value::Null, &there, &Value::Null)),
        ["planned for absence but config wants existence"]
    );
    assert_eq!(
        texts(&plan_valid(&schema, &Value::Null, &Value::Null, &there)),
        ["planned for existence but config wants absence"]
    );
}

fn inner(a: Value, id: Value) -> Value {
    object([("a", a), ("id", id)])
}

fn nested_problems(nesting: ObjectNesting, config: Value, planned: Value) -> Vec<String> {
    let attributes = [("a", optional(string())), ("id", computed(string()))];
    problems(nested(nesting, attributes), &Value::Null, config, planned)
}

#[test]
fn nested_attributes_are_compared_inside() {
    let config = || inner("x".into(), Value::Null);
    let good = inner("x".into(), Value::unknown());
    let bad = inner("y".into(), Value::unknown());
    let single = ObjectNesting::Single;
    assert_eq!(nested_problems(single, config(), good.clone()), [""; 0]);
    let found = nested_problems(single, config(), bad.clone());
    assert!(found[0].starts_with(".a.a: planned value"), "{found:?}");
    let found = nested_problems(single, config(), Value::Null);
    assert_eq!(
        found,
        [".a: planned for absence but config wants existence"]
    );
    let found = nested_problems(single, config(), Value::unknown());
    assert_eq!(found, [".a: planned unknown for configured value"]);

    let found = nested_problems(ObjectNesting::List, list([config()]), list([bad.clone()]));
    assert!(found[0].starts_with(".a[0].a: planned value"), "{found:?}");
    let found = nested_problems(ObjectNesting::List, list([config()]), list([]));
    assert_eq!(
        found,
        [".a: count in plan (0) disagrees with count in config (1)"]
    );

    let found = nested_problems(
        ObjectNesting::Map,
        map([("k", config())]),
        map([("l", good.clone())]),
    );
    assert_eq!(
        found.len(),
        2,
        "one key vanished and one appeared: {found:?}"
    );
    let found = nested_problems(
        ObjectNesting::Map,
        map([("k", config())]),
        map([("k", bad.clone())]),
    );
    assert!(
        found[0].starts_with(r#".a["k"].a: planned value"#),
        "{found:?}"
    );

    let set = ObjectNesting::Set;
    assert_eq!(
        nested_problems(set, Value::set([config()]), Value::set([bad])),
        [""; 0]
    );
    assert_eq!(
        nested_problems(set, Value::set([config()]), Value::set([])).len(),
        1
    );
}

fn block_problems(nesting: BlockNesting, config: Value, planned: Value) -> Vec<String> {
    let content = block([("a", optional(string())), ("id", computed(string()))]);
    let schema = Block::default().with("b", nesting, content);
    texts(&plan_valid(
        &schema,
        &Value::Null,
        &object([("b", config)]),
        &object([("b", planned)]),
    ))
}

#[test]
fn blocks_keep_their_number_and_their_content() {
    let config = || inner("x".into(), Value::Null);
    let good = || inner("x".into(), "1".into());
    assert_eq!(
        block_problems(BlockNesting::List, list([config()]), list([good()])),
        [""; 0]
    );
    assert_eq!(
        block_problems(BlockNesting::List, list([config()]), list([good(), good()])),
        [".b: block count in plan (2) disagrees with count in config (1)"]
    );
    assert!(
        block_problems(BlockNesting::List, list([]), Value::Null)[0]
            .contains("must be empty to indicate no blocks, not null")
    );
    assert!(
        block_problems(
            BlockNesting::Set,
            Value::set([config()]),
            Value::set([Value::unknown()])
        )[0]
        .contains("element representing nested block must not be unknown itself")
    );
    assert!(
        block_problems(
            BlockNesting::List,
            list([config()]),
            list([Value::unknown()])
        )[0]
        .contains("element representing nested block must not be unknown itself")
    );
    let found = block_problems(
        BlockNesting::Map,
        map([("k", config())]),
        map([("l", good())]),
    );
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(
        block_problems(BlockNesting::Single, Value::Null, good()),
        [".b: planned for existence but config wants absence"]
    );
}

#[test]
fn unknown_dynamic_blocks_come_back_unchanged() {
    assert_eq!(
        block_problems(BlockNesting::List, Value::unknown(), Value::unknown()),
        [""; 0]
    );
    assert!(
        block_problems(BlockNesting::List, Value::unknown(), list([]))[0]
            .contains("for unknown dynamic block")
    );
    assert!(
        block_problems(BlockNesting::List, list([]), Value::unknown())[0]
            .contains("attribute representing nested block must not be unknown itself")
    );
}
