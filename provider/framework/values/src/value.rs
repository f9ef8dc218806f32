//! Terraform's values.

mod access;
mod convert;
mod equality;
mod refinements;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use refinements::{NumberBound, Refinements};

use crate::{Number, Type};

/// A value of any [`Type`].
///
/// A null value has no type of its own, nor has an unknown one. Equality is Terraform's: sets without
/// order, numbers by value, strings by their normal form.
#[derive(Clone, Debug)]
pub enum Value {
    /// No value.
    Null,
    /// A value that is decided later, with what is already sure about it.
    Unknown(Refinements),
    /// Text.
    String(String),
    /// A number.
    Number(Number),
    /// True or false.
    Bool(bool),
    /// The elements of a list.
    List(Vec<Value>),
    /// The elements of a set, in no particular order.
    Set(Vec<Value>),
    /// The elements of a tuple.
    Tuple(Vec<Value>),
    /// The elements of a map.
    Map(BTreeMap<String, Value>),
    /// The attributes of an object; each of its type's attributes is present.
    Object(BTreeMap<String, Value>),
    /// A value with its type, where the type demanded is [`Type::Dynamic`].
    Dynamic(Box<DynamicValue>),
}

/// A value together with its type.
#[derive(Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub struct DynamicValue {
    /// What type the value has.
    pub ty: Type,
    /// The value, of that type; null and unknown may have a type here.
    pub value: Value,
}
