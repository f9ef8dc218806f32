//! Plans, refreshes, upgrades and imports core refuses.

use tfplugin_protocol::tfplugin6::{
    AttributePath, Deferred, Diagnostic, attribute_path, import_resource_state,
    plan_resource_change, read_resource,
};

use super::{named, one};
use crate::fake::{Fake, read, with, write};
use crate::problem::Rule;
use crate::value::Value;
use crate::workspace::Workspace;
use crate::{CoreVersion, config};

/// A rule, and what breaks it.
type Case<Answer> = (Rule, fn(&mut Answer));

#[tokio::test]
async fn a_final_plan_keeps_the_promises_of_the_first() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    let mut calls = 0;
    fake.lock().spoil.plan = Some(Box::new(move |answer| {
        calls += 1;
        let size = Value::int(calls);
        let planned = with(&read(answer.planned_state.as_ref()), "size", size);
        answer.planned_state = write(&planned);
    }));
    let failure = workspace.run(&one(named("x"))).await.unwrap_err();
    assert!(failure.violates(Rule::InconsistentFinalPlan), "{failure}");
    assert!(
        failure
            .to_string()
            .contains(".size: was cty.NumberIntVal(1)"),
        "{failure}"
    );
    assert!(workspace.state.is_empty());
}

#[tokio::test]
async fn invalid_plans_are_refused() {
    let plan = |attribute: &'static str, value: Value| async move {
        let fake = Fake::default();
        let workspace = fake.workspace().await;
        fake.lock().spoil.plan = Some(Box::new(move |answer| {
            let planned = with(
                &read(answer.planned_state.as_ref()),
                attribute,
                value.clone(),
            );
            answer.planned_state = write(&planned);
        }));
        workspace.plan(&one(named("x"))).await.unwrap_err()
    };
    for (attribute, value, text) in [
        ("name", "y".into(), "does not match config value"),
        ("note", "y".into(), "for a non-computed attribute"),
        ("password", "y".into(), "write-only attribute"),
    ] {
        let failure = plan(attribute, value).await;
        assert!(failure.violates(Rule::InvalidPlan), "{failure}");
        assert!(failure.to_string().contains(text), "{failure}");
    }
}

#[tokio::test]
async fn plans_with_forbidden_answers_are_refused() {
    let cases: [Case<plan_resource_change::Response>; 4] = [
        (Rule::UnexpectedDeferral, |answer| {
            answer.deferred = Some(Deferred::default());
        }),
        (Rule::LegacyTypeSystem, |answer| {
            answer.legacy_type_system = true;
        }),
        (Rule::InvalidDiagnostic, |answer| {
            answer.diagnostics = vec![Diagnostic::default()];
        }),
        (Rule::InvalidPlan, |answer| {
            let selector = attribute_path::step::Selector::AttributeName("nowhere".into());
            let step = attribute_path::Step {
                selector: Some(selector),
            };
            answer.requires_replace = vec![AttributePath { steps: vec![step] }];
        }),
    ];
    for (rule, spoil) in cases {
        let fake = Fake::default();
        let mut workspace = fake.workspace().await;
        workspace.run(&one(named("x"))).await.unwrap();
        fake.lock().spoil.plan = Some(Box::new(spoil));
        let failure = workspace.plan(&one(named("x"))).await.unwrap_err();
        assert!(failure.violates(rule), "{failure}");
    }
}

#[tokio::test]
async fn a_destroy_plan_is_null() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace.run(&one(named("x"))).await.unwrap();
    let object = workspace
        .object("test_thing.a")
        .await
        .unwrap()
        .unwrap()
        .value;
    fake.lock().spoil.plan = Some(Box::new(move |answer| {
        answer.planned_state = write(&object);
    }));
    let failure = workspace.destroy().await.unwrap_err();
    assert!(
        failure
            .to_string()
            .contains("planned a non-null destroy value"),
        "{failure}"
    );
    assert!(!workspace.state.is_empty());
}

#[tokio::test]
async fn refreshing_checks_what_it_gets() {
    let cases: [Case<read_resource::Response>; 3] = [
        (Rule::InvalidObject, |answer| {
            let value = with(&read(answer.new_state.as_ref()), "size", Value::unknown());
            answer.new_state = write(&value);
        }),
        (Rule::InvalidObject, |answer| {
            let value = with(&read(answer.new_state.as_ref()), "password", "p".into());
            answer.new_state = write(&value);
        }),
        (Rule::InvalidIdentity, |answer| {
            let data = answer
                .new_identity
                .as_mut()
                .unwrap()
                .identity_data
                .as_mut()
                .unwrap();
            data.msgpack = vec![0x81, 0xa2, b'i', b'd', 0xd4, 0, 0].into();
        }),
    ];
    for (rule, spoil) in cases {
        let fake = Fake::default();
        let mut workspace = fake.workspace().await;
        workspace.run(&one(named("x"))).await.unwrap();
        fake.lock().spoil.read = Some(Box::new(spoil));
        let failure = workspace.refresh().await.unwrap_err();
        assert!(failure.violates(rule), "{failure}");
        assert!(!workspace.state.is_empty());
    }
}

#[tokio::test]
async fn private_data_a_read_does_not_return_is_erased() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace.run(&one(named("x"))).await.unwrap();
    fake.lock().spoil.read = Some(Box::new(|answer| answer.private.clear()));
    workspace.refresh().await.unwrap();
    assert!(workspace.state.resources["test_thing.a"].private.is_empty());
}

#[tokio::test]
async fn upgrades_are_checked_and_newer_states_refused() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace.run(&one(named("x"))).await.unwrap();
    fake.lock().spoil.upgrade = Some(Box::new(|answer| answer.upgraded_state = None));
    let failure = workspace.plan(&one(named("x"))).await.unwrap_err();
    assert!(failure.violates(Rule::InvalidUpgrade), "{failure}");

    fake.lock().spoil.upgrade = None;
    workspace
        .state
        .resources
        .get_mut("test_thing.a")
        .unwrap()
        .schema_version = 9;
    let failure = workspace.plan(&one(named("x"))).await.unwrap_err();
    assert!(
        failure.to_string().contains("newer provider version"),
        "{failure}"
    );
}

#[tokio::test]
async fn imports_return_exactly_one_object_of_the_type() {
    let cases: [Case<import_resource_state::Response>; 4] = [
        (Rule::EmptyImport, |answer| {
            answer.imported_resources.clear();
        }),
        (Rule::MultipleImports, |answer| {
            answer
                .imported_resources
                .push(answer.imported_resources[0].clone());
        }),
        (Rule::InvalidImport, |answer| {
            answer.imported_resources[0].type_name.clear();
        }),
        (Rule::InvalidImport, |answer| {
            answer.imported_resources[0].state = None;
        }),
    ];
    for (rule, spoil) in cases {
        let fake = Fake::default();
        let mut workspace = fake.workspace().await;
        fake.lock().spoil.import = Some(Box::new(spoil));
        let failure = workspace.import("test_thing.a", "1").await.unwrap_err();
        assert!(failure.violates(rule), "{failure}");
    }
}

#[tokio::test]
async fn cores_before_identities_send_none_and_accept_none() {
    let fake = Fake::default();
    let core = fake.core(CoreVersion::OpenTofu(10)).await.unwrap();
    assert_eq!(core.schemas().resources["test_thing"].identity, None);
    let mut workspace = Workspace::new(core);
    workspace.run(&one(named("x"))).await.unwrap();
    let failure = workspace
        .import(
            "test_thing.b",
            crate::ImportTarget::Identity(config! { id = "1" }),
        )
        .await
        .unwrap_err();
    assert!(
        failure.to_string().contains("no identity to import by"),
        "{failure}"
    );
}
