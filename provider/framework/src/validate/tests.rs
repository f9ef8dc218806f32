use proptest::prelude::*;
use tfplugin_values::arbitrary::{Unknowns, values};
use tfplugin_values::{Type, Value};

use super::{WriteOnly, validate};
use crate::diagnostics::Diagnostics;
use crate::schema::{Attribute, Block, CheckedSchema, Purpose, Schema};
use crate::validators::{between, not_empty};

fn schema() -> CheckedSchema {
    let nested = [
        ("name", Attribute::string().required().validate(not_empty())),
        ("hash", Attribute::string().computed()),
    ];
    let schema = Schema::new(0)
        .deprecated("Use the other one.")
        .attribute("id", Attribute::string().computed())
        .attribute(
            "old",
            Attribute::number()
                .optional()
                .deprecated("Use new.")
                .validate(between(1, 9)),
        )
        .attribute("pin", Attribute::string().optional().write_only())
        .attribute(
            "hosts",
            Attribute::set(Type::String)
                .optional()
                .equal_when(str::eq_ignore_ascii_case),
        )
        .attribute("list", Attribute::nested_list(nested.clone()).optional())
        .attribute("set", Attribute::nested_set(nested).optional())
        .block(
            "note",
            Block::list()
                .deprecated("Write none.")
                .attribute("text", Attribute::string().required()),
        );
    CheckedSchema::new(schema, Purpose::Resource).unwrap()
}

fn found(
    attributes: impl IntoIterator<Item = (&'static str, Value)>,
    write_only: WriteOnly,
) -> Vec<String> {
    let mut config = Value::object([
        ("id", Value::Null),
        ("old", Value::Null),
        ("pin", Value::Null),
        ("hosts", Value::Null),
        ("list", Value::Null),
        ("set", Value::Null),
        ("note", Value::List(vec![])),
    ]);
    if let Value::Object(all) = &mut config {
        all.extend(
            attributes
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value)),
        );
    }
    let mut diagnostics = Diagnostics::new();
    validate(&schema(), &config, write_only, &mut diagnostics);
    diagnostics
        .iter()
        .skip(1)
        .map(|each| format!("{} at {}", each.summary(), each.path().unwrap()))
        .collect()
}

fn egg(name: Value, hash: Value) -> Value {
    Value::object([("name", name), ("hash", hash)])
}

#[test]
fn each_rule_speaks_at_its_attribute() {
    let eggs = vec![egg(Value::Null, Value::Null), egg("".into(), "mine".into())];
    for (name, value, expected) in [
        ("id", Value::from("x"), vec!["Read-only attribute at id"]),
        ("id", Value::unknown(), vec!["Read-only attribute at id"]),
        ("old", 3.into(), vec!["Deprecated attribute at old"]),
        ("old", Value::unknown(), vec![]),
        (
            "old",
            30.into(),
            vec!["Deprecated attribute at old", "Invalid value at old"],
        ),
        (
            "pin",
            "1".into(),
            vec!["Write-only attribute not supported at pin"],
        ),
        (
            "hosts",
            Value::Set(vec!["a".into(), "A".into()]),
            vec!["Duplicate set element at hosts"],
        ),
        (
            "hosts",
            Value::Set(vec!["a".into(), Value::unknown()]),
            vec![],
        ),
        (
            "list",
            Value::List(eggs.clone()),
            vec![
                "Read-only attribute at list[1].hash",
                "Missing required attribute at list[0].name",
                "Invalid value at list[1].name",
            ],
        ),
        (
            "list",
            Value::List(vec![Value::Null, Value::unknown()]),
            vec!["Missing element at list[0]"],
        ),
        (
            "set",
            Value::Set(vec![egg("".into(), Value::Null)]),
            vec!["Invalid value at set"],
        ),
        (
            "note",
            Value::List(vec![Value::object([("text", Value::Null)])]),
            vec![
                "Deprecated block at note",
                "Missing required attribute at note[0].text",
            ],
        ),
    ] {
        let mut said = found([(name, value.clone())], WriteOnly::Refused);
        let mut expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        said.sort();
        expected.sort();
        assert_eq!(said, expected, "{name} = {value:?}");
    }
}

#[test]
fn an_error_inside_a_set_says_which_attribute() {
    let mut diagnostics = Diagnostics::new();
    let set = Value::Set(vec![egg("".into(), Value::Null)]);
    let config = Value::object([("set", set)]);
    validate(&schema(), &config, WriteOnly::Refused, &mut diagnostics);
    let said = diagnostics.iter().find(|each| each.is_error()).unwrap();
    assert!(
        said.detail_text().starts_with("In an element, name: "),
        "{said}"
    );
}

#[test]
fn a_core_that_keeps_write_only_values_out_may_have_them() {
    assert_eq!(
        found([("pin", "1".into())], WriteOnly::Allowed),
        Vec::<String>::new()
    );
}

#[test]
fn an_absent_or_unknown_configuration_is_fine() {
    for config in [Value::Null, Value::unknown()] {
        let mut diagnostics = Diagnostics::new();
        validate(&schema(), &config, WriteOnly::Refused, &mut diagnostics);
        assert!(diagnostics.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_configuration_is_a_panic(config in values(&schema().ty, Unknowns::Allowed)) {
        validate(&schema(), &config, WriteOnly::Refused, &mut Diagnostics::new());
    }
}
