//! One level of a schema: the attributes and blocks of an object.

use tfplugin_values::Value;

use crate::schema::{Attribute, Block, Body};

/// The value of everything that is not there.
pub(crate) static NULL: Value = Value::Null;

/// The attributes and blocks of an object, whichever kind of object it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Level<'a> {
    pub(crate) attributes: &'a [(String, Attribute)],
    pub(crate) blocks: &'a [(String, Block)],
}

impl<'a> Level<'a> {
    /// Of a schema or block.
    pub(crate) fn of_body(body: &'a Body) -> Self {
        Self {
            attributes: &body.attributes,
            blocks: &body.blocks,
        }
    }

    /// Of a nested attribute.
    pub(crate) fn of_attributes(attributes: &'a [(String, Attribute)]) -> Self {
        Self {
            attributes,
            blocks: &[],
        }
    }
}

/// An attribute of an object; null where the object has none, is null, or unknown.
pub(crate) fn part<'a>(object: &'a Value, name: &str) -> &'a Value {
    match object {
        Value::Object(attributes) => attributes.get(name).unwrap_or(&NULL),
        _ => &NULL,
    }
}
