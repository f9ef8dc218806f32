//! Whatever the schema and the configurations: a core accepts every plan and every result, and there is
//! nothing left to do after an apply.

use mock_core::config::{Input, null, number, unknown};
use mock_core::{Configuration, Core, Workspace, in_process};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use tfplugin_framework::{
    Attribute, Block, Configure, Create, Delete, Diagnostics, Field, Model, Nesting, Provider,
    Read, Registry, Requests, Resource, Schema, Type, Update, Value, model, service,
};
use tonic::service::Routes;

use crate::provider::Config;

model! {
    struct Thing { a: Value, b: Value, c: Value, d: Value, m: Value, n: Value }
}

#[derive(Clone, Debug)]
enum Kind {
    Text,
    Number,
    Bool,
    Texts,
    TextSet,
    Numbers,
    Nested(Nesting, Vec<Part>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Presence {
    Required,
    Optional,
    Computed,
    Either,
    Default,
}

#[derive(Clone, Debug)]
struct Part {
    name: &'static str,
    kind: Kind,
    presence: Presence,
    modifier: u8,
}

/// Attributes `a` to `d`, blocks `m` and `n`.
#[derive(Clone, Debug)]
struct Shape {
    attributes: Vec<Part>,
    blocks: Vec<(&'static str, Nesting, Vec<Part>)>,
}

fn part(name: &'static str, depth: u32, in_set: bool) -> BoxedStrategy<Part> {
    let plain = prop_oneof![
        3 => Just(Kind::Text),
        2 => Just(Kind::Number),
        1 => Just(Kind::Bool),
        1 => Just(Kind::Texts),
        1 => Just(Kind::TextSet),
        1 => Just(Kind::Numbers),
    ];
    let kind = if depth == 0 {
        plain.boxed()
    } else {
        let nested = nesting(in_set).prop_flat_map(move |nesting| {
            parts(depth - 1, in_set || nesting == Nesting::Set)
                .prop_map(move |parts| Kind::Nested(nesting, parts))
        });
        prop_oneof![3 => plain, 2 => nested].boxed()
    };
    let presence = prop_oneof![
        Just(Presence::Required),
        Just(Presence::Optional),
        Just(Presence::Computed),
        Just(Presence::Either),
        Just(Presence::Default),
    ];
    (kind, presence, 0..4_u8)
        .prop_map(move |(kind, presence, modifier)| {
            // A core recognises the elements of a set by what is configured.
            let presence = match (presence, &kind) {
                (Presence::Either | Presence::Default, _) if in_set => Presence::Optional,
                (Presence::Default, kind) if !matches!(kind, Kind::Text) => Presence::Either,
                (presence, _) => presence,
            };
            // A nested attribute that keeps its state although the user took it out of the configuration is
            // proposed as absent in every later plan, and what follows from a change is unknown each time.
            let modifier = match (presence, &kind) {
                (Presence::Either, Kind::Nested(..)) if modifier == 0 => 3,
                _ => modifier,
            };
            Part {
                name,
                kind,
                presence,
                modifier,
            }
        })
        .boxed()
}

fn nesting(in_set: bool) -> impl Strategy<Value = Nesting> {
    prop_oneof![
        Just(Nesting::Single),
        Just(Nesting::List),
        Just(Nesting::Map),
        Just(if in_set { Nesting::List } else { Nesting::Set }),
    ]
}

fn parts(depth: u32, in_set: bool) -> impl Strategy<Value = Vec<Part>> {
    (part("x", depth, in_set), part("y", depth, in_set)).prop_map(|(x, y)| vec![x, y])
}

fn shape() -> impl Strategy<Value = Shape> {
    let attributes = ["a", "b", "c", "d"].map(|name| part(name, 2, false));
    let block = |name: &'static str| {
        prop_oneof![2 => nesting(false), 1 => Just(Nesting::Group)].prop_flat_map(move |nesting| {
            parts(1, nesting == Nesting::Set).prop_map(move |parts| (name, nesting, parts))
        })
    };
    (attributes, block("m"), block("n")).prop_map(|(attributes, m, n)| Shape {
        attributes: attributes.into(),
        blocks: vec![m, n],
    })
}

fn attribute(part: &Part) -> Attribute {
    let made = match &part.kind {
        Kind::Text => Attribute::string(),
        Kind::Number => Attribute::number(),
        Kind::Bool => Attribute::bool(),
        Kind::Texts => Attribute::list(Type::String),
        Kind::TextSet => Attribute::set(Type::String),
        Kind::Numbers => Attribute::map(Type::Number),
        Kind::Nested(nesting, parts) => {
            let parts = parts.iter().map(|part| (part.name, attribute(part)));
            match nesting {
                Nesting::List => Attribute::nested_list(parts),
                Nesting::Set => Attribute::nested_set(parts),
                Nesting::Map => Attribute::nested_map(parts),
                Nesting::Single | Nesting::Group => Attribute::nested_single(parts),
            }
        }
    };
    let made = match part.presence {
        Presence::Required => made.required(),
        Presence::Optional => made.optional(),
        Presence::Computed => made.computed(),
        Presence::Either => made.optional().computed(),
        Presence::Default => made.optional().computed().default_value("usual"),
    };
    match part.modifier {
        0 => made.use_state_for_unknown(),
        1 => made.requires_replace(),
        2 if matches!(part.kind, Kind::Text) => made.equal_when(str::eq_ignore_ascii_case),
        _ => made,
    }
}

impl Shape {
    fn schema(&self) -> Schema {
        let attributes = self
            .attributes
            .iter()
            .map(|part| (part.name, attribute(part)));
        let schema = Schema::new(0).attributes(attributes);
        self.blocks
            .iter()
            .fold(schema, |schema, (name, nesting, parts)| {
                let block = match nesting {
                    Nesting::Single => Block::single(),
                    Nesting::List => Block::list(),
                    Nesting::Set => Block::set(),
                    Nesting::Map => Block::map(),
                    Nesting::Group => Block::group(),
                };
                let block = parts.iter().fold(block, |block, part| {
                    block.attribute(part.name, attribute(part))
                });
                schema.block(*name, block)
            })
    }

    /// What a remote system would do: every unknown value becomes a known one.
    fn fill(&self, plan: &Thing) -> Thing {
        let mut object = plan.clone().into_object();
        let mut count = 0;
        fill_object(&self.attributes, &mut object, &mut count);
        for (name, nesting, parts) in &self.blocks {
            if let Value::Object(attributes) = &mut object
                && let Some(block) = attributes.get_mut(*name)
            {
                fill_nested(*nesting, parts, block, &mut count);
            }
        }
        Thing::from_object(&object).unwrap()
    }

    fn config(&self, open: bool) -> BoxedStrategy<Input> {
        let attributes = object(&self.attributes, open);
        let blocks: Vec<_> = self
            .blocks
            .iter()
            .map(|(name, nesting, parts)| {
                let one = object(parts, open);
                let written = match nesting {
                    Nesting::Single => prop_oneof![Just(null()), one].boxed(),
                    Nesting::Group => one,
                    nesting => collection(*nesting, one),
                };
                (Just(*name), written)
            })
            .collect();
        (attributes, blocks)
            .prop_map(|(input, blocks)| {
                blocks
                    .into_iter()
                    .fold(input, |input, (name, block)| match block {
                        Input::Null => input,
                        block => input.with(name, block),
                    })
            })
            .boxed()
    }
}

fn fill_object(parts: &[Part], object: &mut Value, count: &mut i64) {
    let Value::Object(attributes) = object else {
        return;
    };
    for part in parts {
        let Some(value) = attributes.get_mut(part.name) else {
            continue;
        };
        if value.is_unknown() {
            *value = made(&part.kind, count);
        } else if let Kind::Nested(nesting, parts) = &part.kind {
            fill_nested(*nesting, parts, value, count);
        } else if let Value::List(elements) | Value::Set(elements) = value {
            for element in elements.iter_mut().filter(|element| element.is_unknown()) {
                *element = made(&Kind::Text, count);
            }
        }
    }
}

fn fill_nested(nesting: Nesting, parts: &[Part], value: &mut Value, count: &mut i64) {
    match value {
        Value::Object(_) if matches!(nesting, Nesting::Single | Nesting::Group) => {
            fill_object(parts, value, count);
        }
        Value::List(elements) | Value::Set(elements) => {
            for element in elements {
                fill_object(parts, element, count);
            }
        }
        Value::Map(elements) => {
            for element in elements.values_mut() {
                fill_object(parts, element, count);
            }
        }
        _ => {}
    }
}

/// Values of the same kind differ, as those of a remote system would.
fn made(kind: &Kind, count: &mut i64) -> Value {
    *count += 1;
    let text = Value::from(format!("made {count}"));
    match kind {
        Kind::Text => text,
        Kind::Number => Value::from(*count),
        Kind::Bool => Value::from(true),
        Kind::Texts => Value::List(vec![text]),
        Kind::TextSet => Value::Set(vec![text]),
        Kind::Numbers => Value::map([("made", Value::from(*count))]),
        Kind::Nested(nesting, parts) => {
            let object = Value::object(parts.iter().map(|part| {
                let computed = matches!(
                    part.presence,
                    Presence::Computed | Presence::Either | Presence::Default
                );
                let value = if computed {
                    made(&part.kind, count)
                } else {
                    Value::Null
                };
                (part.name, value)
            }));
            match nesting {
                Nesting::Single | Nesting::Group => object,
                Nesting::List => Value::List(vec![object]),
                Nesting::Set => Value::Set(vec![object]),
                Nesting::Map => Value::map([("made", object)]),
            }
        }
    }
}

/// `open`: whether values may be unknown.
fn object(parts: &[Part], open: bool) -> BoxedStrategy<Input> {
    let attributes: Vec<_> = parts
        .iter()
        .filter(|part| part.presence != Presence::Computed)
        .map(|part| (Just(part.name), configured(part, open)))
        .collect();
    attributes.prop_map(Input::object).boxed()
}

fn configured(part: &Part, open: bool) -> BoxedStrategy<Input> {
    let text = || prop_oneof![Just("A"), Just("a"), Just("b"), Just("")].prop_map(Input::from);
    let digits =
        || prop_oneof!["-?[1-9][0-9]{0,25}", "0\\.[0-9]{0,20}[1-9]"].prop_map(|text| number(&text));
    let texts = move || vec(text(), 0..3).prop_map(Input::List);
    let known = match &part.kind {
        Kind::Text => text().boxed(),
        Kind::Number => digits().boxed(),
        Kind::Bool => any::<bool>().prop_map(Input::from).boxed(),
        Kind::Texts | Kind::TextSet => texts().boxed(),
        Kind::Numbers => btree_map("[k-m]", digits(), 0..3)
            .prop_map(Input::Object)
            .boxed(),
        Kind::Nested(nesting, parts) => match nesting {
            Nesting::Single | Nesting::Group => object(parts, open),
            nesting => collection(*nesting, object(parts, open)),
        },
    };
    let known = if open {
        prop_oneof![5 => known, 1 => Just(unknown())].boxed()
    } else {
        known
    };
    if part.presence == Presence::Required {
        known
    } else {
        prop_oneof![3 => known, 1 => Just(null())].boxed()
    }
}

fn collection(nesting: Nesting, one: BoxedStrategy<Input>) -> BoxedStrategy<Input> {
    match nesting {
        Nesting::Map => btree_map("[k-m]", one, 0..3)
            .prop_map(Input::Object)
            .boxed(),
        _ => vec(one, 0..3).prop_map(Input::List).boxed(),
    }
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
        self.0.schema()
    }

    async fn create(&self, create: &mut Create<Thing>) -> Result<(), Diagnostics> {
        create.state = Some(self.0.fill(&create.plan));
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
        update.state = self.0.fill(&update.plan);
        Ok(())
    }

    async fn delete(&self, _: &mut Delete<Thing>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

const ADDRESS: &str = "random_thing.a";

async fn live(shape: Shape, first: Input, second: Input, open: Input) -> Result<(), TestCaseError> {
    let one = |input: Input| Configuration::new().resource(ADDRESS, input);
    let routes = Routes::new(service(Random(shape), Requests::new()));
    let core = Core::connect(in_process(routes)).await;
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_object_lives_its_life_under_the_eyes_of_a_core(
        (shape, first, second, open) in shape().prop_flat_map(|shape| {
            let configs = (shape.config(false), shape.config(false), shape.config(true));
            (Just(shape), configs).prop_map(|(shape, (first, second, open))| (shape, first, second, open))
        })
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(live(shape, first, second, open))?;
    }
}
