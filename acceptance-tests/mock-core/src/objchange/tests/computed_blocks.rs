//! Blocks that the provider fills in, by the cases of Terraform 1.16.

use super::{list, map, object, texts};
use crate::objchange::{compatible, plan_valid, prepare_computed_blocks, proposed_new};
use crate::schema::build::{block, computed, optional, optional_computed};
use crate::schema::{Block, BlockNesting};
use crate::value::{Type, Value};

fn ports() -> Block {
    Block {
        computed: true,
        ..block([
            ("name", optional_computed(Type::String)),
            ("number", computed(Type::Number)),
        ])
    }
}

fn schema(nesting: BlockNesting) -> Block {
    block([("a", optional(Type::String))]).with("b", nesting, ports())
}

fn with(b: Value) -> Value {
    object([("a", "x".into()), ("b", b)])
}

fn port(name: &str) -> Value {
    object([("name", name.into()), ("number", 1.into())])
}

fn every_nesting() -> [(BlockNesting, Value, Value); 4] {
    [
        (BlockNesting::Single, Value::Null, port("p")),
        (BlockNesting::List, list([]), list([port("p")])),
        (BlockNesting::Set, Value::set([]), Value::set([port("p")])),
        (BlockNesting::Map, map([]), map([("k", port("p"))])),
    ]
}

#[test]
fn what_is_not_configured_is_null_on_the_way_to_a_plan() {
    for (nesting, none, some) in every_nesting() {
        let schema = schema(nesting);
        let prepared = prepare_computed_blocks(&schema, &with(none));
        assert_eq!(prepared, with(Value::Null), "{nesting:?}");
        for configured in [some, Value::unknown()] {
            let config = with(configured);
            assert_eq!(prepare_computed_blocks(&schema, &config), config);
        }
    }
    let plain = Block {
        computed: false,
        ..ports()
    };
    let schema = Block::default().with("b", BlockNesting::List, plain);
    let config = object([("b", list([]))]);
    assert_eq!(prepare_computed_blocks(&schema, &config), config);
}

#[test]
fn blocks_inside_configured_blocks_are_prepared_too() {
    let outer = block([("n", optional(Type::String))]).with("in", BlockNesting::List, ports());
    for nesting in [BlockNesting::List, BlockNesting::Set, BlockNesting::Map] {
        let schema = Block::default().with("out", nesting, outer.clone());
        let element = |inner| object([("n", "x".into()), ("in", inner)]);
        let whole = |inner| match nesting {
            BlockNesting::List => object([("out", list([element(inner)]))]),
            BlockNesting::Set => object([("out", Value::set([element(inner)]))]),
            _ => object([("out", map([("k", element(inner))]))]),
        };
        let prepared = prepare_computed_blocks(&schema, &whole(list([])));
        assert_eq!(prepared, whole(Value::Null), "{nesting:?}");
    }
}

#[test]
fn a_proposal_leaves_to_the_provider_what_is_not_configured() {
    for (nesting, _, some) in every_nesting() {
        let schema = schema(nesting);
        let config = with(Value::Null);
        for prior in [Value::Null, with(some.clone())] {
            let proposed = proposed_new(&schema, &prior, &config);
            assert_eq!(proposed, config, "{nesting:?}");
        }
    }
}

#[test]
fn anything_but_null_may_be_planned_where_nothing_is_configured() {
    for (nesting, none, some) in every_nesting() {
        let schema = schema(nesting);
        let problems = |planned| {
            let (config, planned) = (with(Value::Null), with(planned));
            texts(&plan_valid(&schema, &Value::Null, &config, &planned))
        };
        for planned in [none, some, Value::unknown()] {
            assert_eq!(problems(planned), [""; 0], "{nesting:?}");
        }
        if nesting != BlockNesting::Single {
            let found = problems(Value::Null);
            assert!(found[0].contains("must be empty to indicate no blocks, not null"));
        }
    }
}

#[test]
fn configured_blocks_are_planned_as_they_are() {
    let schema = schema(BlockNesting::List);
    let configured = || object([("name", "p".into()), ("number", Value::Null)]);
    let problems = |planned| {
        let (config, planned) = (with(list([configured()])), with(planned));
        texts(&plan_valid(&schema, &Value::Null, &config, &planned))
    };
    assert_eq!(problems(list([port("p")])), [""; 0]);
    assert_eq!(problems(list([])).len(), 1);
    assert_eq!(problems(Value::unknown()).len(), 1);
    assert_eq!(problems(list([port("q")])).len(), 1);
}

#[test]
fn unknown_blocks_become_any_and_known_ones_stay() {
    for (nesting, none, some) in every_nesting() {
        let schema = schema(nesting);
        let problems = |planned, actual| texts(&compatible(&schema, &with(planned), &with(actual)));
        for actual in [none.clone(), some.clone()] {
            assert_eq!(problems(Value::unknown(), actual), [""; 0], "{nesting:?}");
        }
        assert_ne!(problems(none, some.clone()), [""; 0], "{nesting:?}");
        if nesting != BlockNesting::Single {
            for planned in [Value::unknown(), some] {
                let found = problems(planned, Value::Null);
                assert_eq!(found, [".b: null block value after apply"]);
            }
        }
    }
}
