//! Blocks that the provider fills in where the user writes none: planned by Terraform from 1.16 on, and left empty by
//! every other core.

mod house;

use mock_core::config::{Input, number, unknown};
use mock_core::value::{Path, Value};
use mock_core::{
    Action, Configuration, CoreVersion, ImportTarget, Lifecycle, ResourceConfig, Workspace, config,
};

pub(crate) use self::house::{House, Street};
use crate::{core_as, errors, every_core, one};

const ADDRESS: &str = "corner_house.a";

/// The first that takes such blocks.
const TAKES: CoreVersion = CoreVersion::Terraform(16);

async fn workspace() -> Workspace {
    Workspace::new(core_as(TAKES).await)
}

async fn value(workspace: &Workspace) -> Value {
    workspace.object(ADDRESS).await.unwrap().unwrap().value
}

async fn assert_at_rest(workspace: &Workspace, input: Input) {
    let plan = workspace.plan(&one(ADDRESS, input)).await.unwrap();
    assert!(plan.is_empty(), "{:?}", plan.planned(ADDRESS));
}

fn count(value: &Value, blocks: &str) -> usize {
    value.attribute(blocks).elements().unwrap().len()
}

#[tokio::test]
async fn blocks_that_are_not_written_are_planned_unknown_and_filled_in() {
    let mut workspace = workspace().await;
    let input = || config! { name = "a", rooms = [config! { title = "hall" }] };
    let plan = workspace.run(&one(ADDRESS, input())).await.unwrap();
    let planned = plan.planned(ADDRESS);
    for blocks in ["doors", "bell", "lamps"] {
        assert!(planned.attribute(blocks).is_unknown(), "{blocks}");
    }
    let windows = planned.at(&Path::attributes("rooms")).unwrap();
    let windows = windows.elements().unwrap()[0].attribute("windows");
    assert!(windows.is_unknown());
    let state = value(&workspace).await;
    assert_eq!(count(&state, "doors"), 2);
    assert_eq!(count(&state, "lamps"), 1);
    assert_eq!(state.attribute("bell").attribute("tone"), "ding".into());
    workspace.refresh().await.unwrap();
    assert_at_rest(&workspace, input()).await;
    workspace.destroy().await.unwrap();
}

#[tokio::test]
async fn a_change_makes_them_unknown_again_but_for_those_that_keep_their_state() {
    let mut workspace = workspace().await;
    workspace
        .run(&one(ADDRESS, config! { name = "a" }))
        .await
        .unwrap();
    let plan = workspace
        .run(&one(ADDRESS, config! { name = "b" }))
        .await
        .unwrap();
    assert_eq!(plan.action(ADDRESS), Action::Update);
    let planned = plan.planned(ADDRESS);
    assert!(planned.attribute("doors").is_unknown());
    assert_eq!(count(&planned, "lamps"), 1);
    assert_at_rest(&workspace, config! { name = "b" }).await;
}

#[tokio::test]
async fn what_is_written_is_planned_as_it_is_and_stays_when_it_no_longer_is() {
    let mut workspace = workspace().await;
    let red = || config! { name = "a", doors = [config! { colour = "red" }] };
    let plan = workspace.run(&one(ADDRESS, red())).await.unwrap();
    assert_eq!(count(&plan.planned(ADDRESS), "doors"), 1);
    assert_at_rest(&workspace, red()).await;
    assert_at_rest(&workspace, config! { name = "a" }).await;
    let state = value(&workspace).await;
    assert_eq!(
        state.attribute("doors").elements().unwrap()[0].attribute("colour"),
        "red".into()
    );
    // Everything computed may change once something does.
    let plan = workspace
        .run(&one(ADDRESS, config! { name = "b" }))
        .await
        .unwrap();
    assert!(plan.planned(ADDRESS).attribute("doors").is_unknown());
    assert_eq!(count(&value(&workspace).await, "doors"), 2);
}

#[tokio::test]
async fn a_resource_may_plan_what_it_knows() {
    let mut workspace = workspace().await;
    let input = || config! { name = "planned" };
    let plan = workspace.run(&one(ADDRESS, input())).await.unwrap();
    assert_eq!(count(&plan.planned(ADDRESS), "doors"), 2);
    assert_at_rest(&workspace, input()).await;
}

#[tokio::test]
async fn elements_of_a_set_with_blocks_inside_come_to_rest() {
    let mut workspace = workspace().await;
    let room = |title: &str| config! { title = title };
    let rooms = |rooms: Vec<Input>| config! { name = "a", rooms = Input::List(rooms) };
    let two = || rooms(vec![room("hall"), room("attic")]);
    workspace.run(&one(ADDRESS, two())).await.unwrap();
    assert_at_rest(&workspace, two()).await;
    let plan = workspace
        .run(&one(ADDRESS, rooms(vec![room("hall")])))
        .await
        .unwrap();
    assert_eq!(plan.action(ADDRESS), Action::Update);
    assert_at_rest(&workspace, rooms(vec![room("hall")])).await;
}

#[tokio::test]
async fn dynamic_blocks_of_unknown_number_stay_unknown() {
    let workspace = workspace().await;
    let input = config! { name = "a", doors = unknown() };
    let plan = workspace.plan(&one(ADDRESS, input)).await.unwrap();
    assert!(plan.planned(ADDRESS).attribute("doors").is_unknown());
}

#[tokio::test]
async fn imports_replacements_and_ignored_changes_know_them_too() {
    let mut workspace = workspace().await;
    workspace
        .import(ADDRESS, ImportTarget::Id("a".to_owned()))
        .await
        .unwrap();
    let doors = value(&workspace).await.attribute("doors");
    assert_eq!(
        doors.elements().unwrap()[0].attribute("colour"),
        "green".into()
    );
    assert_at_rest(&workspace, config! { name = "a" }).await;

    assert!(workspace.taint(ADDRESS));
    let plan = workspace
        .run(&one(ADDRESS, config! { name = "a" }))
        .await
        .unwrap();
    assert!(plan.action(ADDRESS).is_replace());
    assert!(plan.planned(ADDRESS).attribute("lamps").is_unknown());

    let ignoring = ResourceConfig::from(config! { name = "b" }).lifecycle(Lifecycle {
        ignore_changes: vec![Path::root()],
        ..Lifecycle::default()
    });
    let configuration = Configuration::new().resource(ADDRESS, ignoring);
    assert!(workspace.plan(&configuration).await.unwrap().is_empty());
}

#[tokio::test]
async fn to_any_other_core_they_are_blocks_that_stay_as_they_are_written() {
    for version in every_core().filter(|version| *version != TAKES) {
        let mut workspace = Workspace::new(core_as(version).await);
        for name in ["a", "planned"] {
            let input = || config! { name = name, rooms = [config! { title = "hall" }] };
            workspace.run(&one(ADDRESS, input())).await.unwrap();
            workspace.refresh().await.unwrap();
            let state = value(&workspace).await;
            for blocks in ["doors", "lamps"] {
                assert_eq!(count(&state, blocks), 0, "{version:?} {blocks}");
            }
            assert!(state.attribute("bell").is_null());
            assert_at_rest(&workspace, input()).await;
        }
        let red = || config! { name = "a", doors = [config! { colour = "red" }] };
        workspace.run(&one(ADDRESS, red())).await.unwrap();
        assert_eq!(count(&value(&workspace).await, "doors"), 1);
        assert_at_rest(&workspace, red()).await;

        let clear = || config! { glass = "clear" };
        let glazed = || config! { title = "attic", windows = [clear(), clear()] };
        let rooms = || config! { name = "a", rooms = [glazed(), config! { title = "hall" }] };
        workspace.run(&one(ADDRESS, rooms())).await.unwrap();
        workspace.refresh().await.unwrap();
        let windows = value(&workspace).await.attribute("rooms");
        let windows = windows.elements().unwrap().iter();
        let mut windows: Vec<usize> = windows.map(|room| count(room, "windows")).collect();
        windows.sort_unstable();
        assert_eq!(windows, [0, 2], "{version:?}");
        assert_at_rest(&workspace, rooms()).await;
        workspace.destroy().await.unwrap();

        workspace
            .import(ADDRESS, ImportTarget::Id("a".to_owned()))
            .await
            .unwrap();
        assert_at_rest(&workspace, config! { name = "a" }).await;
    }
}

#[tokio::test]
async fn blocks_written_in_an_element_of_a_set_stay_where_something_else_has_changed() {
    let mut workspace = Workspace::new(core_as(CoreVersion::Terraform(15)).await);
    let clear = config! { glass = "clear" };
    let room = config! { title = "attic", windows = [clear] };
    let input = || config! { name = "a", rooms = [room.clone()] };
    workspace.run(&one(ADDRESS, input())).await.unwrap();
    let stored = workspace.state.resources.get_mut(ADDRESS).unwrap();
    let attributes = stored.attributes.replace("\"number\":7", "\"number\":6");
    assert_ne!(attributes, stored.attributes);
    stored.attributes = attributes;
    workspace.refresh().await.unwrap();
    let rooms = value(&workspace).await.attribute("rooms");
    let room = &rooms.elements().unwrap()[0];
    assert_eq!(room.attribute("number"), Value::int(7));
    assert_eq!(count(room, "windows"), 1);
    assert_at_rest(&workspace, input()).await;
}

#[tokio::test]
async fn a_state_goes_to_a_newer_core_and_back() {
    let older = CoreVersion::Terraform(15);
    let input = || config! { name = "a" };
    let mut workspace = Workspace::new(core_as(older).await);
    workspace.run(&one(ADDRESS, input())).await.unwrap();

    workspace.use_core(core_as(TAKES).await);
    workspace.refresh().await.unwrap();
    assert_eq!(count(&value(&workspace).await, "doors"), 2);
    assert_at_rest(&workspace, input()).await;

    workspace.use_core(core_as(older).await);
    let plan = workspace.run(&one(ADDRESS, input())).await.unwrap();
    assert_eq!(plan.action(ADDRESS), Action::Update);
    assert_at_rest(&workspace, input()).await;
}

#[tokio::test]
async fn what_only_the_provider_fills_in_cannot_be_written() {
    for (input, place) in [
        (config! { name = "a", bell = config! {} }, "bell"),
        (config! { name = "a", lamps = [config! {}] }, "lamps"),
    ] {
        let failure = workspace()
            .await
            .plan(&one(ADDRESS, input))
            .await
            .unwrap_err();
        let said = errors(&failure);
        assert!(
            said[0].contains("Read-only block") && said[0].contains(place),
            "{said:?}"
        );
    }
    let keyed = config! { name = "a", doors = [config! { key = number("1") }] };
    let failure = workspace()
        .await
        .plan(&one(ADDRESS, keyed))
        .await
        .unwrap_err();
    assert!(errors(&failure)[0].contains("Read-only attribute"));
}

#[tokio::test]
async fn a_generated_configuration_has_what_a_user_may_write() {
    let mut workspace = workspace().await;
    workspace
        .run(&one(ADDRESS, config! { name = "a" }))
        .await
        .unwrap();
    let config = workspace.generate_config(ADDRESS).await.unwrap();
    assert_eq!(count(&config, "lamps"), 0);
    assert!(config.attribute("bell").is_null());
    let doors = config.attribute("doors");
    let doors = doors.elements().unwrap();
    assert_eq!(doors.len(), 2);
    assert_eq!(doors[0].attribute("colour"), "oak".into());
    assert!(doors[0].attribute("key").is_null());
}

#[tokio::test]
async fn a_data_source_fills_them_in_with_every_core() {
    for version in every_core() {
        let (value, _) = core_as(version)
            .await
            .read_data_source("corner_street", &config! { name = "a" })
            .await
            .unwrap();
        assert_eq!(count(&value, "houses"), 2, "{version:?}");
    }
}
