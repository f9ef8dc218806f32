//! What the state holds after each way an apply can go wrong.

use super::{named, one};
use crate::config;
use crate::fake::{Fake, error, read, with, write};
use crate::instance::Action;
use crate::problem::Rule;
use crate::report::Failure;
use crate::value::Value;
use crate::workspace::Workspace;

/// Creates with a spoiled apply.
async fn spoiled_create(
    spoil: impl FnMut(&mut tfplugin_protocol::tfplugin6::apply_resource_change::Response)
    + Send
    + 'static,
) -> (Failure, Workspace) {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    fake.lock().spoil.apply = Some(Box::new(spoil));
    let failure = workspace.run(&one(named("x"))).await.unwrap_err();
    (failure, workspace)
}

fn tainted(workspace: &Workspace) -> Option<bool> {
    workspace
        .state
        .resources
        .get("test_thing.a")
        .map(|object| object.tainted)
}

#[tokio::test]
async fn a_failed_create_without_state_is_lost() {
    let (failure, workspace) = spoiled_create(|answer| {
        answer.new_state = None;
        answer.diagnostics.push(error("half way"));
    })
    .await;
    assert_eq!(failure.diagnostics().count(), 1);
    assert_eq!(failure.violations().count(), 0);
    assert_eq!(tainted(&workspace), None);
}

#[tokio::test]
async fn a_failed_create_with_state_is_tainted() {
    let (failure, workspace) =
        spoiled_create(|answer| answer.diagnostics.push(error("half way"))).await;
    assert_eq!(failure.violations().count(), 0);
    assert_eq!(tainted(&workspace), Some(true));
    let plan = workspace.plan(&one(named("x"))).await.unwrap();
    assert_eq!(plan.action("test_thing.a"), Action::DeleteThenCreate);
}

#[tokio::test]
async fn a_changed_value_is_an_inconsistent_result() {
    let (failure, workspace) = spoiled_create(|answer| {
        let result = with(&read(answer.new_state.as_ref()), "name", "changed".into());
        answer.new_state = write(&result);
    })
    .await;
    assert!(failure.violates(Rule::InconsistentResult));
    assert_eq!(
        failure.to_string(),
        "test_thing.a: Provider produced inconsistent result after apply: When applying changes to \
         test_thing.a, provider \"provider\" produced an unexpected new value: .name: was \
         cty.StringVal(\"x\"), but now cty.StringVal(\"changed\")"
    );
    assert_eq!(tainted(&workspace), Some(true));
}

#[tokio::test]
async fn unknown_values_after_apply_are_saved_as_null() {
    let (failure, workspace) = spoiled_create(|answer| {
        let result = with(&read(answer.new_state.as_ref()), "size", Value::unknown());
        answer.new_state = write(&result);
    })
    .await;
    assert!(failure.violates(Rule::InvalidResult));
    let object = workspace.object("test_thing.a").await.unwrap().unwrap();
    assert_eq!(object.value.attribute("size"), Value::Null);
    assert_eq!(object.value.attribute("id"), "1".into());
}

#[tokio::test]
async fn an_object_of_another_shape_is_lost() {
    let (failure, workspace) = spoiled_create(|answer| {
        answer.new_state.as_mut().unwrap().msgpack = vec![0x80].into();
    })
    .await;
    assert!(failure.violates(Rule::InvalidObject));
    assert!(
        failure
            .to_string()
            .contains("an object with 6 attributes is required (0 given)")
    );
    assert_eq!(tainted(&workspace), None);
}

#[tokio::test]
async fn write_only_values_are_never_stored() {
    let (failure, workspace) = spoiled_create(|answer| {
        let result = with(
            &read(answer.new_state.as_ref()),
            "password",
            "secret".into(),
        );
        answer.new_state = write(&result);
    })
    .await;
    assert!(failure.violates(Rule::InvalidObject));
    assert_eq!(tainted(&workspace), None);
}

#[tokio::test]
async fn a_create_must_return_an_object() {
    let (failure, workspace) = spoiled_create(|answer| answer.new_state = None).await;
    assert!(failure.violates(Rule::InvalidResult));
    assert_eq!(tainted(&workspace), None);
}

#[tokio::test]
async fn a_delete_must_return_none_and_a_failed_one_keeps_the_object() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace.run(&one(named("x"))).await.unwrap();
    fake.lock().spoil.apply = Some(Box::new(|answer| {
        answer.diagnostics.push(error("in use"));
    }));
    workspace.destroy().await.unwrap_err();
    assert_eq!(tainted(&workspace), Some(false));
    assert_eq!(workspace.state.resources["test_thing.a"].private, "made-1");

    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace.run(&one(named("x"))).await.unwrap();
    let object = workspace
        .object("test_thing.a")
        .await
        .unwrap()
        .unwrap()
        .value;
    fake.lock().spoil.apply = Some(Box::new(move |answer| answer.new_state = write(&object)));
    let failure = workspace.destroy().await.unwrap_err();
    assert!(failure.violates(Rule::InvalidResult));
}

#[tokio::test]
async fn a_failed_update_keeps_what_the_provider_returns() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace.run(&one(named("x"))).await.unwrap();
    fake.lock().spoil.apply = Some(Box::new(|answer| {
        answer.diagnostics.push(error("half way"));
        answer.private = "partly".into();
    }));
    workspace
        .run(&one(config! { name = "x", note = "n" }))
        .await
        .unwrap_err();
    assert_eq!(tainted(&workspace), Some(false));
    let object = workspace.object("test_thing.a").await.unwrap().unwrap();
    assert_eq!(object.value.attribute("note"), "n".into());
    assert_eq!(object.private, "partly");
}
