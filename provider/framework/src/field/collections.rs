//! Lists, sets and maps.

use std::collections::{BTreeMap, BTreeSet};

use tfplugin_values::{Step, Type, Value};

use super::{FieldType, IntoValue, Mismatch, Mismatches};

impl<T: IntoValue> IntoValue for Vec<T> {
    fn into_value(self) -> Value {
        Value::List(values(self))
    }
}

impl<T: FieldType> FieldType for Vec<T> {
    fn check_type(ty: &Type) -> Result<(), Mismatch> {
        match ty {
            Type::List(element) => T::check_type(element),
            _ => Err(Mismatch::new("a list attribute")),
        }
    }

    fn from_value(value: &Value) -> Result<Self, Mismatches> {
        match value {
            Value::List(elements) => elements
                .iter()
                .zip(0..)
                .map(|(element, index)| {
                    T::from_element(element).map_err(|error| error.inside(&Step::Index(index)))
                })
                .collect(),
            _ => Err(Mismatch::new("a list").into()),
        }
    }
}

impl<T: IntoValue> IntoValue for BTreeMap<String, T> {
    fn into_value(self) -> Value {
        Value::Map(
            self.into_iter()
                .map(|(key, element)| (key, element.into_value()))
                .collect(),
        )
    }
}

impl<T: FieldType> FieldType for BTreeMap<String, T> {
    fn check_type(ty: &Type) -> Result<(), Mismatch> {
        match ty {
            Type::Map(element) => T::check_type(element),
            _ => Err(Mismatch::new("a map attribute")),
        }
    }

    fn from_value(value: &Value) -> Result<Self, Mismatches> {
        match value {
            Value::Map(elements) => elements
                .iter()
                .map(|(key, element)| match T::from_element(element) {
                    Ok(element) => Ok((key.clone(), element)),
                    Err(error) => Err(error.inside(&Step::Key(key.clone()))),
                })
                .collect(),
            _ => Err(Mismatch::new("a map").into()),
        }
    }
}

impl<T: IntoValue> IntoValue for BTreeSet<T> {
    fn into_value(self) -> Value {
        Value::Set(values(self))
    }
}

impl<T: FieldType + Ord> FieldType for BTreeSet<T> {
    fn check_type(ty: &Type) -> Result<(), Mismatch> {
        SetOf::<T>::check_type(ty)
    }

    fn from_value(value: &Value) -> Result<Self, Mismatches> {
        SetOf::<T>::from_value(value).map(|set| set.0.into_iter().collect())
    }
}

/// A set whose elements have no order of their own, such as nested objects. The order of the elements
/// means nothing.
#[derive(Clone, Debug, Default)]
pub struct SetOf<T>(pub Vec<T>);

impl<T: PartialEq> PartialEq for SetOf<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().all(|element| other.0.contains(element))
    }
}

impl<T: IntoValue> IntoValue for SetOf<T> {
    fn into_value(self) -> Value {
        Value::Set(values(self.0))
    }
}

impl<T: FieldType> FieldType for SetOf<T> {
    fn check_type(ty: &Type) -> Result<(), Mismatch> {
        match ty {
            Type::Set(element) => T::check_type(element),
            _ => Err(Mismatch::new("a set attribute")),
        }
    }

    // An element of a set has no address, so that the error stays at the set itself.
    fn from_value(value: &Value) -> Result<Self, Mismatches> {
        match value {
            Value::Set(elements) => elements
                .iter()
                .map(|element| {
                    T::from_element(element).map_err(|error| {
                        if error.is_unknown_only() {
                            return Mismatch::unknown().into();
                        }
                        let problem = error.iter().next().map_or("", Mismatch::problem);
                        Mismatch::new(format!("a set whose elements are {problem}")).into()
                    })
                })
                .collect::<Result<Vec<T>, Mismatches>>()
                .map(Self),
            _ => Err(Mismatch::new("a set").into()),
        }
    }
}

fn values<T: IntoValue>(elements: impl IntoIterator<Item = T>) -> Vec<Value> {
    elements.into_iter().map(IntoValue::into_value).collect()
}
