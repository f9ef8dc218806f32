//! The plan engine against a core written apart from it: whatever the schema, the configuration and the
//! prior state, that core proposes and judges.

mod core;
mod examples;
mod fill;
mod generate;

use proptest::prelude::*;
use tfplugin_values::arbitrary::{Unknowns, values};
use tfplugin_values::{Value, msgpack};

use self::core::Core;
use self::fill::fill;
use self::generate::{config, has_recognisable_sets, schema};
use super::{ComputedBlocks, Draft, Level, draft};
use crate::schema::CheckedSchema;

/// A schema, a configuration to create by, and one to update by, with unknown values in it.
fn scenario() -> impl Strategy<Value = (CheckedSchema, Value, Value)> {
    schema().prop_flat_map(|schema| {
        let first = config(&schema, Unknowns::Never);
        let second = config(&schema, Unknowns::Allowed);
        (Just(schema), first, second)
    })
}

/// A core that takes computed blocks, or one that knows nothing of them.
fn computed_blocks() -> impl Strategy<Value = ComputedBlocks> {
    prop_oneof![Just(ComputedBlocks::Allowed), Just(ComputedBlocks::Refused)]
}

fn created(
    core: &Core,
    schema: &CheckedSchema,
    config: &Value,
    computed: ComputedBlocks,
) -> (Draft, Value) {
    let proposed = core.proposed_new(&Value::Null, config);
    let draft = draft(schema, &Value::Null, config, proposed, computed);
    let state = fill(schema, &draft.planned);
    (draft, state)
}

/// How many cases to try: as many as `PROPTEST_CASES` says, or the usual number.
fn cases(usual: u32) -> u32 {
    let asked = std::env::var("PROPTEST_CASES");
    asked
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(usual)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(128), max_global_rejects: u32::MAX, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn core_loads_every_schema_that_passes_the_check((schema, ..) in scenario()) {
        let core = Core::new(&schema, ComputedBlocks::Allowed);
        prop_assert_eq!(core.schema_problems(), Vec::<String>::new());
    }

    #[test]
    fn core_accepts_every_plan_of_a_creation((schema, config, _) in scenario(), computed in computed_blocks()) {
        // Otherwise a default may make one element of two.
        prop_assume!(has_recognisable_sets(Level::of_body(&schema.body), false));
        let core = Core::new(&schema, computed);
        let config = core.config(&config);
        let (draft, state) = created(&core, &schema, &config, computed);
        prop_assert_eq!(core.plan_problems(&Value::Null, &config, &draft.planned), Vec::<String>::new());
        prop_assert_eq!(draft.requires_replace, vec![]);
        prop_assert_eq!(core.apply_problems(&draft.planned, &state), Vec::<String>::new());
    }

    #[test]
    fn an_unchanged_object_is_planned_unchanged((schema, config, _) in scenario(), computed in computed_blocks()) {
        prop_assume!(has_recognisable_sets(Level::of_body(&schema.body), false));
        let core = Core::new(&schema, computed);
        let config = core.config(&config);
        let (_, state) = created(&core, &schema, &config, computed);
        // Elements of a set that became equal are one to a core.
        prop_assume!(core.keeps(&state));
        let proposed = core.proposed_new(&state, &config);
        let again = draft(&schema, &state, &config, proposed, computed);
        prop_assert_eq!(&again.planned, &state);
        prop_assert_eq!(again.requires_replace, vec![]);
    }

    #[test]
    fn core_accepts_every_plan_of_an_update(
        (schema, first, second) in scenario(),
        before in computed_blocks(),
        computed in computed_blocks(),
    ) {
        // Otherwise core's own proposal may make one element of two.
        prop_assume!(has_recognisable_sets(Level::of_body(&schema.body), false));
        let earlier = Core::new(&schema, before);
        let core = Core::new(&schema, computed);
        let (first, second) = (earlier.config(&first), core.config(&second));
        let (_, state) = created(&earlier, &schema, &first, before);
        let state = core.through(&state);
        let proposed = core.proposed_new(&state, &second);
        let update = draft(&schema, &state, &second, proposed.clone(), computed);
        prop_assert_eq!(core.plan_problems(&state, &second, &update.planned), Vec::<String>::new());
        for path in &update.requires_replace {
            prop_assert!(
                state.get(path).is_some() || update.planned.get(path).is_some(),
                "{} leads nowhere", path
            );
        }
        let again = draft(&schema, &state, &second, proposed, computed);
        prop_assert_eq!(again.planned, update.planned);
    }

    #[test]
    fn no_value_is_a_panic_and_every_plan_can_be_written(
        (schema, prior, config, proposed) in schema().prop_flat_map(|schema| {
            let ty = schema.ty.clone();
            let any = move || values(&ty, Unknowns::Allowed);
            (Just(schema), any(), any(), any())
        }),
        computed in computed_blocks(),
    ) {
        let draft = draft(&schema, &prior, &config, proposed, computed);
        prop_assert!(msgpack::encode(&draft.planned, &schema.ty).is_ok());
    }
}
