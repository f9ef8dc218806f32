//! A set of values: no order, no known duplicates.

use super::Value;

/// Elements in a canonical order, so that equal sets are equal structures.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ValueSet(Vec<Value>);

impl ValueSet {
    /// The elements, in canonical order.
    pub fn as_slice(&self) -> &[Value] {
        &self.0
    }
}

impl FromIterator<Value> for ValueSet {
    fn from_iter<I: IntoIterator<Item = Value>>(elements: I) -> Self {
        let mut elements: Vec<Value> = elements.into_iter().collect();
        elements.sort();
        // Two unknown elements may turn out different, so neither replaces the other.
        elements.dedup_by(|later, earlier| later == earlier && later.is_wholly_known());
        Self(elements)
    }
}
