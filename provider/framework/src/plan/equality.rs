//! Values that differ and mean the same: the one that Terraform already has is kept.

use tfplugin_values::Value;

use super::elements::visit;
use super::level::{Level, NULL, part};
use crate::schema::{Attribute, AttributeKind, Equality, Nesting};

/// Of a collection without nested attributes, what may be kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Keep {
    /// All of it or nothing: a core takes a planned value only as configured, or as it was.
    Whole,
    /// Each element by itself.
    Elements,
}

/// Wherever a new value means the same as the prior one, puts the prior one in its place.
pub(crate) fn keep_equal(level: Level<'_>, prior: &Value, new: &mut Value, keep: Keep) {
    if prior.is_null() || !has_equality(level) {
        return;
    }
    let Value::Object(parts) = new else {
        return;
    };
    for (name, attribute) in level.attributes {
        if attribute.equality.is_none() && !attribute.is_nested() {
            continue;
        }
        let Some(new) = parts.get_mut(name) else {
            continue;
        };
        let prior = part(prior, name);
        if let Some(equality) = &attribute.equality {
            let mut kept = new.clone();
            keep_plain(equality, prior, &mut kept);
            if keep == Keep::Elements || kept == *prior {
                *new = kept;
            }
        }
        if let AttributeKind::Nested {
            nesting,
            attributes,
        } = &attribute.kind
        {
            keep_nested(*nesting, Level::of_attributes(attributes), prior, new, keep);
        }
    }
    for (name, block) in level.blocks {
        if let Some(new) = parts.get_mut(name) {
            let inner = Level::of_body(&block.body);
            keep_nested(block.nesting, inner, part(prior, name), new, keep);
        }
    }
}

fn keep_nested(nesting: Nesting, level: Level<'_>, prior: &Value, new: &mut Value, keep: Keep) {
    keep_distinct(new, |new| {
        visit(nesting, level, new, &NULL, prior, |element| {
            keep_equal(level, element.prior, element.value, keep);
        });
    });
}

/// Whether two values of an attribute are the same, or mean the same.
pub(super) fn same(attribute: &Attribute, left: &Value, right: &Value) -> bool {
    left.equals_ignoring_refinements(right)
        || attribute.equality.as_ref().is_some_and(|equality| {
            let mut kept = left.clone();
            keep_plain(equality, right, &mut kept);
            kept == *right
        })
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
        (Value::Set(prior), new @ Value::Set(_)) => keep_distinct(new, |new| {
            if let Value::Set(elements) = new {
                for element in elements {
                    keep_element(equality, prior, element);
                }
            }
        }),
        _ => {}
    }
}

fn keep_element(equality: &Equality, prior: &[Value], new: &mut Value) {
    if new.is_null() || !new.is_wholly_known() || prior.contains(new) {
        return;
    }
    let kept = prior
        .iter()
        .find(|prior| !prior.is_null() && prior.is_wholly_known() && equality(prior, new));
    if let Some(kept) = kept {
        *new = kept.clone();
    }
}

/// Two elements of a set must not become one: then all of them stay as they are.
fn keep_distinct(new: &mut Value, change: impl FnOnce(&mut Value)) {
    if !matches!(new, Value::Set(_)) {
        return change(new);
    }
    let before = new.clone();
    change(new);
    if let Value::Set(elements) = &*new {
        let mut sorted: Vec<&Value> = elements.iter().collect();
        sorted.sort();
        if sorted.windows(2).any(|pair| pair[0] == pair[1]) {
            *new = before;
        }
    }
}
