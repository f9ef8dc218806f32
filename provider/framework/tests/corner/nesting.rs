//! Nested attributes in every mode, blocks in every mode, dynamic values and sets.

use std::collections::{BTreeMap, BTreeSet};

use mock_core::config::{Input, null, number, unknown};
use mock_core::value::Value;
use mock_core::{Action, config};
use tfplugin_framework::{
    Attribute, Block, Create, Delete, Diagnostics, Field, Number, Read, Resource, Schema, SetOf,
    Type, Update, Value as OurValue, model,
};

use crate::{errors, one, workspace};

model! {
    pub(crate) struct NestModel {
        id: String,
        any: OurValue,
        exact: Number,
        host: String,
        tags: BTreeSet<String>,
        one: Egg,
        list: Vec<Egg>,
        set: SetOf<Egg>,
        map: BTreeMap<String, Egg>,
        single: Egg,
        items: Vec<Egg>,
        group: Egg,
        sets: SetOf<Egg>,
        maps: BTreeMap<String, Egg>,
    }

    pub(crate) struct Egg { name: String, size: u8, hash: String }
}

/// Echoes everything, and hashes each egg.
pub(crate) struct Nest;

fn egg() -> [(&'static str, Attribute); 3] {
    [
        ("name", Attribute::string().optional()),
        (
            "size",
            Attribute::number().optional().computed().default_value(1),
        ),
        (
            "hash",
            Attribute::string()
                .computed()
                .use_non_null_state_for_unknown(),
        ),
    ]
}

fn block(block: Block) -> Block {
    egg().into_iter().fold(block, |block, (name, attribute)| {
        block.attribute(name, attribute)
    })
}

fn hash(egg: &mut Egg) {
    egg.hash.set_if_unknown("hashed");
}

fn hashed(mut model: NestModel) -> NestModel {
    model.id.set_if_unknown("1");
    for egg in [&mut model.one, &mut model.single, &mut model.group] {
        if let Field::Known(egg) = egg {
            hash(egg);
        }
    }
    for eggs in [&mut model.list, &mut model.items] {
        if let Field::Known(eggs) = eggs {
            eggs.iter_mut().for_each(hash);
        }
    }
    for eggs in [&mut model.set, &mut model.sets] {
        if let Field::Known(eggs) = eggs {
            eggs.0.iter_mut().for_each(hash);
        }
    }
    for eggs in [&mut model.map, &mut model.maps] {
        if let Field::Known(eggs) = eggs {
            eggs.values_mut().for_each(hash);
        }
    }
    model
}

impl Resource for Nest {
    type Model = NestModel;

    fn type_name(&self) -> &'static str {
        "corner_nest"
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
            .attribute("id", Attribute::string().computed().use_state_for_unknown())
            .attribute("any", Attribute::dynamic().optional())
            .attribute("exact", Attribute::number().optional())
            .attribute(
                "host",
                Attribute::string()
                    .optional()
                    .equal_when(str::eq_ignore_ascii_case),
            )
            .attribute("tags", Attribute::set(Type::String).optional())
            .attribute("one", Attribute::nested_single(egg()).optional())
            .attribute("list", Attribute::nested_list(egg()).optional())
            .attribute("set", Attribute::nested_set(egg()).optional())
            .attribute("map", Attribute::nested_map(egg()).optional())
            .block("single", block(Block::single()))
            .block("items", block(Block::list()).max_items(3))
            .block("group", block(Block::group()))
            .block("sets", block(Block::set()))
            .block("maps", block(Block::map()))
    }

    async fn create(&self, create: &mut Create<NestModel>) -> Result<(), Diagnostics> {
        create.state = Some(hashed(create.plan.clone()));
        Ok(())
    }

    async fn read(&self, read: &mut Read<NestModel>) -> Result<(), Diagnostics> {
        // A remote system that shouts: the same host, in another spelling.
        if let Some(state) = &mut read.state {
            state.host = state.host.clone().map(|host| host.to_uppercase());
        }
        Ok(())
    }

    async fn update(&self, update: &mut Update<NestModel>) -> Result<(), Diagnostics> {
        update.state = hashed(update.plan.clone());
        Ok(())
    }

    async fn delete(&self, _: &mut Delete<NestModel>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

const ADDRESS: &str = "corner_nest.a";

fn list(elements: impl IntoIterator<Item = Input>) -> Input {
    Input::List(elements.into_iter().collect())
}

fn full() -> Input {
    let egg = || config! { name = "e" };
    config! {
        any = list([config! { deep = number("0.1") }, null(), Input::from(true)]),
        exact = number("12345678901234567890123.25"),
        host = "Example.com",
        tags = list(["b".into(), "a".into()]),
        one = egg(),
        list = list([egg(), config! { size = 2 }]),
        set = list([egg(), config! { name = "f", size = 9 }]),
        map = config! { k = egg() },
        single = egg(),
        items = list([egg()]),
        group = egg(),
        sets = list([egg(), config! { name = "f", size = 9 }]),
        maps = config! { k = egg(), l = config! { size = 3 } },
    }
}

#[tokio::test]
async fn everything_nested_is_planned_applied_and_then_unchanged() {
    let mut workspace = workspace().await;
    workspace.run(&one(ADDRESS, full())).await.unwrap();
    let value = workspace.object(ADDRESS).await.unwrap().unwrap().value;
    assert_eq!(value.attribute("one").attribute("size"), Value::int(1));
    assert_eq!(
        value.attribute("group").attribute("hash"),
        Value::string("hashed")
    );
    let plan = workspace.plan(&one(ADDRESS, full())).await.unwrap();
    assert!(plan.is_empty(), "{:?}", plan.planned(ADDRESS));
    workspace.destroy().await.unwrap();
}

#[tokio::test]
async fn empty_and_absent_stay_two_things() {
    let mut workspace = workspace().await;
    for input in [
        config! { tags = list([]), list = list([]), map = config! {}, set = list([]) },
        config! { host = "" },
        config! {},
    ] {
        let configuration = one(ADDRESS, input);
        workspace.run(&configuration).await.unwrap();
        assert!(workspace.plan(&configuration).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_spelling_that_means_the_same_is_kept_through_refresh_and_plan() {
    let mut workspace = workspace().await;
    workspace
        .run(&one(ADDRESS, config! { host = "Example.com" }))
        .await
        .unwrap();
    workspace.refresh().await.unwrap();
    let value = workspace.object(ADDRESS).await.unwrap().unwrap().value;
    assert_eq!(value.attribute("host"), Value::string("Example.com"));
    let plan = workspace
        .plan(&one(ADDRESS, config! { host = "EXAMPLE.com" }))
        .await
        .unwrap();
    assert!(plan.is_empty());
}

#[tokio::test]
async fn one_changed_element_leaves_the_others_alone() {
    let mut workspace = workspace().await;
    workspace.run(&one(ADDRESS, full())).await.unwrap();
    let changed = full().with("list", list([config! { name = "e" }, config! { size = 3 }]));
    let plan = workspace.run(&one(ADDRESS, changed)).await.unwrap();
    assert_eq!(plan.action(ADDRESS), Action::Update);
    let planned = plan.planned(ADDRESS);
    let first = &planned.attribute("list").elements().unwrap()[0].clone();
    assert_eq!(first.attribute("hash"), Value::string("hashed"));
}

#[tokio::test]
async fn unknown_values_are_planned_wherever_they_stand() {
    let workspace = workspace().await;
    for input in [
        config! { tags = unknown(), list = unknown(), single = config! { name = unknown() } },
        config! { tags = list([unknown(), "a".into()]), items = unknown(), any = unknown() },
        config! { set = list([config! { name = unknown() }]), map = config! { k = unknown() }, exact = unknown() },
    ] {
        let plan = workspace.plan(&one(ADDRESS, input)).await.unwrap();
        assert_eq!(plan.action(ADDRESS), Action::Create);
    }
}

#[tokio::test]
async fn a_number_that_does_not_fit_is_refused_at_its_place() {
    let workspace = workspace().await;
    let input = config! { list = list([config! { size = 300 }]) };
    let failure = workspace.plan(&one(ADDRESS, input)).await.unwrap_err();
    let said = errors(&failure);
    assert!(
        said[0].contains("from 0 to 255") && said[0].contains("list[0].size"),
        "{said:?}"
    );
}
