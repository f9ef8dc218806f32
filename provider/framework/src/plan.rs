//! The plan engine: from prior state, configuration and Terraform's proposal to a plan, in the order of
//! terraform-plugin-framework. Pure functions over values and a schema: no protobuf, no async, no handler.
//!
//! What must hold: a configured value stays as it is (or as the state has it, where the two mean the
//! same); planning an unchanged object changes nothing; no value, however odd, is a panic.

mod blocks;
mod computed_blocks;
mod correspond;
mod elements;
mod equality;
mod known;
mod left_out;
mod level;
mod modify;
mod rest;
mod selection;
mod write_only;

#[cfg(test)]
mod tests;

use tfplugin_values::{Path, Value};

use crate::diagnostics::Diagnostics;
use crate::schema::CheckedSchema;

pub(crate) use self::blocks::complete_blocks;
pub(crate) use self::computed_blocks::{ComputedBlocks, remove_unwritten};
pub(crate) use self::elements::visit;
pub(crate) use self::equality::{Keep, keep_equal};
pub(crate) use self::known::unknown_to_null;
pub(crate) use self::level::{Level, NULL, part};
pub(crate) use self::write_only::nullify_write_only;

/// A plan before the resource itself has had its say.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) planned: Value,
    pub(crate) requires_replace: Vec<Path>,
    pub(crate) diagnostics: Diagnostics,
}

/// Drafts a plan. A null prior state is a creation, a null proposal a destruction.
pub(crate) fn draft(
    schema: &CheckedSchema,
    prior: &Value,
    config: &Value,
    proposed: Value,
    computed: ComputedBlocks,
) -> Draft {
    let mut draft = Draft {
        planned: proposed,
        requires_replace: Vec::new(),
        diagnostics: Diagnostics::new(),
    };
    if draft.planned.is_null() {
        return draft;
    }
    let level = Level::of_body(&schema.body);
    if computed == ComputedBlocks::Allowed {
        computed_blocks::keep_prior(level, prior, config, &mut draft.planned);
    }
    left_out::plan_defaults(level, config, &mut draft.planned);
    nullify_write_only(level, &mut draft.planned);
    keep_equal(level, prior, &mut draft.planned, Keep::Whole);
    if draft.planned == *prior {
        modify::run(level, prior, config, &mut draft);
        return draft;
    }
    let before = (!prior.is_null()).then(|| draft.planned.clone());
    left_out::mark_unknown(level, config, &mut draft.planned);
    if computed == ComputedBlocks::Allowed {
        computed_blocks::mark_unknown(level, config, &mut draft.planned);
    }
    modify::run(level, prior, config, &mut draft);
    match before {
        // A modifier took the change back, as where a nested attribute that the user no longer configures keeps its
        // state: a core proposes its removal every time, and the plan would never come to rest.
        Some(before) if rest::without_consequences(&draft.planned, &before) == *prior => {
            unchanged(level, prior, config)
        }
        _ => draft,
    }
}

fn unchanged(level: Level<'_>, prior: &Value, config: &Value) -> Draft {
    let mut draft = Draft {
        planned: prior.clone(),
        requires_replace: Vec::new(),
        diagnostics: Diagnostics::new(),
    };
    modify::run(level, prior, config, &mut draft);
    draft
}

/// Sorts and removes duplicates, so that the same plan always looks the same.
pub(crate) fn sort_paths(paths: &mut Vec<Path>) {
    paths.sort();
    paths.dedup();
}
