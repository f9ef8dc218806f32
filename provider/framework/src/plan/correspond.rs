//! Whether an element of a set could come from another: sets have no keys to tell.

use tfplugin_values::Value;

use super::equality::same;
use super::level::{Level, part};
use crate::schema::{AttributeKind, Nesting};

/// Whether `candidate` is what `origin` may have become: everything that `origin` says holds, and what it
/// leaves to the provider may be anything.
pub(super) fn corresponds(level: Level<'_>, candidate: &Value, origin: &Value) -> bool {
    if !matches!((candidate, origin), (Value::Object(_), Value::Object(_))) {
        return candidate == origin;
    }
    level.attributes.iter().all(|(name, attribute)| {
        let (candidate, origin) = (part(candidate, name), part(origin, name));
        match &attribute.kind {
            _ if origin.is_unknown() => true,
            _ if origin.is_null() && attribute.computed => true,
            AttributeKind::Nested {
                nesting,
                attributes,
            } => corresponding_parts(
                *nesting,
                Level::of_attributes(attributes),
                candidate,
                origin,
            ),
            AttributeKind::Plain(_) => same(attribute, candidate, origin),
        }
    }) && level.blocks.iter().all(|(name, block)| {
        let (candidate, origin) = (part(candidate, name), part(origin, name));
        (origin.is_null() && block.computed)
            || corresponding_parts(
                block.nesting,
                Level::of_body(&block.body),
                candidate,
                origin,
            )
    })
}

fn corresponding_parts(
    nesting: Nesting,
    level: Level<'_>,
    candidate: &Value,
    origin: &Value,
) -> bool {
    match (nesting, candidate, origin) {
        (_, _, Value::Unknown(_)) => true,
        (Nesting::Single | Nesting::Group, Value::Object(_), Value::Object(_)) => {
            corresponds(level, candidate, origin)
        }
        (Nesting::List, Value::List(candidates), Value::List(origins)) => {
            candidates.len() == origins.len()
                && candidates
                    .iter()
                    .zip(origins)
                    .all(|(candidate, origin)| corresponds(level, candidate, origin))
        }
        (Nesting::Map, Value::Map(candidates), Value::Map(origins)) => {
            candidates.len() == origins.len()
                && origins.iter().all(|(key, origin)| {
                    candidates
                        .get(key)
                        .is_some_and(|candidate| corresponds(level, candidate, origin))
                })
        }
        (Nesting::Set, Value::Set(candidates), Value::Set(origins)) => {
            candidates.len() == origins.len()
                && origins.iter().all(|origin| {
                    candidates
                        .iter()
                        .any(|candidate| corresponds(level, candidate, origin))
                })
        }
        _ => candidate == origin,
    }
}
