//! Values that differ and mean the same: the one that Terraform already has is kept.

use tfplugin_values::Value;

use super::elements::visit;
use super::level::{Level, NULL, part};
use crate::schema::{Attribute, AttributeKind, Equality};

/// Whether two values of an attribute are the same, or mean the same.
pub(super) fn same(attribute: &Attribute, left: &Value, right: &Value) -> bool {
    left.equals_ignoring_refinements(right)
        || attribute.equality.as_ref().is_some_and(|equality| {
            let mut kept = left.clone();
            keep_plain(equality, right, &mut kept);
            kept == *right
        })
}

/// Wherever a new value means the same as the prior one, puts the prior one in its place.
pub(crate) fn keep_equal(level: Level<'_>, prior: &Value, new: &mut Value) {
    if prior.is_null() || !has_equality(level) {
        return;
    }
    let Value::Object(parts) = new else {
        return;
    };
    for (name, attribute) in level.attributes {
        let Some(new) = parts.get_mut(name) else {
            continue;
        };
        let prior = part(prior, name);
        if let Some(equality) = &attribute.equality {
            keep_plain(equality, prior, new);
        }
        if let AttributeKind::Nested {
            nesting,
            attributes,
        } = &attribute.kind
        {
            let inner = Level::of_attributes(attributes);
            visit(*nesting, inner, new, &NULL, prior, |element| {
                keep_equal(inner, element.prior, element.value);
            });
        }
    }
    for (name, block) in level.blocks {
        if let Some(new) = parts.get_mut(name) {
            let inner = Level::of_body(&block.body);
            visit(
                block.nesting,
                inner,
                new,
                &NULL,
                part(prior, name),
                |element| {
                    keep_equal(inner, element.prior, element.value);
                },
            );
        }
    }
}

fn has_equality(level: Level<'_>) -> bool {
    level.attributes.iter().any(|(_, attribute)| {
        attribute.equality.is_some()
            || matches!(&attribute.kind, AttributeKind::Nested { attributes, .. }
                if has_equality(Level::of_attributes(attributes)))
    }) || level
        .blocks
        .iter()
        .any(|(_, block)| has_equality(Level::of_body(&block.body)))
}

fn keep_plain(equality: &Equality, prior: &Value, new: &mut Value) {
    if prior.is_null() || new.is_null() || prior.is_unknown() || new.is_unknown() {
        return;
    }
    if *new == *prior || equality(prior, new) {
        *new = prior.clone();
        return;
    }
    match (prior, new) {
        (Value::List(prior), Value::List(new)) => {
            for (prior, new) in prior.iter().zip(new) {
                keep_plain(equality, prior, new);
            }
        }
        (Value::Map(prior), Value::Map(new)) => {
            for (key, new) in new {
                if let Some(prior) = prior.get(key) {
                    keep_plain(equality, prior, new);
                }
            }
        }
        (Value::Set(prior), Value::Set(new)) => {
            for new in new {
                if let Some(kept) = prior.iter().find(|prior| {
                    !prior.is_null()
                        && !new.is_null()
                        && new.is_wholly_known()
                        && equality(prior, new)
                }) {
                    *new = kept.clone();
                }
            }
        }
        _ => {}
    }
}
