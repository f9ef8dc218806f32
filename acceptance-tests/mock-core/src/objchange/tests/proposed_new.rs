use super::{list, map, object};
use crate::objchange::proposed_new;
use crate::schema::build::{block, computed, nested, optional, optional_computed};
use crate::schema::{Block, BlockNesting, ObjectNesting};
use crate::value::{Type, Value};

fn simple() -> Block {
    block([
        ("id", computed(Type::String)),
        ("n", optional(Type::String)),
        ("oc", optional_computed(Type::String)),
    ])
}

#[test]
fn a_create_leaves_computed_attributes_null() {
    let config = object([("id", Value::Null), ("n", "x".into()), ("oc", Value::Null)]);
    assert_eq!(proposed_new(&simple(), &Value::Null, &config), config);
}

#[test]
fn the_create_proposal_captured_from_terraform() {
    let schema = block([
        ("c", computed(Type::String)),
        ("id", computed(Type::String)),
        ("n", optional(Type::Number)),
        (
            "nest",
            nested(
                ObjectNesting::List,
                [("a", optional(Type::String)), ("b", computed(Type::String))],
            ),
        ),
        ("tags", optional(Type::set(Type::String))),
    ])
    .with(
        "blk",
        BlockNesting::List,
        block([("x", optional(Type::String)), ("y", computed(Type::String))]),
    )
    .with(
        "timeouts",
        BlockNesting::Single,
        block([("create", optional(Type::String))]),
    );
    let proposal = object([
        (
            "blk",
            list([object([("x", "1".into()), ("y", Value::Null)])]),
        ),
        ("c", Value::Null),
        ("id", Value::Null),
        ("n", Value::Number("0.1".parse().unwrap())),
        (
            "nest",
            list([object([("a", "q".into()), ("b", Value::Null)])]),
        ),
        ("tags", Value::set(["a".into(), "b".into()])),
        ("timeouts", Value::Null),
    ]);
    assert_eq!(proposed_new(&schema, &Value::Null, &proposal), proposal);
}

#[test]
fn an_update_keeps_what_was_computed_and_takes_what_is_configured() {
    let prior = object([("id", "7".into()), ("n", "x".into()), ("oc", "old".into())]);
    let config = object([("id", Value::Null), ("n", "y".into()), ("oc", Value::Null)]);
    let expected = object([("id", "7".into()), ("n", "y".into()), ("oc", "old".into())]);
    assert_eq!(proposed_new(&simple(), &prior, &config), expected);
}

#[test]
fn a_removed_optional_attribute_is_removed() {
    let prior = object([("id", "7".into()), ("n", "x".into()), ("oc", Value::Null)]);
    let config = object([
        ("id", Value::Null),
        ("n", Value::Null),
        ("oc", Value::unknown()),
    ]);
    let expected = object([
        ("id", "7".into()),
        ("n", Value::Null),
        ("oc", Value::unknown()),
    ]);
    assert_eq!(proposed_new(&simple(), &prior, &config), expected);
}

#[test]
fn nothing_and_nothing_is_nothing() {
    assert_eq!(
        proposed_new(&simple(), &Value::Null, &Value::Null),
        Value::Null
    );
}

#[test]
fn removed_nested_values_are_inferred_from_what_no_provider_could_compute() {
    let attribute = |inner| {
        let mut attribute = nested(
            ObjectNesting::Single,
            [("a", inner), ("b", computed(Type::String))],
        );
        attribute.computed = true;
        block([("nest", attribute)])
    };
    let prior = object([("nest", object([("a", "x".into()), ("b", "y".into())]))]);
    let config = object([("nest", Value::Null)]);
    let configured = attribute(optional(Type::String));
    assert_eq!(proposed_new(&configured, &prior, &config), config);
    let only_computed = attribute(optional_computed(Type::String));
    assert_eq!(proposed_new(&only_computed, &prior, &config), prior);
}

fn element(key: &str, id: &str) -> Value {
    let id = if id.is_empty() {
        Value::Null
    } else {
        id.into()
    };
    object([("id", id), ("key", key.into())])
}

fn inner() -> Block {
    block([
        ("id", computed(Type::String)),
        ("key", optional(Type::String)),
    ])
}

#[test]
fn list_blocks_merge_by_index() {
    let schema = Block::default().with("b", BlockNesting::List, inner());
    let prior = object([("b", list([element("a", "1")]))]);
    let config = object([("b", list([element("x", ""), element("y", "")]))]);
    let expected = object([("b", list([element("x", "1"), element("y", "")]))]);
    assert_eq!(proposed_new(&schema, &prior, &config), expected);
}

#[test]
fn map_blocks_and_nested_maps_merge_by_key() {
    let blocks = Block::default().with("b", BlockNesting::Map, inner());
    let attribute = nested(
        ObjectNesting::Map,
        [
            ("id", computed(Type::String)),
            ("key", optional(Type::String)),
        ],
    );
    for schema in [blocks, block([("b", attribute)])] {
        let prior = object([(
            "b",
            map([("p", element("a", "1")), ("q", element("b", "2"))]),
        )]);
        let config = object([("b", map([("q", element("c", "")), ("r", element("d", ""))]))]);
        let expected = object([(
            "b",
            map([("q", element("c", "2")), ("r", element("d", ""))]),
        )]);
        assert_eq!(proposed_new(&schema, &prior, &config), expected);
    }
}

#[test]
fn set_elements_find_the_prior_element_they_could_come_from() {
    let blocks = Block::default().with("b", BlockNesting::Set, inner());
    let attribute = nested(
        ObjectNesting::Set,
        [
            ("id", computed(Type::String)),
            ("key", optional(Type::String)),
        ],
    );
    for schema in [blocks, block([("b", attribute)])] {
        let prior = object([("b", Value::set([element("a", "1"), element("b", "2")]))]);
        let config = object([("b", Value::set([element("b", ""), element("new", "")]))]);
        let expected = object([("b", Value::set([element("b", "2"), element("new", "")]))]);
        assert_eq!(proposed_new(&schema, &prior, &config), expected);
    }
}

#[test]
fn unknown_blocks_stay_unknown() {
    let schema = Block::default().with("b", BlockNesting::List, inner());
    let prior = object([("b", list([element("a", "1")]))]);
    let config = object([("b", Value::unknown())]);
    assert_eq!(proposed_new(&schema, &prior, &config), config);
}

#[test]
fn single_and_group_blocks_recurse() {
    for nesting in [BlockNesting::Single, BlockNesting::Group] {
        let schema = Block::default().with("b", nesting, inner());
        let prior = object([("b", element("a", "1"))]);
        let config = object([("b", element("z", ""))]);
        let expected = object([("b", element("z", "1"))]);
        assert_eq!(proposed_new(&schema, &prior, &config), expected);
    }
    let single = Block::default().with("b", BlockNesting::Single, inner());
    let removed = object([("b", Value::Null)]);
    assert_eq!(
        proposed_new(&single, &object([("b", element("a", "1"))]), &removed),
        removed
    );
}
