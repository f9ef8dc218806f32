//! Objects of other types that become objects of this one.

use mock_core::value::Value;
use mock_core::{CoreVersion, MoveSource, Workspace, config};
use tfplugin_framework::{
    Attribute, Create, Delete, Diagnostics, IdentityAttribute, IdentitySchema, Read, Resource,
    Schema, StateMove, Update, model,
};

use crate::{core_as, errors, one, workspace};

model! {
    pub(crate) struct SettledModel { name: String, rooms: u32, found: bool }
    /// What is of use in a shelf of `corner_shelf`.
    struct Shelf { name: String, size: u32 }
    struct Tent { title: String }
}

/// What used to be something else.
pub(crate) struct Settled;

impl Resource for Settled {
    type Model = SettledModel;

    fn type_name(&self) -> &'static str {
        "corner_settled"
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
            .attribute("name", Attribute::string().required())
            .attribute("rooms", Attribute::number().optional())
            .attribute("found", Attribute::bool().computed())
    }

    fn identity_schema(&self) -> Option<IdentitySchema> {
        let name = IdentityAttribute::string().required_for_import();
        Some(IdentitySchema::new(0).attribute("name", name))
    }

    fn moves(&self) -> Vec<StateMove> {
        let former = Schema::new(0)
            .attribute("name", Attribute::string().required())
            .attribute("size", Attribute::number().optional());
        let camp =
            |version| Schema::new(version).attribute("title", Attribute::string().required());
        let of_tent = |old: Tent| {
            Ok(SettledModel {
                rooms: old
                    .title
                    .as_str()
                    .map(|title| title.parse().unwrap())
                    .into(),
                name: old.title,
                ..SettledModel::default()
            })
        };
        vec![
            StateMove::new("corner_shelf", &former, |old: Shelf| {
                Ok(SettledModel {
                    name: old.name,
                    rooms: old.size,
                    ..SettledModel::default()
                })
            }),
            StateMove::new("camp_tent", &camp(2), of_tent).of_provider("camping/camp"),
            StateMove::new("camp_tent", &camp(3), of_tent).of_provider("camping/camp"),
        ]
    }

    async fn create(&self, create: &mut Create<SettledModel>) -> Result<(), Diagnostics> {
        create.state = Some(create.plan.clone());
        Ok(())
    }

    async fn read(&self, read: &mut Read<SettledModel>) -> Result<(), Diagnostics> {
        if let (true, Some(state)) = (read.after_import, &mut read.state) {
            state.found.set(true);
        }
        Ok(())
    }

    async fn update(&self, update: &mut Update<SettledModel>) -> Result<(), Diagnostics> {
        update.state = update.plan.clone();
        Ok(())
    }

    async fn delete(&self, _: &mut Delete<SettledModel>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

const ADDRESS: &str = "corner_settled.a";

/// A stored shelf, to be made into something else.
async fn shelf(workspace: &mut Workspace) -> MoveSource {
    let configuration = one("corner_shelf.a", config! { name = "a", size = 3 });
    workspace.run(&configuration).await.unwrap();
    let object = workspace.state.resources["corner_shelf.a"].clone();
    workspace.forget("corner_shelf.a");
    MoveSource {
        provider_address: "registry.terraform.io/corner/corner".into(),
        object,
    }
}

/// A stored object of another provider.
async fn tent(workspace: &mut Workspace, host: &str, version: i64, title: &str) -> MoveSource {
    let mut source = shelf(workspace).await;
    source.provider_address = format!("{host}/camping/camp");
    source.object.type_name = "camp_tent".into();
    source.object.schema_version = version;
    source.object.attributes = format!(r#"{{"title":"{title}","pegs":["a"]}}"#);
    source.object.private = "of another provider".into();
    source
}

#[tokio::test]
async fn an_object_moves_and_is_read_as_if_it_were_imported() {
    for version in [CoreVersion::Terraform(14), CoreVersion::OpenTofu(12)] {
        let mut workspace = Workspace::new(core_as(version).await);
        let source = shelf(&mut workspace).await;
        workspace.move_here(ADDRESS, source).await.unwrap();
        let moved = workspace.object(ADDRESS).await.unwrap().unwrap();
        assert_eq!(moved.value.attribute("name"), Value::string("a"));
        assert_eq!(moved.value.attribute("rooms"), Value::int(3));
        let identity = Value::object([("name", Value::string("a"))]);
        assert_eq!(moved.identity, identity, "{version:?}");
        let plan = workspace
            .plan(&one(ADDRESS, config! { name = "a", rooms = 3 }))
            .await
            .unwrap();
        assert!(plan.is_empty(), "{:?}", plan.planned(ADDRESS));
        workspace.refresh().await.unwrap();
        let read = workspace.object(ADDRESS).await.unwrap().unwrap();
        assert_eq!(read.value.attribute("found"), Value::Bool(true));
    }
}

#[tokio::test]
async fn an_object_of_another_provider_moves_whichever_registry_that_is_from() {
    for (host, version) in [("registry.terraform.io", 2), ("registry.opentofu.org", 3)] {
        let mut workspace = workspace().await;
        let source = tent(&mut workspace, host, version, "4").await;
        workspace.move_here(ADDRESS, source).await.unwrap();
        let moved = workspace.object(ADDRESS).await.unwrap().unwrap();
        assert_eq!(moved.value.attribute("rooms"), Value::int(4));
    }
}

#[tokio::test]
async fn what_cannot_move_is_an_error_with_a_remedy() {
    let mut workspace = workspace().await;
    let host = "registry.terraform.io";
    let mut stranger = tent(&mut workspace, host, 2, "4").await;
    stranger.provider_address = format!("{host}/other/camp");
    let mut broken = tent(&mut workspace, host, 2, "4").await;
    broken.object.attributes = r#"{"title":["a"]}"#.into();
    for (source, said) in [
        (stranger, "import the object under its new type"),
        (
            tent(&mut workspace, host, 1, "4").await,
            "has version 1; this provider can move version 2 or 3",
        ),
        (broken, "Unreadable state"),
        (
            tent(&mut workspace, host, 2, "no number").await,
            "moving corner_settled",
        ),
    ] {
        let failure = workspace.move_here(ADDRESS, source).await.unwrap_err();
        assert!(errors(&failure)[0].contains(said), "{said}: {failure}");
        assert!(workspace.object(ADDRESS).await.unwrap().is_none());
    }
}
