use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tfplugin_values::arbitrary::{Unknowns, values};
use tfplugin_values::{Number, Path, Type, Value};

use super::{Field, FieldType, IntoValue, Model, SetOf, check_model_type, write_attribute};
use crate::model;

model! {
    #[derive(PartialEq)]
    struct House { name: String, floors: u8, r#type: String, rooms: Vec<Room>, tags: BTreeSet<String>, doors: BTreeMap<String, Field<Room>>, keys: SetOf<Room>, area: Number, any: Value }

    #[derive(PartialEq)]
    struct Room { name: String, size: i16 }
}

fn room_type() -> Type {
    Type::object([("name", Type::String), ("size", Type::Number)])
}

fn house_type() -> Type {
    Type::object([
        ("name", Type::String),
        ("floors", Type::Number),
        ("type", Type::String),
        ("rooms", Type::list(room_type())),
        ("tags", Type::set(Type::String)),
        ("doors", Type::map(room_type())),
        ("keys", Type::set(room_type())),
        ("area", Type::Number),
        ("any", Type::Dynamic),
    ])
}

fn house() -> Value {
    let Value::Object(mut attributes) = House::default().into_object() else {
        unreachable!("a model is an object");
    };
    attributes.insert("name".into(), "villa".into());
    Value::Object(attributes)
}

fn with(name: &str, value: Value) -> Value {
    let Value::Object(mut attributes) = house() else {
        unreachable!("a model is an object");
    };
    attributes.insert(name.into(), value);
    Value::Object(attributes)
}

#[test]
fn a_model_has_exactly_the_attributes_of_its_schema() {
    assert_eq!(check_model_type::<House>(&house_type()), Ok(()));
    let less = Type::object([("name", Type::String)]);
    let mismatch = check_model_type::<Room>(&less).unwrap_err();
    assert_eq!(mismatch.path(), Path::from("size"));
    let more = Type::object([
        ("name", Type::String),
        ("size", Type::Number),
        ("age", Type::Number),
    ]);
    assert_eq!(
        check_model_type::<Room>(&more).unwrap_err().path(),
        Path::from("age")
    );
    let other = Type::object([("name", Type::String), ("size", Type::String)]);
    assert_eq!(
        check_model_type::<Room>(&other).unwrap_err().path(),
        Path::from("size")
    );
}

#[test]
fn raw_names_are_attributes_without_their_prefix() {
    let model = House::from_object(&with("type", "barn".into())).unwrap();
    assert!(model.r#type.is("barn"));
}

#[test]
fn every_misfit_is_told_at_its_place() {
    let rooms = Value::List(vec![
        Value::object([("name", Value::from("hall")), ("size", Value::from(1))]),
        Value::object([("name", Value::Bool(true)), ("size", Value::from(70_000))]),
    ]);
    let mismatches = House::from_object(&with("rooms", rooms)).unwrap_err();
    let paths: Vec<String> = mismatches
        .iter()
        .map(|each| each.path().to_string())
        .collect();
    assert_eq!(paths, ["rooms[1].name", "rooms[1].size"]);
    let fraction = with("floors", Value::Number("1.5".parse().unwrap()));
    assert!(
        House::from_object(&fraction)
            .unwrap_err()
            .to_string()
            .contains("from 0 to 255")
    );
}

#[test]
fn a_partly_unknown_collection_reads_as_unknown_and_is_written_back_as_it_was() {
    let tags = Value::Set(vec!["a".into(), Value::unknown()]);
    let original = with("tags", tags.clone());
    let model = House::from_object(&original).unwrap();
    assert!(model.tags.is_unknown());
    let Value::Object(mut attributes) = original.clone() else {
        unreachable!("a model is an object");
    };
    model.write_to(&mut attributes);
    assert_eq!(Value::Object(attributes), original);
}

#[test]
fn a_field_element_may_be_null_or_unknown() {
    let doors = Value::map([("back", Value::unknown()), ("front", Value::Null)]);
    let model = House::from_object(&with("doors", doors.clone())).unwrap();
    let known = model.doors.known().unwrap();
    assert!(known["back"].is_unknown() && known["front"].is_null());
    assert_eq!(model.doors.into_value(), doors);
}

#[test]
fn what_the_handler_wrote_replaces_what_was_unknown() {
    let mut attributes = BTreeMap::from([("name".to_owned(), Value::unknown())]);
    write_attribute(&mut attributes, "name", "known".into());
    assert_eq!(attributes["name"], "known".into());
}

#[test]
fn a_set_of_models_is_compared_without_order() {
    let room = |size: i16| Room {
        size: size.into(),
        ..Room::default()
    };
    assert_eq!(SetOf(vec![room(1), room(2)]), SetOf(vec![room(2), room(1)]));
    assert_ne!(SetOf(vec![room(1)]), SetOf(vec![room(2)]));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_model_that_was_read_is_written_back_as_it_was(value in values(&house_type(), Unknowns::Allowed)) {
        if let Ok(model) = House::from_object(&value)
            && let Value::Object(original) = &value
        {
            let mut attributes = original.clone();
            model.write_to(&mut attributes);
            prop_assert_eq!(&Value::Object(attributes), &value);
        }
    }

    #[test]
    fn whole_numbers_keep_their_value(number in any::<i64>(), other in any::<u64>()) {
        prop_assert_eq!(i64::from_value(&number.into_value()), Ok(number));
        prop_assert_eq!(u64::from_value(&other.into_value()), Ok(other));
    }
}
