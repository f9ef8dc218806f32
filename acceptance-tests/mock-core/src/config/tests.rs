use super::{Input, evaluate, null, number, reference, unknown, unknown_not_null};
use crate::schema::build::{block, computed, nested, optional};
use crate::schema::{Attribute, Block, BlockNesting, ObjectNesting};
use crate::value::{Path, PathError, Refinements, Type, Value};

fn nothing(address: &str, _: &Path, path: &Path) -> Result<Input, PathError> {
    Err(PathError::new(path, format!("{address} is not there")))
}

fn good(schema: &Block, input: &Input) -> Value {
    evaluate(schema, input, &nothing).unwrap()
}

fn bad(schema: &Block, input: &Input) -> Vec<String> {
    evaluate(schema, input, &nothing)
        .unwrap_err()
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn required(ty: Type) -> Attribute {
    Attribute {
        required: true,
        optional: false,
        ..optional(ty)
    }
}

#[test]
fn what_is_left_out_is_null_or_empty() {
    let schema = block([
        ("a", optional(Type::String)),
        ("id", computed(Type::String)),
    ])
    .with("b", BlockNesting::List, Block::default())
    .with("s", BlockNesting::Single, Block::default());
    let expected = Value::object([
        ("a", Value::Null),
        ("b", Value::List(vec![])),
        ("id", Value::Null),
        ("s", Value::Null),
    ]);
    assert_eq!(good(&schema, &config! {}), expected);
    assert_eq!(good(&schema, &config! { a = null() }), expected);
}

#[test]
fn values_are_converted_as_terraforms_language_does() {
    let one = |ty, input: Input| {
        let schema = block([("a", optional(ty))]);
        evaluate(&schema, &config! { a = input }, &nothing).map(|value| value.attribute("a"))
    };
    assert_eq!(one(Type::Number, "5060".into()), Ok(Value::int(5060)));
    assert_eq!(one(Type::String, 5060.into()), Ok("5060".into()));
    assert_eq!(one(Type::Bool, "true".into()), Ok(true.into()));
    assert_eq!(
        one(Type::Number, number("1e30")),
        Ok(Value::Number("1e30".parse().unwrap()))
    );
    let set = one(Type::set(Type::String), ["b", "a", "b"].into());
    assert_eq!(set, Ok(Value::set(["a".into(), "b".into()])));
    assert_eq!(
        one(Type::Dynamic, "x".into()),
        Ok(Value::Dynamic(Box::new((Type::String, "x".into()))))
    );
    assert_eq!(
        one(Type::list(Type::String), unknown_not_null()),
        Ok(Value::Unknown(Refinements::not_null()))
    );
    assert!(one(Type::Number, "x".into()).is_err());
    assert!(one(Type::Bool, 1.into()).is_err());
}

#[test]
fn core_refuses_strange_and_missing_arguments() {
    let schema = block([("a", required(Type::String))]);
    assert_eq!(
        bad(&schema, &config! { b = "x" }),
        [
            r#"Unsupported argument: an argument named "b" is not expected here"#,
            r#".a: Missing required argument: the argument "a" is required"#
        ]
    );
    assert_eq!(
        good(&schema, &config! { a = unknown() }),
        Value::object([("a", Value::unknown())])
    );
}

#[test]
fn a_required_nested_attribute_must_be_written_but_may_be_null() {
    let schema = block([(
        "n",
        nested(ObjectNesting::Single, [("a", required(Type::String))]),
    )]);
    assert_eq!(
        bad(&schema, &config! { n = config! {} }),
        [r#".n: attribute "a" is required"#]
    );
    let value = good(&schema, &config! { n = config! { a = null() } });
    assert_eq!(
        value,
        Value::object([("n", Value::object([("a", Value::Null)]))])
    );
}

#[test]
fn a_value_for_a_computed_attribute_reaches_the_provider() {
    let schema = block([("id", computed(Type::String))]);
    assert_eq!(
        good(&schema, &config! { id = "x" }),
        Value::object([("id", "x".into())])
    );
}

#[test]
fn blocks_are_counted() {
    let mut schema = Block::default().with(
        "b",
        BlockNesting::List,
        block([("x", optional(Type::String))]),
    );
    let nested = schema.blocks.get_mut("b").unwrap();
    (nested.min_items, nested.max_items) = (1, 2);
    assert!(bad(&schema, &config! {})[0].contains("at least 1"));
    let three = config! { b = [config! {}, config! {}, config! {}] };
    assert!(bad(&schema, &three)[0].contains("no more than 2"));
    let one = good(&schema, &config! { b = [config! { x = "1" }] });
    let expected = Value::object([("b", Value::List(vec![Value::object([("x", "1".into())])]))]);
    assert_eq!(one, expected);
    assert_eq!(
        good(&schema, &config! { b = unknown() }).attribute("b"),
        Value::unknown()
    );
}

#[test]
fn references_are_resolved_and_collected() {
    let schema = block([("a", optional(Type::list(Type::String)))]);
    let input = config! { a = [reference("other.x", "id")] };
    assert_eq!(
        input.references().into_iter().collect::<Vec<_>>(),
        ["other.x"]
    );
    let resolve = |address: &str, attribute: &Path, _: &Path| {
        assert_eq!(
            (address, attribute.to_string().as_str()),
            ("other.x", ".id")
        );
        Ok(Input::from(7))
    };
    let value = evaluate(&schema, &input, &resolve).unwrap();
    assert_eq!(value, Value::object([("a", Value::List(vec!["7".into()]))]));
    assert!(bad(&schema, &input)[0].contains("other.x is not there"));
}

#[test]
fn json_and_keywords_may_be_written() {
    let input = config! { r#type = serde_json::json!({"a": [1, null]}) };
    let Input::Object(arguments) = input else {
        unreachable!()
    };
    let inner = Input::object([("a", Input::List(vec![1.into(), Input::Null]))]);
    assert_eq!(arguments.get("type"), Some(&inner));
}
