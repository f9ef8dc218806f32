use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::value::{Number, Refinements};

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn number(text: &str) -> Value {
    Value::Number(text.parse().unwrap())
}

fn dynamic(ty: Type, value: Value) -> Value {
    Value::Dynamic(Box::new((ty, value)))
}

/// Bytes as Terraform 1.11 sent them; each must be read and written exactly so.
#[test]
fn captured_values_are_read_and_written_as_core_does() {
    let object = || Type::object([("a", Type::Number)]);
    let vectors = [
        ("d40000", Type::String, Value::unknown()),
        ("c0", Type::String, Value::Null),
        ("a3302e31", Type::Number, number("0.1")),
        ("cb3fe0000000000000", Type::Number, number("0.5")),
        ("03", Type::Number, number("3.0")),
        (
            "b3 39323233333732303336383534373735383038",
            Type::Number,
            number("9223372036854775808"),
        ),
        (
            "c7090c 8201c202a47072652d",
            Type::String,
            Value::Unknown(Refinements {
                string_prefix: Some("pre-".into()),
                ..Refinements::not_null()
            }),
        ),
        (
            "c7070c 8201c2039200c3",
            Type::Number,
            Value::Unknown(Refinements {
                number_lower: Some((Number::from(0_i64), true)),
                ..Refinements::not_null()
            }),
        ),
        (
            "92 c408 22737472696e6722 a178",
            Type::Dynamic,
            dynamic(Type::String, "x".into()),
        ),
        (
            "92 c419 5b226f626a656374222c7b2261223a226e756d626572227d5d 81 a161 01",
            Type::Dynamic,
            dynamic(object(), Value::object([("a", Value::int(1))])),
        ),
        (
            "92 c408 22737472696e6722 d40000",
            Type::Dynamic,
            dynamic(Type::String, Value::unknown()),
        ),
        ("c0", Type::Dynamic, Value::Null),
        ("d40000", Type::Dynamic, Value::unknown()),
    ];
    for (hex, ty, value) in vectors {
        assert_eq!(msgpack::decode(&bytes(hex), &ty).unwrap(), value, "{hex}");
        assert_eq!(msgpack::encode(&value, &ty).unwrap(), bytes(hex), "{hex}");
    }
    let set = Value::set(["z".into(), Value::unknown()]);
    let ty = Type::set(Type::String);
    assert_eq!(msgpack::decode(&bytes("92 a17a d40000"), &ty).unwrap(), set);
}

#[test]
fn a_dynamic_value_in_the_state_is_read_and_written_as_core_does() {
    let json =
        r#"{"value":{"a":1,"b":["x"]},"type":["object",{"a":"number","b":["tuple",["string"]]}]}"#;
    let ty = Type::object([("a", Type::Number), ("b", Type::Tuple(vec![Type::String]))]);
    let value = dynamic(
        ty,
        Value::object([("a", Value::int(1)), ("b", Value::Tuple(vec!["x".into()]))]),
    );
    assert_eq!(
        json::decode(json.as_bytes(), &Type::Dynamic).unwrap(),
        value
    );
    assert_eq!(json::encode(&value, &Type::Dynamic).unwrap(), json);
}

#[test]
fn any_extension_is_an_unknown_value() {
    for hex in ["d40000", "d47f01", "c70400deadbeef"] {
        assert_eq!(
            msgpack::decode(&bytes(hex), &Type::String).unwrap(),
            Value::unknown()
        );
    }
}

#[test]
fn numbers_come_in_every_width() {
    for hex in [
        "05",
        "cc05",
        "cd0005",
        "ce00000005",
        "d005",
        "ca40a00000",
        "cb4014000000000000",
        "a135",
    ] {
        assert_eq!(
            msgpack::decode(&bytes(hex), &Type::Number).unwrap(),
            Value::int(5),
            "{hex}"
        );
    }
}

#[test]
fn objects_have_exactly_their_attributes() {
    let ty = Type::object([("a", Type::String), ("b", Type::String)]);
    let missing = msgpack::decode(&bytes("81 a161 c0"), &ty).unwrap_err();
    assert_eq!(
        missing.to_string(),
        "an object with 2 attributes is required (1 given)"
    );
    let strange = msgpack::decode(&bytes("82 a161 c0 a163 c0"), &ty).unwrap_err();
    assert_eq!(strange.to_string(), ".c: unsupported attribute");
    let twice = msgpack::decode(&bytes("82 a161 c0 a161 c0"), &ty).unwrap_err();
    assert_eq!(twice.to_string(), ".a: duplicate attribute");
}

#[test]
fn wrong_types_are_refused_with_their_path() {
    let ty = Type::object([("a", Type::list(Type::Bool))]);
    let error = msgpack::decode(&bytes("81 a161 92 c3 a178"), &ty).unwrap_err();
    assert_eq!(error.to_string(), ".a[1]: a bool is required");
    for hex in ["", "92", "c3", "8101", "c0c0"] {
        assert!(msgpack::decode(&bytes(hex), &ty).is_err(), "{hex}");
    }
    assert!(msgpack::decode(&bytes("92 c401 78 a178"), &Type::Dynamic).is_err());
    assert!(msgpack::decode(&bytes("91 a178"), &Type::Tuple(vec![])).is_err());
}

#[test]
fn json_fills_in_missing_attributes_and_refuses_strange_ones() {
    let ty = Type::object([("a", Type::String), ("n", Type::Number)]);
    let value = json::decode(br#"{"n": 0.1234567890123456789012345}"#, &ty).unwrap();
    let expected = Value::object([
        ("a", Value::Null),
        ("n", number("0.1234567890123456789012345")),
    ]);
    assert_eq!(value, expected);
    assert!(json::decode(br#"{"b": 1}"#, &ty).is_err());
    assert!(json::encode(&Value::unknown(), &Type::String).is_err());
}

#[test]
fn an_empty_wire_value_is_null() {
    assert_eq!(from_wire(None, &Type::String), Ok(Value::Null));
    assert_eq!(
        from_wire(Some(&DynamicValue::default()), &Type::String),
        Ok(Value::Null)
    );
    let json = DynamicValue {
        msgpack: Bytes::new(),
        json: Bytes::from_static(b"\"x\""),
    };
    assert_eq!(from_wire(Some(&json), &Type::String), Ok("x".into()));
}

fn types() -> impl Strategy<Value = Type> {
    let leaf = prop_oneof![
        Just(Type::String),
        Just(Type::Number),
        Just(Type::Bool),
        Just(Type::Dynamic)
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(Type::list),
            inner
                .clone()
                .prop_filter("no dynamic in sets", |ty| !ty.has_dynamic())
                .prop_map(Type::set),
            inner.clone().prop_map(Type::map),
            prop::collection::btree_map("[a-z]{1,4}", inner.clone(), 0..4).prop_map(Type::Object),
            prop::collection::vec(inner, 0..3).prop_map(Type::Tuple),
        ]
    })
}

fn values(ty: &Type, unknowns: bool) -> BoxedStrategy<Value> {
    let known: BoxedStrategy<Value> = match ty.clone() {
        Type::String => "\\PC{0,8}".prop_map(Value::string).boxed(),
        Type::Number => (any::<i64>(), 0_i32..30)
            .prop_map(|(digits, places)| number(&format!("{digits}e-{places}")))
            .boxed(),
        Type::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Type::Dynamic => types()
            .prop_filter("a type", |ty| *ty != Type::Dynamic)
            .prop_flat_map(move |ty| {
                values(&ty, unknowns).prop_map(move |value| dynamic(ty.clone(), value))
            })
            .boxed(),
        Type::List(ty) => prop::collection::vec(values(&ty, unknowns), 0..4)
            .prop_map(Value::List)
            .boxed(),
        Type::Set(ty) => prop::collection::vec(values(&ty, unknowns), 0..4)
            .prop_map(Value::set)
            .boxed(),
        Type::Map(ty) => prop::collection::btree_map("[a-z0-9 ]{0,4}", values(&ty, unknowns), 0..4)
            .prop_map(Value::Map)
            .boxed(),
        Type::Tuple(types) => types
            .into_iter()
            .map(|ty| values(&ty, unknowns))
            .collect::<Vec<_>>()
            .prop_map(Value::Tuple)
            .boxed(),
        Type::Object(types) => types
            .into_iter()
            .map(|(name, ty)| values(&ty, unknowns).prop_map(move |value| (name.clone(), value)))
            .collect::<Vec<_>>()
            .prop_map(|entries| Value::Object(entries.into_iter().collect::<BTreeMap<_, _>>()))
            .boxed(),
    };
    let unknown = refinements(ty).prop_map(Value::Unknown);
    if unknowns {
        prop_oneof![6 => known, 1 => Just(Value::Null), 1 => unknown].boxed()
    } else {
        prop_oneof![6 => known, 1 => Just(Value::Null)].boxed()
    }
}

fn refinements(ty: &Type) -> BoxedStrategy<Refinements> {
    let prefix = matches!(ty, Type::String);
    let bounded = matches!(ty, Type::Number);
    (
        any::<bool>(),
        prop::option::of("[a-z]{1,5}"),
        prop::option::of(any::<i64>()),
    )
        .prop_map(move |(not_null, string_prefix, bound)| Refinements {
            not_null,
            string_prefix: string_prefix.filter(|_| prefix),
            number_upper: bound
                .filter(|_| bounded)
                .map(|bound| (Number::from(bound), not_null)),
            ..Refinements::default()
        })
        .boxed()
}

fn typed(unknowns: bool) -> impl Strategy<Value = (Type, Value)> {
    types()
        .prop_flat_map(move |ty| values(&ty, unknowns).prop_map(move |value| (ty.clone(), value)))
}

proptest! {
    #[test]
    fn messagepack_round_trips((ty, value) in typed(true)) {
        let bytes = msgpack::encode(&value, &ty).unwrap();
        prop_assert_eq!(msgpack::decode(&bytes, &ty).unwrap(), value);
    }

    #[test]
    fn json_round_trips((ty, value) in typed(false)) {
        let text = json::encode(&value, &ty).unwrap();
        // A typed null is written as its type and null; an untyped one is plain null.
        prop_assert_eq!(json::decode(text.as_bytes(), &ty).unwrap(), value);
    }

    #[test]
    fn no_bytes_make_the_decoder_panic(ty in types(), bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let _ = msgpack::decode(&bytes, &ty);
        let _ = json::decode(&bytes, &ty);
    }
}
