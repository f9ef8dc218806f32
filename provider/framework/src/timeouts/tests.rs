use std::time::Duration;

use proptest::prelude::*;
use tfplugin_values::Value;

use super::{GoDuration, Operation, Timeouts};
use crate::field::{Field, FieldType, IntoValue};

fn seconds(text: &str) -> Option<f64> {
    text.parse::<GoDuration>()
        .ok()
        .map(|parsed| parsed.duration().as_secs_f64())
}

#[test]
fn durations_read_as_go_reads_them() {
    for (text, expected) in [
        ("30m", 1800.0),
        ("1h30m", 5400.0),
        ("1.5h", 5400.0),
        (".5s", 0.5),
        ("1s500ms", 1.5),
        ("+2us", 0.000_002),
    ] {
        assert_eq!(seconds(text), Some(expected), "{text}");
    }
    for text in [
        "",
        "30",
        "m",
        "-1s",
        "0s",
        "1 h",
        "1d",
        ".s",
        "9999999999999h",
        "1h-3m",
    ] {
        assert_eq!(seconds(text), None, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_a_panic(text in ".*") {
        let _ = text.parse::<GoDuration>();
    }

    #[test]
    fn whole_seconds_keep_their_value(count in 1_u32..) {
        let parsed: GoDuration = format!("{count}s").parse().unwrap();
        prop_assert_eq!(parsed.duration(), Duration::from_secs(u64::from(count)));
    }
}

#[test]
fn the_users_own_text_is_kept() {
    let written = Value::Map(
        [
            ("create".to_owned(), Value::String("90m".to_owned())),
            ("delete".to_owned(), Value::Null),
        ]
        .into(),
    );
    let timeouts = Field::Known(Timeouts::from_value(&written).unwrap());
    let minute = Duration::from_secs(60);
    assert_eq!(timeouts.get_or(Operation::Create, minute), minute * 90);
    assert_eq!(timeouts.get_or(Operation::Delete, minute), minute);
    assert_eq!(timeouts.into_value(), written);
}

#[test]
fn other_keys_are_left_to_the_validator() {
    let written = Value::Map(
        ["update", "updating"]
            .map(|key| (key.to_owned(), Value::String("1m".to_owned())))
            .into(),
    );
    let timeouts = Timeouts::from_value(&written).unwrap();
    assert_eq!(timeouts.durations.len(), 1);
    assert!(timeouts.durations.contains_key(&Operation::Update));
}
