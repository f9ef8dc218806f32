use proptest::prelude::*;

use super::*;
use crate::arbitrary::{self, Unknowns};
use crate::{DecodeProblem, EncodeProblem, Number, Type, Value};

fn number(text: &str) -> Value {
    Value::Number(text.parse().unwrap())
}

#[test]
fn reads_a_dynamic_value_of_stored_state() {
    let json =
        br#"{"value":{"a":1,"b":["x"]},"type":["object",{"a":"number","b":["tuple",["string"]]}]}"#;
    let ty = Type::object([("a", Type::Number), ("b", Type::Tuple(vec![Type::String]))]);
    let value = Value::object([("a", Value::from(1)), ("b", Value::Tuple(vec!["x".into()]))]);
    let dynamic = Value::dynamic(ty, value);
    assert_eq!(decode(json, &Type::Dynamic).unwrap(), dynamic);
    assert_eq!(encode(&dynamic, &Type::Dynamic).unwrap(), json);
    assert_eq!(decode(b" null ", &Type::Dynamic).unwrap(), Value::Null);
    for broken in [
        "{}",
        r#"{"value":1}"#,
        r#"{"type":"string"}"#,
        r#"{"type":"string","value":"","more":1}"#,
        r#"{"type":"string","type":"string","value":""}"#,
        r#"{"type":["list"],"value":[]}"#,
    ] {
        assert!(
            decode(broken.as_bytes(), &Type::Dynamic).is_err(),
            "{broken}"
        );
    }
}

#[test]
fn names_of_attributes_have_one_form() {
    let composed = Value::dynamic(
        Type::object([("caf\u{e9}", Type::Number)]),
        Value::object([("caf\u{e9}", 1)].map(|(name, value)| (name, Value::from(value)))),
    );
    for name in ["caf\u{e9}", "cafe\u{301}", r"cafe\u0301"] {
        let json = format!(r#"{{"value":{{"{name}":1}},"type":["object",{{"{name}":"number"}}]}}"#);
        let read = decode(json.as_bytes(), &Type::Dynamic).unwrap();
        assert_eq!(read, composed);
        let written = encode(&read, &Type::Dynamic).unwrap();
        assert_eq!(decode(&written, &Type::Dynamic).unwrap(), composed);
    }
    let twice = r#"{"value":null,"type":["object",{"e\u0301":"number","\u00e9":"number"}]}"#;
    assert!(decode(twice.as_bytes(), &Type::Dynamic).is_err());
}

#[test]
fn numbers_keep_all_their_digits() {
    for text in [
        "0.1",
        "12345678901234567890123",
        "0.1234567890123456789012345",
        "-7",
    ] {
        assert_eq!(
            decode(text.as_bytes(), &Type::Number).unwrap(),
            number(text)
        );
        assert_eq!(
            encode(&number(text), &Type::Number).unwrap(),
            text.as_bytes()
        );
    }
    assert_eq!(decode(b"1.50e3", &Type::Number).unwrap(), number("1500"));
    for broken in ["01", "+1", "1.", ".5", "1e", "0x1", "Infinity", "-", "1 2"] {
        assert!(
            decode(broken.as_bytes(), &Type::Number).is_err(),
            "{broken}"
        );
    }
}

#[test]
fn old_state_is_read_against_the_type_of_today() {
    let ty = Type::object([
        ("kept", Type::String),
        ("new", Type::list(Type::String)),
        ("port", Type::Number),
        ("text", Type::String),
        ("on", Type::Bool),
    ]);
    let stored =
        br#"{"dropped":{"deep":[1,{"x":null}]},"kept":"k","port":"5061","text":12.50,"on":"true"}"#;
    let value = decode_state(stored, &ty).unwrap();
    assert_eq!(
        value,
        Value::object([
            ("kept", "k".into()),
            ("new", Value::Null),
            ("port", Value::from(5061)),
            ("text", "12.5".into()),
            ("on", true.into()),
        ])
    );
    let error = decode(stored, &ty).unwrap_err();
    assert_eq!(
        *error.problem(),
        DecodeProblem::UnsupportedAttribute("dropped".into())
    );
    let error = decode(br#"{"port":"5061"}"#, &ty).unwrap_err();
    assert_eq!(
        error.to_string(),
        "port: a number is required, not a string"
    );
    let error = decode_state(br#"{"port":"high"}"#, &ty).unwrap_err();
    assert_eq!(
        error.to_string(),
        "port: a number is required, not a string"
    );
    assert!(decode_state(br#"{"new":{}}"#, &ty).is_err());
    assert!(decode_state(br#"{"on":1}"#, &ty).is_err());
}

#[test]
fn has_no_form_for_the_unknown_and_the_infinite() {
    let ty = Type::list(Type::Number);
    let error = encode(&Value::List(vec![Value::Null, Value::unknown()]), &ty).unwrap_err();
    assert_eq!(error.to_string(), "[1]: the value is unknown");
    let infinite = Value::Number(Number::from_f64(f64::INFINITY).unwrap());
    let error = encode(&infinite, &Type::Number).unwrap_err();
    assert_eq!(*error.problem(), EncodeProblem::Infinite);
}

#[test]
fn depth_is_bounded() {
    let deep = "[".repeat(1_000_000);
    assert!(
        decode_state(
            format!("{{\"gone\":{deep}").as_bytes(),
            &Type::object([("a", Type::Bool)])
        )
        .is_err()
    );
    let ty = (0..300).fold(Type::Bool, |ty, _| Type::list(ty));
    let error = decode(deep.as_bytes(), &ty).unwrap_err();
    assert_eq!(*error.problem(), DecodeProblem::TooDeep);
}

#[test]
fn types_have_one_form_and_are_read_back() {
    for json in [
        r#""string""#,
        r#"["list",["set",["map","bool"]]]"#,
        r#"["object",{"a":"number","b":["tuple",["string","dynamic"]]}]"#,
        r#"["object",{}]"#,
        r#"["tuple",[]]"#,
    ] {
        assert_eq!(Type::from_json(json.as_bytes()).unwrap().to_json(), json);
    }
    assert_eq!(
        Type::from_json(br#"["object",{"a":"string"},["a"]]"#).unwrap(),
        Type::object([("a", Type::String)])
    );
    for broken in [
        "",
        "null",
        "\"text\"",
        "[]",
        "[\"list\"]",
        r#"["list","string","string"]"#,
        r#"["object",["string"]]"#,
        r#"["tuple","string"]"#,
        r#"["object",{"a":"string","a":"bool"}]"#,
        r#"["object",{},[],[]]"#,
        r#""string" "#.repeat(2).as_str(),
    ] {
        assert!(Type::from_json(broken.as_bytes()).is_err(), "{broken}");
    }
}

/// The type a JSON value can be read as without a schema.
fn type_of(json: &serde_json::Value) -> Type {
    match json {
        serde_json::Value::Null | serde_json::Value::String(_) => Type::String,
        serde_json::Value::Bool(_) => Type::Bool,
        serde_json::Value::Number(_) => Type::Number,
        serde_json::Value::Array(elements) => Type::Tuple(elements.iter().map(type_of).collect()),
        serde_json::Value::Object(members) => Type::object(
            members
                .iter()
                .map(|(name, member)| (name.clone(), type_of(member))),
        ),
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(
        (ty, value) in arbitrary::types()
            .prop_flat_map(|ty| (Just(ty.clone()), arbitrary::values(&ty, Unknowns::Never)))
    ) {
        let json = encode(&value, &ty).unwrap();
        prop_assert_eq!(decode(&json, &ty).unwrap(), value.clone());
        prop_assert_eq!(decode_state(&json, &ty).unwrap(), value);
        prop_assert!(serde_json::from_slice::<serde_json::Value>(&json).is_ok());
    }

    #[test]
    fn types_are_read_again(ty in arbitrary::types()) {
        prop_assert_eq!(Type::from_json(ty.to_json().as_bytes()).unwrap(), ty);
    }

    #[test]
    fn agrees_with_another_parser_on_what_is_json(
        text in r#"([\[\]{},:"\\ue0-9.+\-tfn ]|true|false|null|"a"|\\u00e9|\\ud83e\\udd80){0,16}"#
    ) {
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        match &theirs {
            Ok(json) => {
                let ours = decode(text.as_bytes(), &type_of(json));
                // They take the last of two equal keys, we refuse both.
                let duplicate = ours.as_ref().is_err_and(|error| {
                    matches!(error.problem(), DecodeProblem::DuplicateKey(_))
                });
                prop_assert!(ours.is_ok() || duplicate, "{}: {:?}", text, ours);
            }
            Err(_) => prop_assert!(
                reader::Reader::new(text.as_bytes())
                    .and_then(|mut reader| { reader.skip(0)?; reader.finish() })
                    .is_err() || text.contains(['e', '.', '-']),
                "{}", text
            ),
        }
    }

    #[test]
    fn strings_agree_with_another_parser(text in arbitrary::strings()) {
        let json = serde_json::to_string(&text).unwrap();
        prop_assert_eq!(decode(json.as_bytes(), &Type::String).unwrap(), Value::from(text.as_str()));
        let mut ours = String::new();
        write_string(&mut ours, &text);
        prop_assert_eq!(serde_json::from_str::<String>(&ours).unwrap(), text);
    }

    #[test]
    fn arbitrary_bytes_never_panic(json in prop::collection::vec(any::<u8>(), 0..48), ty in arbitrary::types()) {
        let _ = decode(&json, &ty);
        let _ = decode_state(&json, &ty);
        let _ = Type::from_json(&json);
    }
}
