use proptest::prelude::*;

use super::*;

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

#[test]
fn keeps_every_digit() {
    for text in [
        "0",
        "0.1",
        "-0.001",
        "9223372036854775808",
        "18446744073709551616",
        "12345678901234567890123",
        "0.1234567890123456789012345",
        "1000000000000000000000000000000",
        "-12345678901234567890.5",
    ] {
        assert_eq!(number(text).to_string(), text);
    }
}

#[test]
fn equal_values_are_equal_however_written() {
    for (left, right) in [
        ("1.0", "1"),
        ("1e3", "1000"),
        ("-0", "0"),
        ("-0.00e9", "0"),
        ("1e30", "1000000000000000000000000000000"),
        ("0.10", "1E-1"),
        ("00012", "12"),
        ("+3", "3"),
        ("0e99999999999999999999999", "0"),
    ] {
        assert_eq!(number(left), number(right), "{left} and {right}");
    }
    assert_ne!(number("0.1"), number("0.10000000000000000000000001"));
}

#[test]
fn refuses_what_is_no_number() {
    for text in [
        "", "-", ".5", "5.", "1e", "e5", "0x10", "1_000", " 1", "1 ", "NaN", "--1", "1.2.3", "١",
    ] {
        assert_eq!(
            Number::parse(text),
            Err(NumberError::NotANumber),
            "{text:?}"
        );
    }
}

#[test]
fn refuses_what_would_not_fit_in_memory_when_written_out() {
    for text in [
        "1e999999999",
        "1e-999999999",
        "1e99999999999999999999",
        "-1e4097",
    ] {
        assert_eq!(Number::parse(text), Err(NumberError::TooLong), "{text}");
    }
    assert_eq!(
        Number::parse(&"9".repeat(100_000)),
        Err(NumberError::TooLong)
    );
    assert_eq!(number("1e4095").to_string().len(), 4096);
}

#[test]
fn floats_mean_their_shortest_decimal_and_whole_floats_their_exact_value() {
    assert_eq!(Number::from_f64(0.1).unwrap(), number("0.1"));
    assert_eq!(
        Number::from_f64(1e30).unwrap(),
        number("1000000000000000019884624838656")
    );
    assert_eq!(Number::from_f64(3.0).unwrap(), Number::from(3));
    assert_eq!(Number::from_f64(-0.0).unwrap(), Number::from(0));
    assert!(Number::from_f64(f64::NAN).is_err());
    assert!(Number::from_f64(f64::INFINITY).unwrap() > number("1e4000"));
    assert!(Number::from_f64(f64::NEG_INFINITY).unwrap() < number("-1e4000"));
}

#[test]
fn converts_only_what_fits() {
    assert_eq!(number("9223372036854775807").to_i64(), Some(i64::MAX));
    assert_eq!(number("9223372036854775808").to_i64(), None);
    assert_eq!(number("18446744073709551615").to_u64(), Some(u64::MAX));
    assert_eq!(number("18446744073709551616").to_u64(), None);
    assert_eq!(Number::from(u64::MAX), number("18446744073709551615"));
    assert_eq!(number("-1").to_u64(), None);
    assert_eq!(number("0.5").to_i64(), None);
    assert!(!number("0.5").is_integer() && number("1e40").is_integer());
}

proptest! {
    #[test]
    fn integers_survive(integer: i64) {
        let parsed = number(&integer.to_string());
        prop_assert_eq!(parsed.to_i64(), Some(integer));
        prop_assert_eq!(parsed, Number::from(integer));
    }

    #[test]
    fn unsigned_integers_survive(integer: u64) {
        prop_assert_eq!(Number::from(integer).to_u64(), Some(integer));
        prop_assert_eq!(Number::from(integer), number(&integer.to_string()));
    }

    #[test]
    fn floats_survive(float in prop::num::f64::NORMAL) {
        prop_assert_eq!(Number::from_f64(float).unwrap().to_f64().to_bits(), float.to_bits());
    }

    #[test]
    fn the_canonical_text_means_the_same(text in "-?[0-9]{1,30}(\\.[0-9]{1,30})?(e-?[0-9]{1,2})?") {
        let parsed = number(&text);
        prop_assert_eq!(&number(&parsed.to_string()), &parsed);
    }

    #[test]
    fn order_agrees_with_arithmetic(left in -1_000_000_i64..1_000_000, right in -1_000_000_i64..1_000_000) {
        let scaled = |integer: i64| number(&format!("{integer}e-3"));
        prop_assert_eq!(scaled(left).cmp(&scaled(right)), left.cmp(&right));
        let huge = |integer: i64| number(&format!("{integer}e20"));
        prop_assert_eq!(huge(left).cmp(&huge(right)), left.cmp(&right));
    }

    #[test]
    fn arbitrary_text_never_panics(text in "[-+0-9eE.]{0,40}|.{0,20}") {
        let _ = Number::parse(&text);
    }
}
