//! The types of the values a schema describes.

use std::collections::BTreeMap;

use super::{
    Attribute, AttributeKind, Block, BlockNesting, NestedBlock, NestedObject, ObjectNesting, Schema,
};
use crate::value::{Path, Step, Type, Value};

impl Schema {
    /// The type of a whole value.
    pub fn implied_type(&self) -> Type {
        self.block.implied_type()
    }
}

impl Block {
    /// An object with one attribute for each attribute and each nested block type.
    pub fn implied_type(&self) -> Type {
        let attributes = self
            .attributes
            .iter()
            .map(|(name, it)| (name.clone(), it.implied_type()));
        let blocks = self
            .blocks
            .iter()
            .map(|(name, it)| (name.clone(), it.implied_type()));
        Type::Object(attributes.chain(blocks).collect())
    }

    /// The attribute a path ends at, through nested blocks and nested attributes.
    pub fn attribute_at(&self, path: &Path) -> Option<&Attribute> {
        let mut names = path.steps().iter().filter_map(|step| match step {
            Step::Attribute(name) => Some(name.as_str()),
            _ => None,
        });
        let mut block = self;
        let mut attribute = loop {
            let name = names.next()?;
            match block.blocks.get(name) {
                Some(nested) => block = &nested.block,
                None => break block.attributes.get(name)?,
            }
        };
        for name in names {
            match &attribute.kind {
                AttributeKind::Nested(nested) => attribute = nested.attributes.get(name)?,
                _ => return Some(attribute),
            }
        }
        Some(attribute)
    }

    /// The value of an absent block: attributes null, repeated blocks empty.
    pub fn empty_value(&self) -> Value {
        let attributes = self
            .attributes
            .keys()
            .map(|name| (name.clone(), Value::Null));
        let blocks = self
            .blocks
            .iter()
            .map(|(name, nested)| (name.clone(), nested.empty_value()));
        Value::Object(attributes.chain(blocks).collect())
    }
}

impl NestedBlock {
    /// The type of the attribute that stands for the blocks.
    pub fn implied_type(&self) -> Type {
        let object = self.block.implied_type();
        match self.nesting {
            BlockNesting::Single | BlockNesting::Group | BlockNesting::Invalid => object,
            // Each element may have another type, so the whole is a tuple or an object whose type
            // only the value tells.
            BlockNesting::List | BlockNesting::Map if object.has_dynamic() => Type::Dynamic,
            BlockNesting::List => Type::list(object),
            BlockNesting::Set => Type::set(object),
            BlockNesting::Map => Type::map(object),
        }
    }

    /// The value when the configuration has no such block.
    pub fn empty_value(&self) -> Value {
        match (self.nesting, self.implied_type()) {
            (BlockNesting::Single | BlockNesting::Invalid, _) => Value::Null,
            (BlockNesting::Group, _) => self.block.empty_value(),
            (BlockNesting::List, Type::Dynamic) => Value::Dynamic(Box::new((
                Type::Tuple(Vec::new()),
                Value::Tuple(Vec::new()),
            ))),
            (BlockNesting::Map, Type::Dynamic) => Value::Dynamic(Box::new((
                Type::Object(BTreeMap::new()),
                Value::Object(BTreeMap::new()),
            ))),
            (BlockNesting::List, _) => Value::List(Vec::new()),
            (BlockNesting::Set, _) => Value::set([]),
            (BlockNesting::Map, _) => Value::Map(BTreeMap::new()),
        }
    }
}

impl Attribute {
    /// The type of its value.
    pub fn implied_type(&self) -> Type {
        match &self.kind {
            AttributeKind::Plain(ty) => ty.clone(),
            AttributeKind::Nested(nested) => nested.implied_type(),
            AttributeKind::Ambiguous => Type::Dynamic,
        }
    }
}

impl NestedObject {
    /// The type of one of its objects.
    pub fn object_type(&self) -> Type {
        let attributes = self.attributes.iter();
        Type::Object(
            attributes
                .map(|(name, it)| (name.clone(), it.implied_type()))
                .collect(),
        )
    }

    /// The type of the attribute.
    pub fn implied_type(&self) -> Type {
        let object = self.object_type();
        match self.nesting {
            ObjectNesting::Single | ObjectNesting::Invalid => object,
            ObjectNesting::List => Type::list(object),
            ObjectNesting::Set => Type::set(object),
            ObjectNesting::Map => Type::map(object),
        }
    }
}
