//! Blocks that the provider fills in where the user writes none. Terraform plans them from 1.16 on, and then sends null
//! for those that are not written; to any other core they are blocks like all others, and stay as they are written.

use tfplugin_values::Value;

use super::elements::visit;
use super::level::{Level, NULL, part};
use super::selection::Selection;
use crate::schema::{Attribute, AttributeKind, Nesting};

/// Whether the core takes blocks that no configuration has.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum ComputedBlocks {
    Allowed,
    #[default]
    Refused,
}

const COMPUTED_BLOCKS: Selection = Selection {
    attribute: |_| false,
    block: |block| block.computed,
};
const COMPUTED: Selection = Selection {
    attribute: |attribute| attribute.computed,
    block: |block| block.computed,
};

/// Computed blocks that are not written keep what they had: a core proposes nothing for them.
pub(super) fn keep_prior(level: Level<'_>, prior: &Value, config: &Value, planned: &mut Value) {
    keep_blocks(level, prior, config, planned, Proposed::FromPrior);
}

/// What a core proposed for the computed attributes of an object.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Proposed {
    FromPrior,
    /// Nothing: it does not recognise an element of a set by its configuration where blocks were computed in it.
    Nothing,
}

fn keep_blocks(
    level: Level<'_>,
    prior: &Value,
    config: &Value,
    planned: &mut Value,
    proposed: Proposed,
) {
    if proposed == Proposed::Nothing && COMPUTED_BLOCKS.occurs_in(level) {
        keep_attributes(level.attributes, prior, config, planned);
    }
    let Value::Object(parts) = planned else {
        return;
    };
    for (name, block) in level.blocks {
        let Some(planned) = parts.get_mut(name) else {
            continue;
        };
        let (prior, config) = (part(prior, name), part(config, name));
        if config.is_null() {
            if block.computed {
                *planned = prior.clone();
            }
            continue;
        }
        let inner = Level::of_body(&block.body);
        let proposed = match block.nesting {
            Nesting::Set => Proposed::Nothing,
            _ => proposed,
        };
        visit(block.nesting, inner, planned, config, prior, |element| {
            keep_blocks(
                inner,
                element.prior,
                element.config,
                element.value,
                proposed,
            );
        });
    }
}

/// As a core itself does for every other object.
fn keep_attributes(
    attributes: &[(String, Attribute)],
    prior: &Value,
    config: &Value,
    planned: &mut Value,
) {
    let Value::Object(parts) = planned else {
        return;
    };
    for (name, attribute) in attributes {
        let Some(planned) = parts.get_mut(name) else {
            continue;
        };
        let (prior, config) = (part(prior, name), part(config, name));
        match &attribute.kind {
            _ if config.is_null() => {
                if attribute.computed {
                    *planned = prior.clone();
                }
            }
            AttributeKind::Nested {
                nesting,
                attributes,
            } => {
                let inner = Level::of_attributes(attributes);
                visit(*nesting, inner, planned, config, prior, |element| {
                    keep_attributes(attributes, element.prior, element.config, element.value);
                });
            }
            AttributeKind::Plain(_) => {}
        }
    }
}

/// Plans as unknown every computed block that is not written.
pub(super) fn mark_unknown(level: Level<'_>, config: &Value, planned: &mut Value) {
    let Value::Object(parts) = planned else {
        return;
    };
    for (name, block) in level.blocks {
        let Some(planned) = parts.get_mut(name) else {
            continue;
        };
        let config = part(config, name);
        if config.is_null() {
            if block.computed {
                *planned = Value::unknown();
            }
            continue;
        }
        let inner = Level::of_body(&block.body);
        visit(block.nesting, inner, planned, config, &NULL, |element| {
            if !element.config.is_null() {
                mark_unknown(inner, element.config, element.value);
            }
        });
    }
}

impl ComputedBlocks {
    /// Takes away what the core would refuse, as [`remove_unwritten`] does.
    pub(crate) fn remove_refused(self, level: Level<'_>, reference: &Value, object: &mut Value) {
        if self == Self::Refused {
            remove_unwritten(level, reference, object);
        }
    }
}

/// Takes away every computed block of `object` that is not in `reference`.
pub(crate) fn remove_unwritten(level: Level<'_>, reference: &Value, object: &mut Value) {
    let Value::Object(parts) = object else {
        return;
    };
    for (name, block) in level.blocks {
        let Some(value) = parts.get_mut(name) else {
            continue;
        };
        let reference = part(reference, name);
        if block.computed && is_empty(reference) {
            *value = Value::Null;
            continue;
        }
        let inner = Level::of_body(&block.body);
        if !COMPUTED_BLOCKS.occurs_in(inner) {
            continue;
        }
        // An element of a set is told by what nobody computes: the rest may have changed.
        let mut told = reference.clone();
        if block.nesting == Nesting::Set {
            COMPUTED.nullify_in_elements(block.nesting, inner, &mut told);
        }
        visit(block.nesting, inner, value, &told, reference, |element| {
            remove_unwritten(inner, element.prior, element.value);
        });
    }
}

fn is_empty(blocks: &Value) -> bool {
    match blocks {
        Value::Null => true,
        Value::List(elements) | Value::Set(elements) => elements.is_empty(),
        Value::Map(elements) => elements.is_empty(),
        _ => false,
    }
}
