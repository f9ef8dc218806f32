//! What must hold for every schema and value.

use proptest::prelude::*;

use super::{list, object};
use crate::objchange::{compatible, plan_valid, proposed_new};
use crate::schema::build::{block, computed, nested, optional, optional_computed};
use crate::schema::{Block, BlockNesting, ObjectNesting};
use crate::value::{Type, Value, conform};

fn schema() -> Block {
    let inner = || {
        [
            ("id", computed(Type::String)),
            ("x", optional(Type::String)),
        ]
    };
    block([
        ("a", optional(Type::String)),
        ("id", computed(Type::String)),
        ("oc", optional_computed(Type::Number)),
        ("n", nested(ObjectNesting::List, inner())),
        ("s", nested(ObjectNesting::Set, inner())),
    ])
    .with("b", BlockNesting::List, block(inner()))
    .with("t", BlockNesting::Set, block(inner()))
    .with("one", BlockNesting::Single, block(inner()))
}

fn text() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(Value::unknown()),
        "[ab]{1,2}".prop_map(Value::string)
    ]
}

fn known_text() -> impl Strategy<Value = Value> {
    prop_oneof![Just(Value::Null), "[ab]{1,2}".prop_map(Value::string)]
}

fn configs() -> impl Strategy<Value = Value> {
    let element = || {
        text()
            .prop_map(|x| object([("id", Value::Null), ("x", x)]))
            .boxed()
    };
    build(text().boxed(), Just(Value::Null).boxed(), &element)
}

fn states() -> impl Strategy<Value = Value> {
    let element = || {
        (known_text(), known_text())
            .prop_map(|(id, x)| object([("id", id), ("x", x)]))
            .boxed()
    };
    build(known_text().boxed(), known_text().boxed(), &element)
}

fn build(
    a: BoxedStrategy<Value>,
    id: BoxedStrategy<Value>,
    element: &dyn Fn() -> BoxedStrategy<Value>,
) -> impl Strategy<Value = Value> + use<> {
    let elements = || prop::collection::vec(element(), 0..3);
    let single = prop_oneof![Just(Value::Null), element()];
    let oc = prop_oneof![Just(Value::Null), (0_i64..3).prop_map(Value::int)];
    (
        a,
        id,
        oc,
        elements(),
        elements(),
        elements(),
        elements(),
        single,
    )
        .prop_map(|(a, id, oc, n, s, b, t, one)| {
            object([
                ("a", a),
                ("id", id),
                ("oc", oc),
                ("n", Value::List(n)),
                ("s", Value::set(s)),
                ("b", Value::List(b)),
                ("t", Value::set(t)),
                ("one", one),
            ])
        })
}

proptest! {
    #[test]
    fn the_proposal_is_always_a_valid_plan(prior in prop::option::of(states()), config in configs()) {
        let prior = prior.unwrap_or(Value::Null);
        let proposed = proposed_new(&schema(), &prior, &config);
        prop_assert_eq!(conform(&proposed, &schema().implied_type()), Ok(()));
        prop_assert_eq!(plan_valid(&schema(), &prior, &config, &proposed), []);
    }

    #[test]
    fn a_value_is_compatible_with_itself_and_with_less_knowledge(state in states()) {
        prop_assert_eq!(compatible(&schema(), &state, &state), []);
        let forgotten = match &state {
            Value::Object(attributes) => {
                let mut attributes = attributes.clone();
                attributes.insert("a".into(), Value::unknown());
                attributes.insert("n".into(), Value::unknown());
                Value::Object(attributes)
            }
            other => other.clone(),
        };
        prop_assert_eq!(compatible(&schema(), &forgotten, &state), []);
    }

    #[test]
    fn a_changed_value_is_never_compatible(state in states()) {
        let Value::Object(mut attributes) = state.clone() else { unreachable!() };
        attributes.insert("b".into(), list([object([("id", "new".into()), ("x", "new".into())])]));
        let changed = Value::Object(attributes);
        prop_assert_ne!(compatible(&schema(), &state, &changed), []);
    }
}
