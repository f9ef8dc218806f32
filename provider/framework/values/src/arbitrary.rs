//! Generators for property tests: types, and values of a type.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

use crate::{Number, NumberBound, Refinements, Type, Value};

/// Which values are generated beside known ones.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unknowns {
    /// Values and their parts may be null or unknown, with refinements or without: configurations, plans.
    Allowed,
    /// Values and their parts may be null only: state.
    Never,
}

/// Types of every kind, nested a few levels.
pub fn types() -> BoxedStrategy<Type> {
    let leaf = prop_oneof![
        4 => Just(Type::String),
        2 => Just(Type::Number),
        2 => Just(Type::Bool),
        1 => Just(Type::Dynamic),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(Type::list),
            inner.clone().prop_map(Type::map),
            // A set of dynamic values has no meaning to Terraform.
            inner
                .clone()
                .prop_filter("no dynamic type in a set", |ty| !ty.has_dynamic())
                .prop_map(Type::set),
            btree_map("[a-z_][a-z0-9_]{0,6}", inner.clone(), 0..4).prop_map(Type::object),
            vec(inner, 0..3).prop_map(Type::Tuple),
        ]
    })
    .boxed()
}

/// Values of a type, null among them.
pub fn values(ty: &Type, unknowns: Unknowns) -> BoxedStrategy<Value> {
    let unknown_weight = match unknowns {
        Unknowns::Allowed => 1,
        Unknowns::Never => 0,
    };
    prop_oneof![
        1 => Just(Value::Null),
        unknown_weight => refinements(ty).prop_map(Value::Unknown),
        8 => known_values(ty, unknowns),
    ]
    .boxed()
}

/// Values of a type that are neither null nor unknown; their parts may be.
pub fn known_values(ty: &Type, unknowns: Unknowns) -> BoxedStrategy<Value> {
    let parts = |ty: &Type| values(ty, unknowns);
    match ty {
        Type::String => strings().prop_map(Value::from).boxed(),
        Type::Number => numbers().prop_map(Value::Number).boxed(),
        Type::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Type::List(ty) => vec(parts(ty), 0..4).prop_map(Value::List).boxed(),
        Type::Set(ty) => vec(parts(ty), 0..4).prop_map(Value::Set).boxed(),
        Type::Map(ty) => vec((strings(), parts(ty)), 0..4)
            .prop_map(Value::map)
            .boxed(),
        Type::Tuple(types) => types
            .iter()
            .map(parts)
            .collect::<Vec<_>>()
            .prop_map(Value::Tuple)
            .boxed(),
        Type::Object(object) => {
            let names: Vec<String> = object.names().map(str::to_owned).collect();
            let attributes: Vec<_> = object.iter().map(|(_, ty)| parts(ty)).collect();
            attributes
                .prop_map(move |attributes| Value::object(names.iter().cloned().zip(attributes)))
                .boxed()
        }
        Type::Dynamic => types()
            .prop_flat_map(move |ty| (values(&ty, unknowns), Just(ty)))
            .prop_map(|(value, ty)| Value::dynamic(ty, value))
            .boxed(),
    }
}

/// Texts of ASCII and beyond, decomposed characters among them.
pub fn strings() -> BoxedStrategy<String> {
    prop_oneof![
        "[ -~]{0,12}",
        "\\PC{0,8}",
        "(e\u{301}|o\u{308}|\u{1F980}|\n|\"){0,4}",
        Just("x".repeat(300))
    ]
    .boxed()
}

/// Small, large, fractional and very long numbers.
pub fn numbers() -> BoxedStrategy<Number> {
    prop_oneof![
        (-200_i64..200).prop_map(Number::from),
        any::<i64>().prop_map(Number::from),
        any::<u64>().prop_map(Number::from),
        "-?[0-9]{1,30}(\\.[0-9]{1,30})?(e-?[0-9])?"
            .prop_map(|text| { text.parse().unwrap_or_else(|_| Number::from(0)) }),
    ]
    .boxed()
}

/// What may be sure about an unknown value of a type.
fn refinements(ty: &Type) -> BoxedStrategy<Refinements> {
    let nullness = any::<bool>().prop_map(|not_null| {
        if not_null {
            Refinements::none().not_null()
        } else {
            Refinements::none()
        }
    });
    match ty {
        Type::String => (nullness, option::of("[a-z:/]{1,8}"))
            .prop_map(|(refinements, prefix)| match prefix {
                Some(prefix) => refinements.string_prefix(prefix),
                None => refinements,
            })
            .boxed(),
        Type::Number => {
            let bound = || {
                option::of((numbers(), any::<bool>())).prop_map(|bound| {
                    bound.map(|(number, inclusive)| NumberBound { number, inclusive })
                })
            };
            (nullness, bound(), bound())
                .prop_map(|(mut refinements, lower, upper)| {
                    if let Some(bound) = lower {
                        refinements = refinements.number_lower_bound(bound);
                    }
                    if let Some(bound) = upper {
                        refinements = refinements.number_upper_bound(bound);
                    }
                    refinements
                })
                .boxed()
        }
        Type::List(_) | Type::Set(_) | Type::Map(_) => {
            (nullness, option::of(0..3_u64), option::of(3..300_u64))
                .prop_map(|(mut refinements, lower, upper)| {
                    if let Some(length) = lower {
                        refinements = refinements.length_lower_bound(length);
                    }
                    if let Some(length) = upper {
                        refinements = refinements.length_upper_bound(length);
                    }
                    refinements
                })
                .boxed()
        }
        _ => nullness.boxed(),
    }
}
