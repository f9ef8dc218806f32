//! The core that judges: `mock-core`, reached over the wire's own encodings.

use mock_core::codec::msgpack as core_msgpack;
use mock_core::objchange::{compatible, plan_valid, prepare_computed_blocks, proposed_new};
use mock_core::schema::{Block, Schema, beyond_core, check, parse};
use mock_core::value::{PathError, Type, Value as CoreValue};
use tfplugin_values::{Value, msgpack};

use crate::convert;
use crate::plan::ComputedBlocks;
use crate::schema::CheckedSchema;

pub(super) struct Core {
    schema: Schema,
    ty: Type,
    our_type: tfplugin_values::Type,
}

impl Core {
    pub(super) fn new(checked: &CheckedSchema, computed: ComputedBlocks) -> Self {
        let mut schema = parse(&convert::schema(checked)).unwrap();
        if computed == ComputedBlocks::Refused {
            forget_computed(&mut schema.block);
        }
        Self {
            ty: schema.block.implied_type(),
            schema,
            our_type: (*checked.ty).clone(),
        }
    }

    pub(super) fn schema_problems(&self) -> Vec<String> {
        let mut problems = check(&self.schema);
        problems.extend(beyond_core(&self.schema));
        texts(&problems)
    }

    /// The value as core has it: without duplicates in sets, for one.
    pub(super) fn through(&self, value: &Value) -> Value {
        self.ours(&self.theirs(value))
    }

    /// The configuration as core plans with it.
    pub(super) fn config(&self, written: &Value) -> Value {
        self.ours(&prepare_computed_blocks(
            &self.schema.block,
            &self.theirs(written),
        ))
    }

    /// Whether no element of a set is lost on the way through core.
    pub(super) fn keeps(&self, value: &Value) -> bool {
        let length = |value: &Value| msgpack::encode(value, &self.our_type).unwrap().len();
        length(value) == length(&self.through(value))
    }

    pub(super) fn proposed_new(&self, prior: &Value, config: &Value) -> Value {
        let (prior, config) = (self.theirs(prior), self.theirs(config));
        self.ours(&proposed_new(&self.schema.block, &prior, &config))
    }

    pub(super) fn plan_problems(
        &self,
        prior: &Value,
        config: &Value,
        planned: &Value,
    ) -> Vec<String> {
        texts(&plan_valid(
            &self.schema.block,
            &self.theirs(prior),
            &self.theirs(config),
            &self.theirs(planned),
        ))
    }

    pub(super) fn apply_problems(&self, planned: &Value, state: &Value) -> Vec<String> {
        texts(&compatible(
            &self.schema.block,
            &self.theirs(planned),
            &self.theirs(state),
        ))
    }

    fn theirs(&self, value: &Value) -> CoreValue {
        let bytes = msgpack::encode(value, &self.our_type).unwrap();
        core_msgpack::decode(&bytes, &self.ty).unwrap()
    }

    fn ours(&self, value: &CoreValue) -> Value {
        let bytes = core_msgpack::encode(value, &self.ty).unwrap();
        msgpack::decode(&bytes, &self.our_type).unwrap()
    }
}

/// To an older core, a computed block is a block like any other.
fn forget_computed(block: &mut Block) {
    block.computed = false;
    for nested in block.blocks.values_mut() {
        forget_computed(&mut nested.block);
    }
}

fn texts(problems: &[PathError]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}
