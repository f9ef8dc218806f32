//! Whatever the schema and the configurations: a core accepts every plan and every result, and there is
//! nothing left to do after an apply.

mod configuration;
mod remote;
mod schema;
mod shape;

use mock_core::config::Input;
use mock_core::{Configuration, ConnectOptions, Core, CoreVersion, Workspace, in_process};
use proptest::prelude::*;
use tfplugin_framework::{
    Configure, Create, Delete, Diagnostics, Field, Provider, Read, Registry, Requests, Resource,
    Schema, Update, Value, model, service,
};
use tonic::service::Routes;

use self::configuration::configuration;
use self::remote::fill;
use self::shape::{Kind, Shape, shape};
use crate::provider::Config;

model! {
    struct Thing { a: Value, b: Value, c: Value, d: Value, m: Value, n: Value }
}

struct Random(Shape);

impl Provider for Random {
    type Config = Config;

    fn name(&self) -> &'static str {
        "random"
    }

    fn version(&self) -> &'static str {
        "0.0.0"
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
    }

    async fn configure(&self, _: &mut Configure<Config>) -> Result<(), Diagnostics> {
        Ok(())
    }

    fn register(&self, registry: &mut Registry) {
        registry.resource(RandomThing(self.0.clone()));
    }
}

struct RandomThing(Shape);

impl Resource for RandomThing {
    type Model = Thing;

    fn type_name(&self) -> &'static str {
        "random_thing"
    }

    fn schema(&self) -> Schema {
        schema::schema(&self.0)
    }

    async fn create(&self, create: &mut Create<Thing>) -> Result<(), Diagnostics> {
        create.state = Some(fill(&self.0, &create.plan));
        Ok(())
    }

    async fn read(&self, read: &mut Read<Thing>) -> Result<(), Diagnostics> {
        // A remote system that shouts, where that makes no difference.
        if let Some(state) = &mut read.state {
            let fields = [&mut state.a, &mut state.b, &mut state.c, &mut state.d];
            for (part, field) in self.0.attributes.iter().zip(fields) {
                if let (2, Kind::Text, Field::Known(Value::String(text))) =
                    (part.modifier, &part.kind, field)
                {
                    *text = text.to_uppercase();
                }
            }
        }
        Ok(())
    }

    async fn update(&self, update: &mut Update<Thing>) -> Result<(), Diagnostics> {
        update.state = fill(&self.0, &update.plan);
        Ok(())
    }

    async fn delete(&self, _: &mut Delete<Thing>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

const ADDRESS: &str = "random_thing.a";

async fn live(
    version: CoreVersion,
    shape: Shape,
    [first, second, open]: [Input; 3],
) -> Result<(), TestCaseError> {
    let one = |input: Input| Configuration::new().resource(ADDRESS, input);
    let routes = Routes::new(service(Random(shape), Requests::new()));
    let options = ConnectOptions {
        version,
        ..ConnectOptions::default()
    };
    let core = Core::connect_as(in_process(routes), options).await;
    let core = core.map_err(|failure| TestCaseError::fail(failure.to_string()))?;
    let mut workspace = Workspace::new(core);
    for configuration in [one(first), one(second)] {
        // The core checks that configured values are kept and planned ones returned.
        if let Err(failure) = workspace.run(&configuration).await {
            return Err(TestCaseError::fail(failure.to_string()));
        }
        let plan = workspace.plan(&configuration).await;
        let plan = plan.map_err(|failure| TestCaseError::fail(failure.to_string()))?;
        prop_assert!(plan.is_empty(), "not at rest: {:?}", plan.planned(ADDRESS));
    }
    let open = one(open);
    let planned = [workspace.plan(&open).await, workspace.plan(&open).await].map(|plan| {
        plan.map(|plan| plan.planned(ADDRESS))
            .map_err(|failure| TestCaseError::fail(failure.to_string()))
    });
    let [planned, again] = planned;
    prop_assert_eq!(planned?, again?);
    let destroyed = workspace.destroy().await;
    prop_assert!(destroyed.is_ok() && workspace.state.is_empty());
    Ok(())
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
    #![proptest_config(ProptestConfig { cases: cases(64), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_object_lives_its_life_under_the_eyes_of_a_core(
        (shape, first, second, open) in shape().prop_flat_map(|shape| {
            let [known, open] = [false, true].map(|open| configuration(&shape, open));
            let configs = (known.clone(), known, open);
            (Just(shape), configs).prop_map(|(shape, (first, second, open))| (shape, first, second, open))
        }),
        version in prop_oneof![Just(CoreVersion::CURRENT), Just(CoreVersion::Terraform(16))],
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(live(version, shape, [first, second, open]))?;
    }
}
