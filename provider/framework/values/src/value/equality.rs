//! When two values are the same value. One total order decides it, so that sets can be sorted.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::Value;
use crate::text;

impl Value {
    /// Whether the values are equal when every unknown counts as a plain unknown: how a Terraform core
    /// compares a plan with the configuration.
    pub fn equals_ignoring_refinements(&self, other: &Self) -> bool {
        compare(self, other, Refined::Ignored) == Ordering::Equal
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        compare(self, other, Refined::Compared) == Ordering::Equal
    }
}

impl Eq for Value {}

impl Ord for Value {
    /// A total order that agrees with equality; it has no other meaning.
    fn cmp(&self, other: &Self) -> Ordering {
        compare(self, other, Refined::Compared)
    }
}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What to do with the refinements of unknown values.
#[derive(Clone, Copy)]
enum Refined {
    Compared,
    Ignored,
}

fn compare(left: &Value, right: &Value, refined: Refined) -> Ordering {
    match (left, right) {
        (Value::Unknown(left), Value::Unknown(right)) => match refined {
            Refined::Compared => left.cmp(right),
            Refined::Ignored => Ordering::Equal,
        },
        (Value::String(left), Value::String(right)) => text::compare(left, right),
        (Value::Number(left), Value::Number(right)) => left.cmp(right),
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        (Value::List(left), Value::List(right)) | (Value::Tuple(left), Value::Tuple(right)) => {
            compare_elements(left, right, refined)
        }
        (Value::Set(left), Value::Set(right)) => compare_sets(left, right, refined),
        (Value::Map(left), Value::Map(right)) => compare_maps(left, right, refined, text::compare),
        // Attribute names are identifiers, given by a schema: bytes decide.
        (Value::Object(left), Value::Object(right)) => compare_maps(left, right, refined, str::cmp),
        (Value::Dynamic(left), Value::Dynamic(right)) => left
            .ty
            .cmp(&right.ty)
            .then_with(|| compare(&left.value, &right.value, refined)),
        _ => rank(left).cmp(&rank(right)),
    }
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Unknown(_) => 1,
        Value::String(_) => 2,
        Value::Number(_) => 3,
        Value::Bool(_) => 4,
        Value::List(_) => 5,
        Value::Set(_) => 6,
        Value::Tuple(_) => 7,
        Value::Map(_) => 8,
        Value::Object(_) => 9,
        Value::Dynamic(_) => 10,
    }
}

fn compare_elements<'a>(
    left: impl IntoIterator<Item = &'a Value>,
    right: impl IntoIterator<Item = &'a Value>,
    refined: Refined,
) -> Ordering {
    let mut right = right.into_iter();
    for left in left {
        match right.next() {
            None => return Ordering::Greater,
            Some(right) => match compare(left, right, refined) {
                Ordering::Equal => {}
                unequal => return unequal,
            },
        }
    }
    if right.next().is_some() {
        Ordering::Less
    } else {
        Ordering::Equal
    }
}

fn compare_sets(left: &[Value], right: &[Value], refined: Refined) -> Ordering {
    // Most sets that are equal also stand in the same order.
    if compare_elements(left, right, refined) == Ordering::Equal {
        return Ordering::Equal;
    }
    compare_elements(distinct(left, refined), distinct(right, refined), refined)
}

/// The elements in order, each known one once: a core drops duplicates, but two unknown elements may
/// still become different ones.
fn distinct(elements: &[Value], refined: Refined) -> Vec<&Value> {
    let mut sorted: Vec<&Value> = elements.iter().collect();
    sorted.sort_by(|left, right| compare(left, right, refined));
    sorted.dedup_by(|later, earlier| {
        compare(later, earlier, refined) == Ordering::Equal && earlier.is_wholly_known()
    });
    sorted
}

fn compare_maps(
    left: &BTreeMap<String, Value>,
    right: &BTreeMap<String, Value>,
    refined: Refined,
    compare_keys: fn(&str, &str) -> Ordering,
) -> Ordering {
    left.len().cmp(&right.len()).then_with(|| {
        left.iter()
            .zip(right)
            .map(|((left_key, left), (right_key, right))| {
                compare_keys(left_key, right_key).then_with(|| compare(left, right, refined))
            })
            .find(|ordering| ordering.is_ne())
            .unwrap_or(Ordering::Equal)
    })
}
