use super::{named, one};
use crate::config;
use crate::config::reference;
use crate::fake::{Fake, error};
use crate::instance::Action;
use crate::value::Value;
use crate::workspace::{Configuration, ResourceConfig};

fn pair(name: &str) -> Configuration {
    Configuration::new()
        .resource("test_thing.base", named(name))
        .resource(
            "test_thing.a",
            config! { name = "a", note = reference("test_thing.base", "id") },
        )
}

fn writes(fake: &Fake) -> Vec<String> {
    let calls = fake.take_calls();
    let written = ["create", "update", "delete"];
    calls
        .into_iter()
        .filter(|call| written.iter().any(|it| call.starts_with(it)))
        .collect()
}

#[tokio::test]
async fn references_are_unknown_at_plan_known_at_apply_and_order_everything() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    let plan = workspace.run(&pair("base")).await.unwrap();
    assert_eq!(
        plan.planned("test_thing.a").attribute("note"),
        Value::unknown()
    );
    let object = workspace.object("test_thing.a").await.unwrap().unwrap();
    assert_eq!(object.value.attribute("note"), "1".into());
    assert_eq!(
        writes(&fake),
        ["create base private=>create", "create a private=>create"]
    );
    assert!(workspace.plan(&pair("base")).await.unwrap().is_empty());

    workspace.destroy().await.unwrap();
    let names: Vec<String> = writes(&fake)
        .iter()
        .map(|call| call.split(' ').nth(1).unwrap().to_owned())
        .collect();
    assert_eq!(names, ["a", "base"]);
}

#[tokio::test]
async fn a_replaced_dependency_updates_what_refers_to_it() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace.run(&pair("base")).await.unwrap();
    let plan = workspace.run(&pair("other")).await.unwrap();
    let actions: Vec<_> = plan.actions().into_iter().collect();
    assert_eq!(
        actions,
        [
            ("test_thing.a", Action::Update),
            ("test_thing.base", Action::DeleteThenCreate)
        ]
    );
    let object = workspace.object("test_thing.a").await.unwrap().unwrap();
    assert_eq!(object.value.attribute("note"), "3".into());
}

#[tokio::test]
async fn what_depends_on_a_failure_is_left_alone() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    fake.lock().spoil.apply = Some(Box::new(|answer| {
        answer.diagnostics.push(error("disk on fire"));
    }));
    let failure = workspace.run(&pair("base")).await.unwrap_err();
    assert_eq!(failure.to_string(), "test_thing.base: disk on fire");
    let stored: Vec<_> = workspace.state.resources.keys().collect();
    assert_eq!(stored, ["test_thing.base"]);
    assert!(workspace.state.resources["test_thing.base"].tainted);
}

#[tokio::test]
async fn many_instances_are_applied_at_once() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    workspace.parallelism = 50;
    let configuration = (0..200).fold(Configuration::new(), |configuration, number| {
        configuration.resource(
            &format!("test_thing.n{number}"),
            named(&format!("n{number}")),
        )
    });
    let plan = workspace.plan(&configuration).await.unwrap();
    let applied = workspace.apply(&plan).await.unwrap();
    assert_eq!(applied.operations, 200);
    assert_eq!(workspace.state.resources.len(), 200);
    assert!(workspace.plan(&configuration).await.unwrap().is_empty());
}

#[tokio::test]
async fn cycles_and_strangers_are_refused() {
    let fake = Fake::default();
    let workspace = fake.workspace().await;
    let cycle = Configuration::new()
        .resource(
            "test_thing.a",
            ResourceConfig::from(named("a")).depends_on("test_thing.b"),
        )
        .resource(
            "test_thing.b",
            ResourceConfig::from(named("b")).depends_on("test_thing.a"),
        );
    let failure = workspace.plan(&cycle).await.unwrap_err();
    assert_eq!(failure.to_string(), "Cycle: test_thing.a, test_thing.b");
    let stranger = one(config! { name = reference("test_thing.nobody", "id") });
    let failure = workspace.plan(&stranger).await.unwrap_err();
    assert!(
        failure.to_string().contains("undeclared resource"),
        "{failure}"
    );
}

#[tokio::test]
async fn an_interrupt_stops_the_provider_and_begins_nothing_more() {
    let fake = Fake::default();
    let mut workspace = fake.workspace().await;
    let plan = workspace.plan(&pair("base")).await.unwrap();
    let interrupt = workspace.interrupt();
    let during_the_first = interrupt.clone();
    fake.lock().spoil.apply = Some(Box::new(move |_| during_the_first.raise()));

    let failure = workspace.apply(&plan).await.unwrap_err();
    assert_eq!(failure.to_string(), "Operation canceled");
    let stored: Vec<_> = workspace.state.resources.keys().collect();
    assert_eq!(stored, ["test_thing.base"]);

    interrupt.interrupt().await.unwrap();
    assert!(fake.take_calls().contains(&"stop".to_owned()));

    fake.lock().spoil.apply = None;
    workspace.run(&pair("base")).await.unwrap();
    assert_eq!(
        workspace.state.resources.len(),
        2,
        "the next command runs as if nothing was"
    );
}
