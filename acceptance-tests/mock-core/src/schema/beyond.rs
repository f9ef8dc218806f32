//! Rules core does not enforce although breaking them makes a schema unusable.

use std::collections::BTreeMap;

use super::{Attribute, AttributeKind, Block, Schema};
use crate::value::{Path, PathError};

const RESERVED: [&str; 7] = [
    "connection",
    "count",
    "depends_on",
    "for_each",
    "lifecycle",
    "provider",
    "provisioner",
];

/// Every such rule a resource's schema breaks: names a configuration could not write, reserved
/// names, contradictory write-only attributes.
pub fn beyond_core(schema: &Schema) -> Vec<PathError> {
    let mut problems = Vec::new();
    let root = Path::root();
    let names = schema
        .block
        .attributes
        .keys()
        .chain(schema.block.blocks.keys());
    for name in names.filter(|name| RESERVED.contains(&name.as_str())) {
        problems.push(PathError::new(
            &root.attribute(name),
            "the name is reserved by Terraform",
        ));
    }
    check_block(&schema.block, &root, &mut problems);
    problems
}

fn check_block(block: &Block, path: &Path, problems: &mut Vec<PathError>) {
    check_attributes(&block.attributes, path, problems);
    for (name, nested) in &block.blocks {
        check_block(&nested.block, &path.attribute(name), problems);
    }
}

fn check_attributes(
    attributes: &BTreeMap<String, Attribute>,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    for (name, attribute) in attributes {
        let path = path.attribute(name);
        let mut say = |message: &str| problems.push(PathError::new(&path, message));
        if !is_attribute_name(name) {
            say("a configuration cannot write this name");
        }
        if attribute.write_only && attribute.computed {
            say("a write-only attribute cannot be computed");
        }
        if attribute.write_only && attribute.required == attribute.optional {
            say("a write-only attribute is either required or optional");
        }
        if let AttributeKind::Nested(nested) = &attribute.kind {
            check_attributes(&nested.attributes, &path, problems);
        }
    }
}

fn is_attribute_name(name: &str) -> bool {
    let starts_well = name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_');
    starts_well
        && name
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}
