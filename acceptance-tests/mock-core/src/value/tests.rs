use proptest::prelude::*;

use super::*;

fn number(text: &str) -> Number {
    text.parse().unwrap()
}

#[test]
fn numbers_are_equal_by_value() {
    assert_eq!(number("1e30"), number("1000000000000000000000000000000"));
    assert_eq!(number("0.10"), number("0.1"));
    assert_eq!(number("-0"), number("0.000"));
    assert_eq!(number("1200"), Number::from(1200_i64));
    assert_ne!(
        number("0.1234567890123456789012345"),
        number("0.1234567890123456789012346")
    );
}

#[test]
fn whole_floats_are_exact_and_fractions_are_their_shortest_text() {
    assert_eq!(Number::from_f64(0.1).unwrap(), number("0.1"));
    assert_eq!(Number::from_f64(3.0).unwrap(), number("3"));
    assert_eq!(
        Number::from_f64(1e30).unwrap(),
        number("1000000000000000019884624838656"),
        "a float cannot carry 1e30, and core notices"
    );
    assert_eq!(Number::from_f64(f64::INFINITY), Err(NumberError::NotFinite));
}

#[test]
fn only_some_fractions_are_exact_floats() {
    assert_eq!(number("0.5").to_exact_f64(), Some(0.5));
    assert_eq!(number("0.1").to_exact_f64(), None);
    assert_eq!(number("-2.25").to_exact_f64(), Some(-2.25));
}

#[test]
fn what_is_no_number_is_refused() {
    for text in [
        "",
        "-",
        "1.",
        "e5",
        "1e",
        "0x1",
        "1_0",
        "Inf",
        "1e99999999999",
        "1e20000",
    ] {
        assert!(text.parse::<Number>().is_err(), "{text}");
    }
}

#[test]
fn numbers_print_without_exponent() {
    for (text, printed) in [
        ("1e3", "1000"),
        ("1e-3", "0.001"),
        ("-12.50", "-12.5"),
        ("0e9", "0"),
    ] {
        assert_eq!(number(text).to_string(), printed);
    }
}

#[test]
fn strings_are_normalised() {
    assert_eq!(Value::string("e\u{301}"), Value::string("\u{e9}"));
}

#[test]
fn sets_ignore_order_and_known_duplicates() {
    let set = Value::set(["b".into(), "a".into(), "b".into()]);
    assert_eq!(set, Value::set(["a".into(), "b".into()]));
    let unknown = Value::set([Value::unknown(), Value::unknown()]);
    assert_eq!(unknown.elements().unwrap().len(), 2);
}

#[test]
fn type_notation_round_trips() {
    for text in [
        r#""string""#,
        r#"["list","number"]"#,
        r#"["object",{"a":["set","bool"],"b":"dynamic"}]"#,
        r#"["tuple",["string",["map","string"]]]"#,
    ] {
        assert_eq!(Type::from_json(text.as_bytes()).unwrap().to_json(), text);
    }
    let optional = br#"["object",{"a":"string"},["a"]]"#;
    assert_eq!(
        Type::from_json(optional).unwrap(),
        Type::object([("a", Type::String)])
    );
    for text in [
        "",
        "[]",
        r#""int""#,
        r#"["list"]"#,
        r#"["object",["a"]]"#,
        "7",
    ] {
        assert!(Type::from_json(text.as_bytes()).is_err(), "{text}");
    }
    let deep = format!("{}\"string\"{}", r#"["list","#.repeat(130), "]".repeat(130));
    assert!(Type::from_json(deep.as_bytes()).is_err());
}

#[test]
fn messages_show_values_in_cores_syntax() {
    let ty = Type::object([
        ("a", Type::list(Type::String)),
        ("b", Type::Number),
        ("c", Type::Dynamic),
        ("d", Type::set(Type::Bool)),
    ]);
    let value = Value::object([
        ("a", Value::List(vec!["x".into(), Value::unknown()])),
        ("b", Value::Null),
        ("c", Value::Dynamic(Box::new((Type::Number, Value::int(1))))),
        ("d", Value::set([])),
    ]);
    assert_eq!(
        render(&value, &ty).to_string(),
        "cty.ObjectVal(map[string]cty.Value{\
         \"a\":cty.ListVal([]cty.Value{cty.StringVal(\"x\"), cty.UnknownVal(cty.String)}), \
         \"b\":cty.NullVal(cty.Number), \"c\":cty.NumberIntVal(1), \
         \"d\":cty.SetValEmpty(cty.Bool)})"
    );
}

#[test]
fn conformance_looks_inside() {
    let ty = Type::object([("a", Type::list(Type::String))]);
    let good = Value::object([("a", Value::List(vec!["x".into(), Value::Null]))]);
    assert_eq!(conform(&good, &ty), Ok(()));
    let bad = Value::object([("a", Value::List(vec![Value::int(1)]))]);
    assert_eq!(
        conform(&bad, &ty).unwrap_err().to_string(),
        ".a[0]: cty.String required"
    );
    let missing = Value::object::<String>([]);
    assert!(conform(&missing, &ty).is_err());
}

#[test]
fn refinements_bind_the_final_value() {
    let prefix = Refinements {
        string_prefix: Some("pre-".into()),
        ..Refinements::not_null()
    };
    assert!(prefix.include(&"pre-fix".into()));
    assert!(!prefix.include(&"fix".into()));
    assert!(!prefix.include(&Value::Null));
    let bounds = Refinements {
        number_lower: Some((0_i64.into(), true)),
        number_upper: Some((5_i64.into(), false)),
        ..Refinements::default()
    };
    assert!(bounds.include(&Value::int(0)));
    assert!(!bounds.include(&Value::int(5)));
    let length = Refinements {
        length_upper: Some(1),
        ..Refinements::default()
    };
    assert!(!length.include(&Value::List(vec![Value::Null, Value::Null])));
}

proptest! {
    #[test]
    fn numbers_round_trip_through_text(whole in any::<i64>(), places in 0_i32..40) {
        let number: Number = format!("{whole}e-{places}").parse().unwrap();
        prop_assert_eq!(&number.to_string().parse::<Number>().unwrap(), &number);
    }

    #[test]
    fn numbers_order_as_integers_do(left in any::<i64>(), right in any::<i64>()) {
        prop_assert_eq!(Number::from(left).cmp(&Number::from(right)), left.cmp(&right));
        prop_assert_eq!(Number::from(left).to_i64(), Some(left));
    }

    #[test]
    fn fractions_order_as_floats_do(left in -1e6_f64..1e6, right in -1e6_f64..1e6) {
        let (a, b) = (Number::from_f64(left).unwrap(), Number::from_f64(right).unwrap());
        prop_assert_eq!(a.cmp(&b), left.partial_cmp(&right).unwrap());
    }
}
