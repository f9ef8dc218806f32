//! The order of the steps, one example each.

use tfplugin_values::{Path, Value};

use crate::plan::{ComputedBlocks, Draft, draft as draft_for};
use crate::schema::{Attribute, Block, CheckedSchema, Purpose, Schema};

fn draft(schema: &CheckedSchema, prior: &Value, config: &Value, proposed: Value) -> Draft {
    draft_for(schema, prior, config, proposed, ComputedBlocks::Refused)
}

fn checked(schema: Schema) -> CheckedSchema {
    CheckedSchema::new(schema, Purpose::Resource).unwrap()
}

fn door() -> CheckedSchema {
    checked(
        Schema::new(0)
            .attribute("id", Attribute::string().computed().use_state_for_unknown())
            .attribute("changed", Attribute::string().computed())
            .attribute(
                "room",
                Attribute::string()
                    .required()
                    .requires_replace()
                    .equal_when(str::eq_ignore_ascii_case),
            )
            .attribute(
                "locks",
                Attribute::number().optional().computed().default_value(1),
            )
            .attribute("pin", Attribute::string().optional().write_only()),
    )
}

fn value(id: Value, changed: Value, room: &str, locks: Value, pin: Value) -> Value {
    Value::object([
        ("id", id),
        ("changed", changed),
        ("room", room.into()),
        ("locks", locks),
        ("pin", pin),
    ])
}

fn prior() -> Value {
    value("7".into(), "monday".into(), "hall", 1.into(), Value::Null)
}

fn config(room: &str, locks: Value) -> Value {
    value(Value::Null, Value::Null, room, locks, "1234".into())
}

fn update(room: &str, locks: Value) -> Draft {
    let proposed = value(
        "7".into(),
        "monday".into(),
        room,
        locks.clone(),
        "1234".into(),
    );
    draft(&door(), &prior(), &config(room, locks), proposed)
}

#[test]
fn a_creation_knows_defaults_and_what_is_configured() {
    let config = config("hall", Value::Null);
    let draft = draft(&door(), &Value::Null, &config, config.clone());
    let expected = value(
        Value::unknown(),
        Value::unknown(),
        "hall",
        1.into(),
        Value::Null,
    );
    assert_eq!(draft.planned, expected);
    assert!(draft.requires_replace.is_empty());
}

#[test]
fn a_default_that_is_in_the_state_is_no_change() {
    assert_eq!(update("hall", Value::Null).planned, prior());
}

#[test]
fn a_change_makes_computed_values_unknown_but_for_those_that_stay() {
    let draft = update("hall", 2.into());
    let expected = value("7".into(), Value::unknown(), "hall", 2.into(), Value::Null);
    assert_eq!(draft.planned, expected);
    assert!(draft.requires_replace.is_empty());
}

#[test]
fn another_spelling_of_the_same_is_no_change() {
    let draft = update("HALL", 1.into());
    assert_eq!(draft.planned, prior());
    assert!(draft.requires_replace.is_empty());
}

#[test]
fn a_change_of_meaning_replaces() {
    let draft = update("Attic", 1.into());
    assert_eq!(draft.requires_replace, [Path::from("room")]);
    assert_eq!(
        draft.planned.get(&Path::from("room")),
        Some(&"Attic".into())
    );
}

#[test]
fn a_destruction_stays_null() {
    let draft = draft(&door(), &prior(), &Value::Null, Value::Null);
    assert!(draft.planned.is_null() && draft.requires_replace.is_empty());
}

#[test]
fn a_replacement_inside_a_set_is_asked_for_at_the_set() {
    let keys = [("name", Attribute::string().required().requires_replace())];
    let schema = checked(Schema::new(0).attribute("keys", Attribute::nested_set(keys).optional()));
    let with = |name: &str| {
        Value::object([(
            "keys",
            Value::Set(vec![Value::object(
                [("name", name)].map(|(key, name)| (key, Value::from(name))),
            )]),
        )])
    };
    let draft = draft(&schema, &with("a"), &with("b"), with("b"));
    assert_eq!(draft.requires_replace, [Path::from("keys")]);
}

/// An object whose nested attribute was configured once, and no longer is; `changed` follows from any change.
fn no_longer_configured(rule: Attribute) -> Draft {
    let schema = checked(
        Schema::new(0)
            .attribute("rule", rule.optional().computed())
            .attribute("changed", Attribute::string().computed().requires_replace()),
    );
    let object =
        |rule: Value, changed: Value| Value::object([("rule", rule), ("changed", changed)]);
    let prior = object(Value::object([("name", "a".into())]), "monday".into());
    let config = object(Value::Null, Value::Null);
    // A core takes the absence of what was once configured for a removal.
    draft(
        &schema,
        &prior,
        &config,
        object(Value::Null, "monday".into()),
    )
}

fn rule() -> Attribute {
    Attribute::nested_single([("name", Attribute::string().optional())])
}

#[test]
fn a_nested_attribute_that_keeps_its_state_is_no_change_when_the_user_leaves_it_out() {
    let draft = no_longer_configured(rule().use_state_for_unknown());
    let name = draft.planned.get(&Path::from("rule").attribute("name"));
    assert_eq!(name, Some(&"a".into()));
    assert_eq!(
        draft.planned.get(&Path::from("changed")),
        Some(&"monday".into())
    );
    assert!(draft.requires_replace.is_empty());
}

#[test]
fn a_nested_attribute_without_modifiers_is_computed_anew_when_the_user_leaves_it_out() {
    let draft = no_longer_configured(rule());
    assert!(
        draft
            .planned
            .get(&Path::from("rule"))
            .is_some_and(Value::is_unknown)
    );
    assert!(
        draft
            .planned
            .get(&Path::from("changed"))
            .is_some_and(Value::is_unknown)
    );
}

#[test]
fn an_element_of_a_set_with_computed_blocks_keeps_what_a_core_does_not_propose() {
    let shelf = [
        ("name", Attribute::string().required()),
        ("key", Attribute::string().computed()),
    ];
    let schema = checked(
        Schema::new(0).block(
            "rooms",
            Block::set()
                .attribute("title", Attribute::string().required())
                .attribute("number", Attribute::number().computed())
                .attribute("shelves", Attribute::nested_list(shelf).optional())
                .block(
                    "windows",
                    Block::list()
                        .computed()
                        .attribute("size", Attribute::number().computed()),
                ),
        ),
    );
    let room = |number: Value, key: Value, windows: Value| {
        let shelf = Value::object([("name", "books".into()), ("key", key)]);
        let room = Value::object([
            ("title", "hall".into()),
            ("number", number),
            ("shelves", Value::List(vec![shelf])),
            ("windows", windows),
        ]);
        Value::object([("rooms", Value::Set(vec![room]))])
    };
    let window = Value::object([("size", 2.into())]);
    let prior = room(7.into(), "k".into(), Value::List(vec![window]));
    let config = room(Value::Null, Value::Null, Value::Null);
    // A core recognises no element by its configuration where blocks were computed in it.
    let proposed = config.clone();
    let draft = draft_for(&schema, &prior, &config, proposed, ComputedBlocks::Allowed);
    assert_eq!(draft.planned, prior);
}
