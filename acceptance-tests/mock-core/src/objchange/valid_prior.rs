//! Which prior set element a configured one may be the continuation of.

use std::collections::BTreeMap;

use super::computed_blocks::is_empty;
use crate::schema::{
    Attribute, AttributeKind, Block, BlockNesting, NestedBlock, NestedObject, ObjectNesting,
};
use crate::value::Value;

/// Whether a prior block may have come from this configured one: every leaf is equal, or computed
/// and not configured.
pub(super) fn prior_could_come_from(block: &Block, prior: &Value, config: &Value) -> bool {
    if prior == config {
        return true;
    }
    if prior.is_null() || config.is_null() || prior.is_unknown() || config.is_unknown() {
        return false;
    }
    attributes_match(&block.attributes, prior, config)
        && block.blocks.iter().all(|(name, nested)| {
            nested_matches(nested, &prior.attribute(name), &config.attribute(name))
        })
}

/// The same for an object of a nested attribute.
pub(super) fn object_could_come_from(nested: &NestedObject, prior: &Value, config: &Value) -> bool {
    if prior == config {
        return true;
    }
    !(prior.is_null() || config.is_null() || prior.is_unknown() || config.is_unknown())
        && attributes_match(&nested.attributes, prior, config)
}

fn attributes_match(
    attributes: &BTreeMap<String, Attribute>,
    prior: &Value,
    config: &Value,
) -> bool {
    attributes.iter().all(|(name, attribute)| {
        let (prior, config) = (prior.attribute(name), config.attribute(name));
        prior == config
            || (attribute.computed && config.is_null())
            // Never stored, so never equal to a configured value.
            || (attribute.write_only && prior.is_null())
            || match &attribute.kind {
                AttributeKind::Nested(nested) => nested_attribute_matches(nested, &prior, &config),
                _ => false,
            }
    })
}

fn nested_attribute_matches(nested: &NestedObject, prior: &Value, config: &Value) -> bool {
    let matches = |prior: &Value, config: &Value| object_could_come_from(nested, prior, config);
    match nested.nesting {
        ObjectNesting::Single => matches(prior, config),
        ObjectNesting::List | ObjectNesting::Map => elements_match(prior, config, &matches),
        ObjectNesting::Set | ObjectNesting::Invalid => prior == config,
    }
}

fn nested_matches(nested: &NestedBlock, prior: &Value, config: &Value) -> bool {
    let matches =
        |prior: &Value, config: &Value| prior_could_come_from(&nested.block, prior, config);
    match nested.nesting {
        BlockNesting::Single | BlockNesting::Group => matches(prior, config),
        // Core looks at the prior value's leaves alone: it has none, so that nothing differs.
        BlockNesting::List | BlockNesting::Map if config.is_null() => is_empty(prior),
        BlockNesting::List | BlockNesting::Map => elements_match(prior, config, &matches),
        BlockNesting::Set | BlockNesting::Invalid => prior == config,
    }
}

fn elements_match(prior: &Value, config: &Value, matches: &dyn Fn(&Value, &Value) -> bool) -> bool {
    if let (Some(prior), Some(config)) = (prior.entries(), config.entries()) {
        return prior.len() == config.len()
            && prior
                .iter()
                .all(|(key, prior)| config.get(key).is_some_and(|config| matches(prior, config)));
    }
    match (prior.elements(), config.elements()) {
        (Some(prior), Some(config)) => {
            prior.len() == config.len()
                && prior
                    .iter()
                    .zip(config)
                    .all(|(prior, config)| matches(prior, config))
        }
        _ => false,
    }
}
