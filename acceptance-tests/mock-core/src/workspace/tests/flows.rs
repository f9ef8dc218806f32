use super::{named, one};
use crate::config;
use crate::config::{null, unknown};
use crate::fake::Fake;
use crate::instance::Action;
use crate::problem::Rule;
use crate::value::Value;
use crate::workspace::{Configuration, PlanOptions, ResourceConfig};
use crate::{CoreVersion, ImportTarget, Lifecycle};

#[tokio::test]
async fn what_is_created_is_planned_without_changes_and_destroyed() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    let configuration = one(config! { name = "x", tags = ["b", "a"], password = "secret" });

    let plan = workspace.run(&configuration).await.unwrap();
    assert_eq!(plan.action("test_thing.a"), Action::Create);
    assert_eq!(
        plan.planned("test_thing.a").attribute("id"),
        Value::unknown()
    );

    let object = workspace.object("test_thing.a").await.unwrap().unwrap();
    assert_eq!(object.value.attribute("id"), "1".into());
    assert_eq!(object.value.attribute("password"), Value::Null);
    assert_eq!(object.identity, Value::object([("id", "1".into())]));
    assert!(workspace.plan(&configuration).await.unwrap().is_empty());

    workspace.destroy().await.unwrap();
    assert!(workspace.state.is_empty());
    assert!(fake.lock().remote.is_empty());
}

#[tokio::test]
async fn calls_come_in_terraforms_order_with_terraforms_private_data() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace.run(&one(named("x"))).await.unwrap();
    assert_eq!(
        fake.take_calls(),
        [
            "plan create private= identity=false",
            "plan create private= identity=false",
            "create x private=>create",
        ]
    );

    workspace
        .run(&one(config! { name = "x", note = "n" }))
        .await
        .unwrap();
    assert_eq!(
        fake.take_calls(),
        [
            "upgrade from 1",
            "read 1 private=made-1",
            "plan update private=made-1 identity=true",
            "upgrade from 1",
            "plan update private=made-1 identity=true",
            "update x private=made-1>update",
        ]
    );

    workspace.destroy().await.unwrap();
    assert_eq!(
        fake.take_calls(),
        [
            "upgrade from 1",
            "read 1 private=made-1",
            "plan destroy private=made-1 identity=true",
            "upgrade from 1",
            "delete x private=made-1>destroy",
        ]
    );
}

#[tokio::test]
async fn older_cores_know_no_identity() {
    let fake = Fake::default();
    let mut workspace = crate::Workspace::new(fake.core(CoreVersion::Terraform(11)).await.unwrap());
    workspace.run(&one(named("x"))).await.unwrap();
    assert_eq!(workspace.state.resources["test_thing.a"].identity, None);
    fake.take_calls();
    workspace.plan(&one(named("x"))).await.unwrap();
    assert!(
        fake.take_calls()
            .contains(&"plan update private=made-1 identity=false".to_owned())
    );
}

#[tokio::test]
async fn drift_is_found_and_put_right() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    let configuration = one(config! { name = "x", note = "n" });
    workspace.run(&configuration).await.unwrap();
    let drifted = crate::fake::with(
        &fake.lock().remote["1"].clone(),
        "note",
        "somebody else".into(),
    );
    fake.lock().remote.insert("1".into(), drifted);

    let plan = workspace.run(&configuration).await.unwrap();
    assert_eq!(plan.action("test_thing.a"), Action::Update);
    assert_eq!(fake.lock().remote["1"].attribute("note"), "n".into());

    fake.lock().remote.clear();
    let plan = workspace.plan(&configuration).await.unwrap();
    assert_eq!(plan.action("test_thing.a"), Action::Create);
    let unrefreshed = PlanOptions {
        refresh: false,
        ..PlanOptions::default()
    };
    let plan = workspace
        .plan_with(&configuration, unrefreshed)
        .await
        .unwrap();
    assert!(plan.is_empty());
    workspace.refresh().await.unwrap();
    assert!(workspace.state.is_empty());
}

#[tokio::test]
async fn a_resource_out_of_the_configuration_is_destroyed() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace.run(&one(named("x"))).await.unwrap();
    let plan = workspace.run(&Configuration::new()).await.unwrap();
    assert_eq!(plan.action("test_thing.a"), Action::Delete);
    assert!(workspace.state.is_empty());
}

#[tokio::test]
async fn some_cores_plan_the_end_of_a_resource_before_they_refresh_it() {
    for (version, calls) in [
        (CoreVersion::CURRENT, ["read", "plan destroy"]),
        (CoreVersion::Terraform(11), ["plan destroy", "read"]),
    ] {
        let fake = Fake::default();
        let mut workspace = crate::Workspace::new(fake.core(version).await.unwrap());
        workspace.run(&one(named("x"))).await.unwrap();
        fake.take_calls();
        let plan = workspace.plan(&Configuration::new()).await.unwrap();
        assert_eq!(plan.action("test_thing.a"), Action::Delete);
        let made: Vec<String> = fake.take_calls();
        let made: Vec<&String> = made
            .iter()
            .filter(|call| !call.contains("upgrade"))
            .collect();
        assert_eq!(made.len(), 2, "{made:?}");
        for (made, call) in made.iter().zip(calls) {
            assert!(made.starts_with(call), "{made:?}");
        }
        fake.lock().remote.clear();
        let plan = workspace.plan(&Configuration::new()).await.unwrap();
        assert!(plan.is_empty());
    }
}

#[tokio::test]
async fn ignored_changes_and_prevented_destruction() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace
        .run(&one(config! { name = "x", note = "n" }))
        .await
        .unwrap();
    let lifecycle = Lifecycle {
        ignore_changes: vec![crate::value::Path::attributes("note")],
        prevent_destroy: true,
        ..Lifecycle::default()
    };
    let block = |input| one_block(ResourceConfig::from(input).lifecycle(lifecycle.clone()));
    let plan = workspace
        .plan(&block(config! { name = "x", note = "m" }))
        .await
        .unwrap();
    assert!(plan.is_empty());
    let failure = workspace.plan(&block(named("y"))).await.unwrap_err();
    assert!(failure.to_string().contains("prevent_destroy"), "{failure}");
}

fn one_block(block: ResourceConfig) -> Configuration {
    Configuration::new().resource("test_thing.a", block)
}

#[tokio::test]
async fn an_existing_object_is_imported_by_id_and_by_identity() {
    for target in [
        ImportTarget::Id("1".into()),
        ImportTarget::Identity(config! { id = "1" }),
    ] {
        let fake = Fake::default();
        let mut first = fake.workspace().await;
        first
            .run(&one(config! { name = "x", note = "n" }))
            .await
            .unwrap();

        let mut second = fake.workspace().await;
        second.import("test_thing.a", target.clone()).await.unwrap();
        let plan = second
            .plan(&one(config! { name = "x", note = "n" }))
            .await
            .unwrap();
        assert!(plan.is_empty());

        let mut third = fake.workspace().await;
        let block = one(config! { name = "x", note = "n" }).import("test_thing.a", target);
        assert!(third.run(&block).await.unwrap().is_empty());
        assert_eq!(third.state.resources["test_thing.a"].private, "imported");
    }
}

#[tokio::test]
async fn importing_what_is_not_there_fails() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    let failure = workspace.import("test_thing.a", "404").await.unwrap_err();
    assert!(failure.violates(Rule::NonExistentImport), "{failure}");
    assert!(workspace.state.is_empty());
}

#[tokio::test]
async fn a_refused_configuration_reaches_the_user_with_its_address() {
    let fake = Fake::default();
    let workspace = fake.workspace().await;
    let failure = workspace.plan(&one(named("bad"))).await.unwrap_err();
    assert_eq!(failure.to_string(), "test_thing.a: bad name");
    let failure = workspace
        .plan(&one(config! { name = null() }))
        .await
        .unwrap_err();
    assert!(
        failure.to_string().contains("Missing required argument"),
        "{failure}"
    );
    let failure = workspace
        .plan(&Configuration::new().resource("other_thing.a", named("x")))
        .await
        .unwrap_err();
    assert!(
        failure.to_string().contains("Invalid resource type"),
        "{failure}"
    );
}

#[tokio::test]
async fn unknown_values_are_planned_but_not_applied() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    let plan = workspace
        .plan(&one(config! { name = unknown() }))
        .await
        .unwrap();
    assert_eq!(
        plan.planned("test_thing.a").attribute("name"),
        Value::unknown()
    );
    let failure = workspace.apply(&plan).await.unwrap_err();
    assert!(
        failure
            .to_string()
            .contains("everything must be known during apply"),
        "{failure}"
    );
}

#[tokio::test]
async fn moving_generating_renaming_forgetting() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace
        .run(&one(config! { name = "x", note = "n" }))
        .await
        .unwrap();
    let config = workspace.generate_config("test_thing.a").await.unwrap();
    assert_eq!(config.attribute("note"), "n".into());

    let source = crate::MoveSource {
        provider_address: "registry.terraform.io/other/other".into(),
        object: workspace.state.resources["test_thing.a"].clone(),
    };
    workspace
        .move_here("test_thing.moved", source)
        .await
        .unwrap();
    assert_eq!(
        workspace.state.resources["test_thing.moved"].private,
        "moved"
    );
    assert!(workspace.forget("test_thing.moved"));
    assert!(workspace.rename("test_thing.a", "test_thing.b"));
    assert!(!workspace.rename("test_thing.a", "test_thing.c"));
    let plan = workspace
        .plan(&Configuration::new().resource("test_thing.b", config! { name = "x", note = "n" }))
        .await
        .unwrap();
    assert!(plan.is_empty());
}
