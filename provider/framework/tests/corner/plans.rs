//! Defaults, computed values and replacements, and the ways a user has of asking for one.

use std::sync::atomic::{AtomicU32, Ordering};

use mock_core::config::{Input, null, reference, unknown};
use mock_core::value::{Path, Value};
use mock_core::{Action, Configuration, Lifecycle, PlanOptions, ResourceConfig, Workspace, config};
use tfplugin_framework::modifiers::{requires_replace_if, requires_replace_if_configured};
use tfplugin_framework::{
    Attribute, Create, Delete, Diagnostics, FieldType, Read, Resource, Schema, Type, Update, model,
};

use crate::{core_as, every_core, one, workspace};

model! {
    pub(crate) struct ShelfModel {
        id: String,
        revision: String,
        name: String,
        size: u32,
        shape: String,
        colour: String,
        tags: Vec<String>,
    }
}

/// A shelf can grow, but not shrink.
pub(crate) struct Shelf;

impl Resource for Shelf {
    type Model = ShelfModel;

    fn type_name(&self) -> &'static str {
        "corner_shelf"
    }

    fn schema(&self) -> Schema {
        let shrinks = requires_replace_if(|change| {
            let size = |value| u32::from_value(value).ok();
            size(change.planned) < size(change.prior)
        });
        Schema::new(0)
            .attribute("id", Attribute::string().computed().use_state_for_unknown())
            .attribute("revision", Attribute::string().computed())
            .attribute("name", Attribute::string().required().requires_replace())
            .attribute(
                "size",
                Attribute::number()
                    .optional()
                    .computed()
                    .default_value(1)
                    .modify_plan(shrinks),
            )
            .attribute(
                "shape",
                Attribute::string()
                    .optional()
                    .computed()
                    .use_state_for_unknown()
                    .modify_plan(requires_replace_if_configured()),
            )
            .attribute("colour", Attribute::string().optional())
            .attribute(
                "tags",
                Attribute::list(Type::String)
                    .optional()
                    .computed()
                    .default_value(vec!["new".to_owned()]),
            )
    }

    async fn create(&self, create: &mut Create<ShelfModel>) -> Result<(), Diagnostics> {
        create.state = Some(made(&create.plan));
        Ok(())
    }

    async fn read(&self, _: &mut Read<ShelfModel>) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn update(&self, update: &mut Update<ShelfModel>) -> Result<(), Diagnostics> {
        update.state = made(&update.plan);
        Ok(())
    }

    async fn delete(&self, _: &mut Delete<ShelfModel>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

fn made(plan: &ShelfModel) -> ShelfModel {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::SeqCst);
    let mut state = plan.clone();
    state.id.set_if_unknown(format!("shelf {count}"));
    state.revision.set_if_unknown(format!("revision {count}"));
    state.shape.set_if_unknown("square");
    state
}

const ADDRESS: &str = "corner_shelf.a";

fn shelf(input: Input) -> Configuration {
    one(ADDRESS, input.with("name", "a"))
}

async fn with(input: Input) -> Workspace {
    let mut workspace = workspace().await;
    workspace.run(&shelf(input)).await.unwrap();
    workspace
}

async fn attribute(workspace: &Workspace, name: &str) -> Value {
    let object = workspace.object(ADDRESS).await.unwrap().unwrap();
    object.value.attribute(name)
}

#[tokio::test]
async fn defaults_are_planned_and_come_back_when_the_user_leaves_the_value_out() {
    let mut workspace = workspace().await;
    let plan = workspace.run(&shelf(config! {})).await.unwrap();
    let planned = plan.planned(ADDRESS);
    assert_eq!(planned.attribute("size"), Value::int(1));
    assert_eq!(
        planned.attribute("tags"),
        Value::List(vec![Value::string("new")])
    );
    assert!(planned.attribute("shape").is_unknown());
    assert!(workspace.plan(&shelf(config! {})).await.unwrap().is_empty());

    let none: [&str; 0] = [];
    workspace
        .run(&shelf(config! { tags = none }))
        .await
        .unwrap();
    assert_eq!(attribute(&workspace, "tags").await, Value::List(vec![]));
    let plan = workspace.plan(&shelf(config! {})).await.unwrap();
    assert_eq!(plan.action(ADDRESS), Action::Update);
    assert_eq!(
        plan.planned(ADDRESS).attribute("tags"),
        Value::List(vec![Value::string("new")])
    );
}

#[tokio::test]
async fn a_change_leaves_only_what_follows_from_it_unknown() {
    let workspace = with(config! {}).await;
    let plan = workspace
        .plan(&shelf(config! { colour = "red" }))
        .await
        .unwrap();
    assert_eq!(plan.action(ADDRESS), Action::Update);
    let planned = plan.planned(ADDRESS);
    assert!(planned.attribute("revision").is_unknown());
    assert!(planned.attribute("id").is_known());
    assert_eq!(planned.attribute("shape"), Value::string("square"));
}

#[tokio::test]
async fn each_replacement_asks_where_its_condition_holds() {
    let workspace = with(config! { size = 5, shape = "round" }).await;
    for (input, action, path) in [
        (config! { size = 6, shape = "round" }, Action::Update, None),
        (
            config! { size = 4, shape = "round" },
            Action::DeleteThenCreate,
            Some("size"),
        ),
        (
            config! { size = 5, shape = "oval" },
            Action::DeleteThenCreate,
            Some("shape"),
        ),
        (config! { size = 5, shape = null() }, Action::NoOp, None),
        (
            config! { size = 5, shape = unknown() },
            Action::DeleteThenCreate,
            Some("shape"),
        ),
    ] {
        let plan = workspace.plan(&shelf(input.clone())).await.unwrap();
        assert_eq!(plan.action(ADDRESS), action, "{input:?}");
        let paths: Vec<Path> = path.map(Path::attributes).into_iter().collect();
        assert_eq!(plan.requires_replace(ADDRESS), paths, "{input:?}");
    }
}

#[tokio::test]
async fn a_replacement_is_made_and_then_there_is_nothing_to_do() {
    for create_before_destroy in [false, true] {
        for way in ["name", "taint", "option"] {
            let mut workspace = with(config! { size = 2 }).await;
            let before = attribute(&workspace, "id").await;
            let lifecycle = Lifecycle {
                create_before_destroy,
                ..Lifecycle::default()
            };
            let name = if way == "name" { "b" } else { "a" };
            let block = ResourceConfig::from(config! { name = name, size = 2 });
            let configuration = Configuration::new().resource(ADDRESS, block.lifecycle(lifecycle));
            let mut options = PlanOptions::default();
            match way {
                "taint" => assert!(workspace.taint(ADDRESS)),
                "option" => options = PlanOptions::replacing(ADDRESS),
                _ => {}
            }
            let plan = workspace.plan_with(&configuration, options).await.unwrap();
            assert!(plan.action(ADDRESS).is_replace(), "{way}");
            workspace.apply(&plan).await.unwrap();
            assert_ne!(attribute(&workspace, "id").await, before, "{way}");
            assert!(workspace.plan(&configuration).await.unwrap().is_empty());
        }
    }
}

#[tokio::test]
async fn ignoring_every_change_and_renaming_plan_nothing() {
    let mut workspace = with(config! { colour = "red" }).await;
    let lifecycle = Lifecycle {
        ignore_changes: vec![Path::root()],
        ..Lifecycle::default()
    };
    let block = ResourceConfig::from(config! { name = "b", size = 9 }).lifecycle(lifecycle);
    let plan = workspace
        .plan(&Configuration::new().resource(ADDRESS, block))
        .await
        .unwrap();
    assert!(plan.is_empty());

    assert!(workspace.rename(ADDRESS, "corner_shelf.b"));
    let moved = one("corner_shelf.b", config! { name = "a", colour = "red" });
    assert!(workspace.plan(&moved).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_input_that_is_unknown_may_turn_out_to_be_what_it_was() {
    let mut workspace = workspace().await;
    let both = |colour: &str| {
        Configuration::new()
            .resource(ADDRESS, config! { name = "a", colour = colour })
            .resource(
                "corner_shelf.b",
                config! { name = reference(ADDRESS, "shape"), colour = reference(ADDRESS, "revision") },
            )
    };
    workspace.run(&both("red")).await.unwrap();
    assert!(workspace.plan(&both("red")).await.unwrap().is_empty());
    let plan = workspace.run(&both("blue")).await.unwrap();
    assert_eq!(plan.action("corner_shelf.b"), Action::Update);
    assert!(workspace.plan(&both("blue")).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_value_is_null_empty_or_absent_and_stays_so() {
    let mut workspace = workspace().await;
    for input in [
        config! { colour = null() },
        config! { colour = "" },
        config! {},
        config! { colour = "red" },
    ] {
        let configuration = shelf(input);
        workspace.run(&configuration).await.unwrap();
        assert!(workspace.plan(&configuration).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn every_core_creates_updates_replaces_and_destroys() {
    for version in every_core() {
        let mut workspace = Workspace::new(core_as(version).await);
        for (input, action) in [
            (config! { size = 2 }, Action::Create),
            (config! { size = 3 }, Action::Update),
            (config! { size = 1 }, Action::DeleteThenCreate),
        ] {
            let plan = workspace.run(&shelf(input.clone())).await.unwrap();
            assert_eq!(plan.action(ADDRESS), action, "{version:?}");
            assert!(workspace.plan(&shelf(input)).await.unwrap().is_empty());
        }
        workspace.destroy().await.unwrap();
        assert!(workspace.state.is_empty());
    }
}

#[tokio::test]
async fn one_process_serves_several_plans_as_in_debug_mode() {
    let mut first = with(config! {}).await;
    let mut second = Workspace::new(first.core().clone());
    let configuration = shelf(config! { size = 4 });
    first.core().configure(&config! {}).await.unwrap();
    let (left, right) = tokio::join!(first.run(&configuration), second.run(&configuration));
    assert_eq!(left.unwrap().action(ADDRESS), Action::Update);
    assert_eq!(right.unwrap().action(ADDRESS), Action::Create);
    assert_ne!(
        attribute(&first, "id").await,
        attribute(&second, "id").await
    );
}
