//! The provider: nothing to configure, one resource for each behaviour.

use tfplugin_framework::{Configure, Diagnostics, Provider, Registry, Schema, model};

use crate::{
    actions, computed_blocks, ephemeral, failures, functions, identity, lists, meta, moves,
    nesting, panics, plans, private, state_stores, upgrades, write_only,
};

model! {
    pub(crate) struct Config { }
}

pub(crate) struct Corner;

impl Provider for Corner {
    type Config = Config;

    fn name(&self) -> &'static str {
        "corner"
    }

    fn version(&self) -> &'static str {
        "0.0.0"
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
    }

    fn meta_schema(&self) -> Option<Schema> {
        Some(meta::schema())
    }

    async fn configure(&self, _: &mut Configure<Config>) -> Result<(), Diagnostics> {
        Ok(())
    }

    fn register(&self, registry: &mut Registry) {
        registry.resource(computed_blocks::House);
        registry.resource(failures::Flaky);
        registry.resource(identity::Fixed);
        registry.resource(identity::Renamed);
        registry.resource(meta::Signed);
        registry.resource(moves::Settled);
        registry.resource(nesting::Nest);
        registry.resource(panics::Brittle);
        registry.resource(plans::Shelf);
        registry.resource(private::Remembering);
        registry.resource(upgrades::Versioned);
        registry.resource(write_only::Safe);
        registry.data_source(computed_blocks::Street);
        registry.data_source(functions::Echo);
        registry.data_source(meta::Asked);
        registry.ephemeral_resource(ephemeral::Lease);
        registry.function(functions::Greet);
        registry.function(functions::Kind);
        registry.list_resource(lists::Names);
        registry.action(actions::Bell);
        registry.state_store(state_stores::Archive);
        registry.state_store(state_stores::Heap);
    }
}
