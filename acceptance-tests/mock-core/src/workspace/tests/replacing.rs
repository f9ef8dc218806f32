use super::{named, one};
use crate::config;
use crate::fake::{Fake, error};
use crate::instance::Action;
use crate::value::Path;
use crate::workspace::{Configuration, PlanOptions, ResourceConfig};
use crate::{Lifecycle, Trigger};

#[tokio::test]
async fn private_data_flows_through_a_replacement_as_in_terraform() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace.run(&one(named("x"))).await.unwrap();
    fake.take_calls();

    let plan = workspace.run(&one(named("y"))).await.unwrap();
    assert_eq!(plan.action("test_thing.a"), Action::DeleteThenCreate);
    assert_eq!(
        plan.requires_replace("test_thing.a"),
        [Path::attributes("name")]
    );
    assert_eq!(
        fake.take_calls(),
        [
            "upgrade from 1",
            "read 1 private=made-1",
            "plan update private=made-1 identity=true",
            "plan create private=made-1>update identity=true",
            "upgrade from 1",
            "delete x private=made-1>update>create",
            "plan create private= identity=false",
            "create y private=>create",
        ]
    );
    assert!(workspace.plan(&one(named("y"))).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_new_object_may_come_first() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace.run(&one(named("x"))).await.unwrap();
    fake.take_calls();
    let plan = workspace.run(&first(named("y"))).await.unwrap();
    assert_eq!(plan.action("test_thing.a"), Action::CreateThenDelete);
    let calls = fake.take_calls();
    assert_eq!(
        calls[4..],
        [
            "plan create private= identity=false",
            "create y private=>create",
            "upgrade from 1",
            "plan destroy private=made-1 identity=true",
            "delete x private=made-1>destroy",
        ]
    );
    assert!(workspace.state.deposed.is_empty());
}

fn first(input: crate::config::Input) -> Configuration {
    let lifecycle = Lifecycle {
        create_before_destroy: true,
        ..Lifecycle::default()
    };
    Configuration::new().resource(
        "test_thing.a",
        ResourceConfig::from(input).lifecycle(lifecycle),
    )
}

#[tokio::test]
async fn an_old_object_that_cannot_be_destroyed_is_kept_and_tried_again() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace.run(&one(named("x"))).await.unwrap();
    fake.lock().spoil.apply = Some(Box::new(|answer| {
        if answer.new_identity.is_none() {
            answer.diagnostics.push(error("cannot delete"));
        }
    }));
    workspace.run(&first(named("y"))).await.unwrap_err();
    assert_eq!(workspace.state.deposed.len(), 1);
    assert!(workspace.state.resources.contains_key("test_thing.a"));

    fake.lock().spoil.apply = None;
    fake.lock().remote.insert("1".into(), fake_thing());
    let plan = workspace.run(&first(named("y"))).await.unwrap();
    assert_eq!(plan.deposed.len(), 1);
    assert!(workspace.state.deposed.is_empty());
}

fn fake_thing() -> crate::value::Value {
    use crate::value::Value;
    let attributes = ["id", "name", "note", "size", "tags", "password"];
    let thing = Value::object(attributes.map(|name| (name, Value::Null)));
    crate::fake::with(&thing, "id", "1".into())
}

#[tokio::test]
async fn a_new_object_that_cannot_be_created_leaves_the_old_one_in_place() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace.run(&one(named("x"))).await.unwrap();
    fake.lock().spoil.apply = Some(Box::new(|answer| {
        answer.new_state = None;
        answer.diagnostics.push(error("cannot create"));
    }));
    workspace.run(&first(named("y"))).await.unwrap_err();
    let object = workspace.object("test_thing.a").await.unwrap().unwrap();
    assert_eq!(object.value.attribute("name"), "x".into());
    assert!(workspace.state.deposed.is_empty());
}

#[tokio::test]
async fn tainted_and_forced_replacements() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace.run(&one(named("x"))).await.unwrap();
    assert!(workspace.taint("test_thing.a"));
    fake.take_calls();
    let plan = workspace.run(&one(named("x"))).await.unwrap();
    assert_eq!(plan.action("test_thing.a"), Action::DeleteThenCreate);
    assert_eq!(fake.take_calls()[2], "plan create private= identity=false");
    assert!(workspace.plan(&one(named("x"))).await.unwrap().is_empty());

    let plan = workspace
        .plan_with(&one(named("x")), PlanOptions::replacing("test_thing.a"))
        .await
        .unwrap();
    assert_eq!(plan.action("test_thing.a"), Action::DeleteThenCreate);
    workspace.apply(&plan).await.unwrap();
    assert_eq!(fake.lock().remote.keys().collect::<Vec<_>>(), ["3"]);
}

#[tokio::test]
async fn ignored_changes_are_not_ignored_by_the_new_object() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace
        .run(&one(config! { name = "x", note = "old" }))
        .await
        .unwrap();
    let lifecycle = Lifecycle {
        ignore_changes: vec![Path::attributes("note")],
        ..Lifecycle::default()
    };
    let block = ResourceConfig::from(config! { name = "y", note = "new" }).lifecycle(lifecycle);
    let plan = workspace
        .run(&Configuration::new().resource("test_thing.a", block))
        .await
        .unwrap();
    assert_eq!(plan.planned("test_thing.a").attribute("note"), "new".into());
}

#[tokio::test]
async fn a_watched_resource_triggers_a_replacement() {
    for (attribute, expected) in [
        (Path::root(), Action::DeleteThenCreate),
        (Path::attributes("note"), Action::DeleteThenCreate),
        (Path::attributes("id"), Action::NoOp),
    ] {
        let fake = Fake::default();
        let mut workspace = fake.workspace().await;
        let watched = Trigger {
            address: "test_thing.watched".into(),
            attribute,
        };
        let lifecycle = Lifecycle {
            replace_triggered_by: vec![watched],
            ..Lifecycle::default()
        };
        let configuration = |note: &str| {
            Configuration::new()
                .resource("test_thing.watched", config! { name = "w", note = note })
                .resource(
                    "test_thing.a",
                    ResourceConfig::from(named("a")).lifecycle(lifecycle.clone()),
                )
        };
        workspace.run(&configuration("1")).await.unwrap();
        assert!(
            workspace
                .plan(&configuration("1"))
                .await
                .unwrap()
                .is_empty()
        );
        let plan = workspace.run(&configuration("2")).await.unwrap();
        assert_eq!(plan.action("test_thing.watched"), Action::Update);
        assert_eq!(plan.action("test_thing.a"), expected);
        assert!(
            workspace
                .plan(&configuration("2"))
                .await
                .unwrap()
                .is_empty()
        );
    }
}
