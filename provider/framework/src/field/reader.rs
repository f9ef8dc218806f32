//! Reads an object's attributes one by one and gathers whatever does not fit.

use std::collections::BTreeMap;

use tfplugin_values::{Step, Value};

use super::{Field, FieldType, Mismatch, Mismatches};

/// Reads an object's attributes by name; used by the code that [`crate::model!`] writes.
#[derive(Debug)]
pub struct AttributeReader<'a> {
    attributes: &'a BTreeMap<String, Value>,
    mismatches: Vec<Mismatch>,
}

impl<'a> AttributeReader<'a> {
    /// Begins with all attributes of an object.
    pub fn new(attributes: &'a BTreeMap<String, Value>) -> Self {
        Self {
            attributes,
            mismatches: Vec::new(),
        }
    }

    /// Reads one attribute. An absent one is null; a collection with unknown elements, where the Rust
    /// type has no room for those, is unknown; one that does not fit is noted and reads as null.
    pub fn read<T: FieldType>(&mut self, name: &str) -> Field<T> {
        let Some(value) = self.attributes.get(name) else {
            return Field::Null;
        };
        Field::from_element(value).unwrap_or_else(|error| {
            if error.is_unknown_only() {
                return Field::Unknown;
            }
            let step = Step::Attribute(name.to_owned());
            self.mismatches.extend(error.inside(&step).0);
            Field::Null
        })
    }

    /// Ends: everything that did not fit, if anything.
    pub fn finish<M>(self, model: M) -> Result<M, Mismatches> {
        if self.mismatches.is_empty() {
            Ok(model)
        } else {
            Err(Mismatches(self.mismatches))
        }
    }
}
