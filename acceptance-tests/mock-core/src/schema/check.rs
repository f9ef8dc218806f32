//! The rules core enforces when it loads a schema: "Failed to load plugin schemas".

use std::collections::BTreeMap;

use super::{Attribute, AttributeKind, Block, BlockNesting, NestedBlock, ObjectNesting, Schema};
use crate::value::{Path, PathError, Type};

/// Every rule the schema breaks; core loads it only when there is none.
pub fn check(schema: &Schema) -> Vec<PathError> {
    let mut problems = Vec::new();
    if schema.version < 0 {
        problems.push(PathError::new(
            &Path::root(),
            "schema version must not be negative",
        ));
    }
    check_block(&schema.block, &Path::root(), &mut problems);
    problems
}

fn check_block(block: &Block, path: &Path, problems: &mut Vec<PathError>) {
    check_deprecation(block.deprecated, &block.deprecation_message, path, problems);
    check_attributes(&block.attributes, path, problems);
    for (name, nested) in &block.blocks {
        let path = path.attribute(name);
        let mut say = |message: &str| problems.push(PathError::new(&path, message));
        if !is_block_name(name) {
            say("name may contain only lowercase letters, digits and underscores");
        }
        if block.attributes.contains_key(name) {
            say("name defined as both attribute and child block type");
        }
        check_counts(nested, &path, problems);
        if nested.nesting == BlockNesting::Set {
            check_set_content(&nested.block, &path, problems);
        }
        if nested.block.computed {
            check_computed(nested, &path, problems);
        }
        check_block(&nested.block, &path, problems);
    }
}

fn check_counts(nested: &NestedBlock, path: &Path, problems: &mut Vec<PathError>) {
    let (min, max) = (nested.min_items, nested.max_items);
    let mut say = |message: &str| problems.push(PathError::new(path, message));
    if min < 0 || max < 0 {
        say("MinItems and MaxItems must both be greater than zero");
    }
    match nested.nesting {
        BlockNesting::Invalid => say("invalid nesting mode"),
        BlockNesting::Single if min != max => {
            say("MinItems and MaxItems must match in NestingSingle mode");
        }
        BlockNesting::Single if !(0..=1).contains(&min) => {
            say("MinItems and MaxItems must be set to either 0 or 1 in NestingSingle mode");
        }
        BlockNesting::Group | BlockNesting::Map if min != 0 || max != 0 => {
            say("MinItems and MaxItems cannot be used in NestingGroup or NestingMap mode");
        }
        BlockNesting::List | BlockNesting::Set if min > max && max != 0 => {
            say("MinItems must be less than or equal to MaxItems in this nesting mode");
        }
        _ => {}
    }
}

fn check_set_content(block: &Block, path: &Path, problems: &mut Vec<PathError>) {
    if block.implied_type().has_dynamic() {
        let message = "NestingSet blocks may not contain attributes of cty.DynamicPseudoType";
        problems.push(PathError::new(path, message));
    }
    if block_has_write_only(block) {
        problems.push(PathError::new(
            path,
            "NestingSet blocks may not contain WriteOnly attributes",
        ));
    }
}

fn check_computed(nested: &NestedBlock, path: &Path, problems: &mut Vec<PathError>) {
    let mut say = |message: &str| problems.push(PathError::new(path, message));
    if nested.nesting == BlockNesting::Group {
        say("NestingGroup blocks cannot be computed");
    }
    if nested.min_items > 0 && nested.nesting != BlockNesting::Single {
        say("Computed cannot be used when MinItems > 0");
    }
    for (name, attribute) in &nested.block.attributes {
        if !attribute.computed {
            say(&format!(
                "{name}: all attributes within computed blocks must also be computed"
            ));
        }
    }
    for (name, inner) in &nested.block.blocks {
        if !inner.block.computed {
            say(&format!(
                "{name}: all nested blocks within computed blocks must also be computed"
            ));
        }
    }
}

fn check_attributes(
    attributes: &BTreeMap<String, Attribute>,
    path: &Path,
    problems: &mut Vec<PathError>,
) {
    for (name, attribute) in attributes {
        check_attribute(attribute, &path.attribute(name), problems);
    }
}

fn check_attribute(attribute: &Attribute, path: &Path, problems: &mut Vec<PathError>) {
    let mut say = |message: &str| problems.push(PathError::new(path, message));
    if !attribute.required && !attribute.optional && !attribute.computed {
        say("must set Optional, Required or Computed");
    }
    if attribute.optional && attribute.required {
        say("cannot set both Optional and Required");
    }
    if attribute.computed && attribute.required {
        say("cannot set both Computed and Required");
    }
    match &attribute.kind {
        AttributeKind::Ambiguous => say("either Type or NestedType must be defined, but not both"),
        AttributeKind::Plain(ty) => {
            if has_dynamic_set(ty) {
                say("a set may not contain cty.DynamicPseudoType");
            }
        }
        AttributeKind::Nested(nested) => {
            match nested.nesting {
                ObjectNesting::Invalid => say("invalid nesting mode"),
                ObjectNesting::Set if nested.object_type().has_dynamic() => {
                    say("NestingSet objects may not contain attributes of cty.DynamicPseudoType");
                }
                ObjectNesting::Set if nested.attributes.values().any(has_write_only) => {
                    say("NestingSet objects may not contain WriteOnly attributes");
                }
                _ => {}
            }
            check_attributes(&nested.attributes, path, problems);
        }
    }
    check_deprecation(
        attribute.deprecated,
        &attribute.deprecation_message,
        path,
        problems,
    );
}

fn check_deprecation(deprecated: bool, message: &str, path: &Path, problems: &mut Vec<PathError>) {
    if !deprecated && !message.is_empty() {
        let message = "DeprecationMessage can only be set if Deprecated is true";
        problems.push(PathError::new(path, message));
    }
}

fn block_has_write_only(block: &Block) -> bool {
    block.attributes.values().any(has_write_only)
        || block
            .blocks
            .values()
            .any(|nested| block_has_write_only(&nested.block))
}

fn has_write_only(attribute: &Attribute) -> bool {
    attribute.write_only
        || match &attribute.kind {
            AttributeKind::Nested(nested) => nested.attributes.values().any(has_write_only),
            _ => false,
        }
}

/// No value of such a type could be built: set elements need one type.
fn has_dynamic_set(ty: &Type) -> bool {
    match ty {
        Type::Set(element) => element.has_dynamic(),
        Type::List(element) | Type::Map(element) => has_dynamic_set(element),
        Type::Object(attributes) => attributes.values().any(has_dynamic_set),
        Type::Tuple(elements) => elements.iter().any(has_dynamic_set),
        _ => false,
    }
}

fn is_block_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}
