use proptest::prelude::*;

use super::*;
use crate::arbitrary::{self, Unknowns};
use crate::{
    DecodeProblem, EncodeProblem, MAX_DEPTH, Number, NumberBound, Path, Refinements, Type, Value,
};

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn number(text: &str) -> Value {
    Value::Number(text.parse().unwrap())
}

/// What Terraform 1.11 sends, and what it means.
fn captured() -> Vec<(&'static str, Type, Value)> {
    let refined = Refinements::none().not_null();
    vec![
        ("d40000", Type::String, Value::unknown()),
        ("d40000", Type::list(Type::String), Value::unknown()),
        ("c0", Type::object([("a", Type::Bool)]), Value::Null),
        ("a3302e31", Type::Number, number("0.1")),
        ("cb3fe0000000000000", Type::Number, number("0.5")),
        ("03", Type::Number, number("3")),
        (
            "b339323233333732303336383534373735383038",
            Type::Number,
            number("9223372036854775808"),
        ),
        (
            "c7090c 8201c202a47072652d",
            Type::String,
            Value::Unknown(refined.clone().string_prefix("pre-")),
        ),
        (
            "c7070c 8201c2039200c3",
            Type::Number,
            Value::Unknown(refined.clone().number_lower_bound(NumberBound {
                number: Number::from(0),
                inclusive: true,
            })),
        ),
        (
            "c7030c 8101c2",
            Type::list(Type::String),
            Value::Unknown(refined),
        ),
        (
            "92 c408 22737472696e6722 a178",
            Type::Dynamic,
            Value::dynamic(Type::String, "x".into()),
        ),
        (
            "92 c419 5b226f626a656374222c7b2261223a226e756d626572227d5d 81 a161 01",
            Type::Dynamic,
            Value::dynamic(
                Type::object([("a", Type::Number)]),
                Value::object([("a", 1)].map(|(name, one)| (name, Value::from(one)))),
            ),
        ),
        (
            "92 c408 22737472696e6722 d40000",
            Type::Dynamic,
            Value::dynamic(Type::String, Value::unknown()),
        ),
        ("c0", Type::Dynamic, Value::Null),
        ("d40000", Type::Dynamic, Value::unknown()),
        (
            "92 a17a d40000",
            Type::set(Type::String),
            Value::Set(vec!["z".into(), Value::unknown()]),
        ),
    ]
}

#[test]
fn understands_what_terraform_sends() {
    for (hex, ty, value) in captured() {
        assert_eq!(decode(&bytes(hex), &ty).unwrap(), value, "{hex} as {ty}");
    }
}

#[test]
fn writes_what_terraform_writes() {
    for (hex, ty, value) in captured() {
        // Fractions go out as text always: nothing is lost, and a core takes both.
        if hex != "cb3fe0000000000000" {
            assert_eq!(
                encode(&value, &ty).unwrap(),
                bytes(hex),
                "{value:?} as {ty}"
            );
        }
    }
    assert_eq!(encode(&number("0.5"), &Type::Number).unwrap(), b"\xa30.5");
}

#[test]
fn reads_the_proposal_of_a_new_resource() {
    let ty = Type::object([
        (
            "blk",
            Type::list(Type::object([("x", Type::String), ("y", Type::String)])),
        ),
        ("c", Type::String),
        ("id", Type::String),
        ("n", Type::Number),
        (
            "nest",
            Type::list(Type::object([("a", Type::String), ("b", Type::String)])),
        ),
        ("tags", Type::set(Type::String)),
        ("timeouts", Type::object([("create", Type::String)])),
    ]);
    let wire = bytes(
        "87 a3626c6b 91 82 a178 a131 a179 c0 a163 c0 a26964 c0 a16e a3302e31 \
         a46e657374 91 82 a161 a171 a162 c0 a474616773 92 a161 a162 a874696d656f757473 c0",
    );
    let value = decode(&wire, &ty).unwrap();
    assert_eq!(
        value.get(&Path::from("blk").index(0).attribute("x")),
        Some(&"1".into())
    );
    assert_eq!(value.get(&Path::from("n")), Some(&number("0.1")));
    assert!(value.get(&Path::from("timeouts")).unwrap().is_null());
    assert_eq!(encode(&value, &ty).unwrap(), wire);
}

#[test]
fn reads_numbers_of_every_width() {
    for (hex, text) in [
        ("7f", "127"),
        ("ff", "-1"),
        ("e0", "-32"),
        ("ccff", "255"),
        ("cdffff", "65535"),
        ("ceffffffff", "4294967295"),
        ("cfffffffffffffffff", "18446744073709551615"),
        ("d080", "-128"),
        ("d18000", "-32768"),
        ("d280000000", "-2147483648"),
        ("d38000000000000000", "-9223372036854775808"),
        ("ca3f000000", "0.5"),
        ("cb3fb999999999999a", "0.1"),
        ("a431653330", "1000000000000000000000000000000"),
    ] {
        assert_eq!(
            decode(&bytes(hex), &Type::Number).unwrap(),
            number(text),
            "{hex}"
        );
    }
    let infinite = decode(&bytes("cb7ff0000000000000"), &Type::Number).unwrap();
    assert_eq!(
        encode(&infinite, &Type::Number).unwrap(),
        bytes("cb7ff0000000000000")
    );
    assert!(decode(&bytes("cb7ff8000000000000"), &Type::Number).is_err());
}

#[test]
fn takes_every_extension_for_an_unknown_value() {
    for hex in [
        "d50000ff",
        "d7630000000000000000",
        "c70000",
        "c80001 01 ff",
        "c900000000 0c",
        "c7020c ffff",
        "c7030c 8163c3",
        "c7010c 90",
    ] {
        let value = decode(&bytes(hex), &Type::Bool);
        assert!(
            value.as_ref().is_ok_and(Value::is_unknown),
            "{hex}: {value:?}"
        );
    }
}

#[test]
fn ignores_refinements_of_the_future_and_payloads_too_long() {
    let future = decode(&bytes("c7070c 82 09 9201c0 01 c2"), &Type::String);
    assert_eq!(
        future.unwrap(),
        Value::Unknown(Refinements::none().not_null())
    );
    let mut long = bytes("c80401 0c 8102 da03fc");
    long.extend([b'a'; 1020]);
    assert_eq!(decode(&long, &Type::String).unwrap(), Value::unknown());
}

#[test]
fn sends_no_more_about_an_unknown_value_than_a_core_takes() {
    let long = Value::Unknown(Refinements::none().string_prefix("\u{e9}".repeat(2000)));
    let sent = decode(&encode(&long, &Type::String).unwrap(), &Type::String).unwrap();
    let Value::Unknown(refinements) = sent else {
        panic!("{sent:?}");
    };
    assert_eq!(
        refinements.get_string_prefix(),
        Some(&*"\u{e9}".repeat(128))
    );
    let huge = NumberBound {
        number: "1e2000".parse().unwrap(),
        inclusive: true,
    };
    let huge = Value::Unknown(Refinements::none().number_lower_bound(huge));
    assert_eq!(encode(&huge, &Type::Number).unwrap(), bytes("d40000"));
}

#[test]
fn brings_text_and_keys_to_normal_form() {
    let ty = Type::map(Type::String);
    let composed = Value::map([("caf\u{e9}", "\u{f6}".into())]);
    let decomposed = bytes("81 a6636166 65cc81 a36fcc88");
    assert_eq!(decode(&decomposed, &ty).unwrap(), composed);
    assert_eq!(
        encode(&Value::String("e\u{301}".into()), &Type::String).unwrap(),
        b"\xa2\xc3\xa9"
    );
    let ty = Type::object([("cafe\u{301}", Type::String)]);
    assert_eq!(ty, Type::object([("caf\u{e9}", Type::String)]));
    let composed = Value::object([("caf\u{e9}", Value::from("x"))]);
    let decomposed = bytes("81 a6636166 65cc81 a178");
    assert_eq!(decode(&decomposed, &ty).unwrap(), composed);
    assert_eq!(
        encode(&Value::object([("cafe\u{301}", "x".into())]), &ty),
        encode(&composed, &ty)
    );
}

#[test]
fn says_where_the_bytes_are_wrong() {
    let ty = Type::object([("m", Type::map(Type::list(Type::String)))]);
    let error = decode(&bytes("81 a16d 81 a16b 92 a161 03"), &ty).unwrap_err();
    assert_eq!(
        error.to_string(),
        "m[\"k\"][1]: a string is required, not a number"
    );
    let error = decode(&bytes("80"), &ty).unwrap_err();
    assert_eq!(
        *error.problem(),
        DecodeProblem::MissingAttribute("m".into())
    );
    let error = decode(&bytes("82 a16d c0 a178 c0"), &ty).unwrap_err();
    assert_eq!(
        *error.problem(),
        DecodeProblem::UnsupportedAttribute("x".into())
    );
    let error = decode(&bytes("82 a16d c0 a16d c0"), &ty).unwrap_err();
    assert_eq!(*error.problem(), DecodeProblem::DuplicateKey("m".into()));
    let error = decode(&bytes("c0c0"), &ty).unwrap_err();
    assert_eq!(*error.problem(), DecodeProblem::TrailingBytes);
    let error = decode(&[], &ty).unwrap_err();
    assert_eq!(*error.problem(), DecodeProblem::Truncated);
    let error = decode(&bytes("91c0"), &Type::Tuple(vec![])).unwrap_err();
    assert_eq!(
        *error.problem(),
        DecodeProblem::WrongLength {
            expected: 0,
            found: 1
        }
    );
    let error = decode(b"\xa1\xff", &Type::String).unwrap_err();
    assert_eq!(*error.problem(), DecodeProblem::NotUtf8);
}

#[test]
fn takes_attributes_in_any_order() {
    let ty = Type::object([("a", Type::Number), ("b", Type::Number)]);
    let expected = Value::object([("a", Value::from(1)), ("b", Value::from(2))]);
    assert_eq!(decode(&bytes("82 a162 02 a161 01"), &ty).unwrap(), expected);
}

#[test]
fn refuses_values_that_do_not_conform() {
    let ty = Type::object([("a", Type::list(Type::String))]);
    let wrong = Value::object([("a", Value::List(vec![true.into()]))]);
    let error = encode(&wrong, &ty).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a[0]: a value of the type string is required, not a bool"
    );
    let error = encode(&Value::Object([].into()), &ty).unwrap_err();
    assert_eq!(
        *error.problem(),
        EncodeProblem::MissingAttribute("a".into())
    );
    let error = encode(
        &Value::object([("a", Value::Null), ("b", Value::Null)]),
        &ty,
    )
    .unwrap_err();
    assert_eq!(
        *error.problem(),
        EncodeProblem::UnsupportedAttribute("b".into())
    );
    assert!(encode(&"x".into(), &Type::Dynamic).is_err());
    assert!(encode(&Value::Set(vec![]), &Type::list(Type::Bool)).is_err());
}

#[test]
fn bounds_depth_on_the_wire_in_types_and_in_memory() {
    let nested = |depth| (0..depth).fold(Type::Bool, |ty, _| Type::list(ty));
    let lists = |depth| [vec![0x91; depth], vec![0xc3]].concat();
    assert!(decode(&lists(MAX_DEPTH), &nested(MAX_DEPTH)).is_ok());
    let error = decode(&lists(MAX_DEPTH + 1), &nested(MAX_DEPTH + 1)).unwrap_err();
    assert_eq!(*error.problem(), DecodeProblem::TooDeep);

    // A dynamic value in a dynamic value in a dynamic value…
    let mut wire = b"\x92\xc4\x09\"dynamic\"".repeat(100_000);
    wire.push(0xc0);
    let error = decode(&wire, &Type::Dynamic).unwrap_err();
    assert_eq!(*error.problem(), DecodeProblem::TooDeep);
    assert!(Type::from_json("[\"list\",".repeat(100_000).as_bytes()).is_err());

    let deep = (0..=MAX_DEPTH).fold(Value::Null, |value, _| Value::dynamic(Type::Dynamic, value));
    let error = encode(&deep, &Type::Dynamic).unwrap_err();
    assert_eq!(*error.problem(), EncodeProblem::TooDeep);
}

#[test]
fn believes_no_length_that_the_bytes_cannot_hold() {
    for hex in [
        "ddffffffff c0",
        "dfffffffff a0c0",
        "dbffffffff 61",
        "c6ffffffff 61",
        "c9ffffffff 0c 61",
    ] {
        for ty in [
            Type::list(Type::String),
            Type::map(Type::String),
            Type::String,
            Type::Dynamic,
        ] {
            assert!(decode(&bytes(hex), &ty).is_err(), "{hex} as {ty}");
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(
        (ty, value) in arbitrary::types()
            .prop_flat_map(|ty| (Just(ty.clone()), arbitrary::values(&ty, Unknowns::Allowed)))
    ) {
        let wire = encode(&value, &ty).unwrap();
        prop_assert_eq!(decode(&wire, &ty).unwrap(), value);
    }

    #[test]
    fn malformed_bytes_are_an_error_and_never_a_panic(
        (ty, value) in arbitrary::types()
            .prop_flat_map(|ty| (Just(ty.clone()), arbitrary::values(&ty, Unknowns::Allowed))),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        end: prop::sample::Index,
    ) {
        let mut wire = encode(&value, &ty).unwrap();
        for (position, byte) in changes {
            let position = position.index(wire.len());
            wire[position] = byte;
        }
        // Whatever is still understood can be written again, and then means the same.
        if let Ok(changed) = decode(&wire, &ty) {
            let again = encode(&changed, &ty).unwrap();
            prop_assert_eq!(decode(&again, &ty).unwrap(), changed);
        }
        let _ = decode(&wire[..end.index(wire.len())], &ty);
    }

    #[test]
    fn random_bytes_never_panic(wire in prop::collection::vec(any::<u8>(), 0..64), ty in arbitrary::types()) {
        let _ = decode(&wire, &ty);
    }
}
