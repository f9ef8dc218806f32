//! Resource identity: fixed, and changing with an update in place.

use mock_core::value::Value;
use mock_core::{Action, CoreVersion, ImportTarget, Workspace, config};
use tfplugin_framework::{
    Attribute, Create, Delete, Diagnostics, Identity, IdentityAttribute, IdentitySchema,
    IdentityUpgrade, Import, Plan, Read, Resource, Schema, Update, model,
};

use crate::{core_as, errors, one, workspace};

model! {
    pub(crate) struct Named { id: String, name: String, shelf: u32 }
}

fn schema() -> Schema {
    Schema::new(0)
        .attribute("id", Attribute::string().computed())
        .attribute("name", Attribute::string().required())
        .attribute(
            "shelf",
            Attribute::number().optional().computed().default_value(1),
        )
}

fn identity_schema() -> IdentitySchema {
    IdentitySchema::new(1)
        .attribute("name", IdentityAttribute::string().required_for_import())
        .attribute("shelf", IdentityAttribute::number().optional_for_import())
}

fn with_id(plan: &Named) -> Named {
    let id = plan.name.clone().map(|name| format!("id of {name}"));
    Named { id, ..plan.clone() }
}

macro_rules! named {
    ($resource:ident, $type_name:literal, $identity:expr) => {
        pub(crate) struct $resource;

        impl Resource for $resource {
            type Model = Named;

            fn type_name(&self) -> &'static str {
                $type_name
            }

            fn schema(&self) -> Schema {
                schema()
            }

            fn identity_schema(&self) -> Option<IdentitySchema> {
                Some($identity)
            }

            fn identity_upgrades(&self) -> Vec<IdentityUpgrade> {
                let title = IdentityAttribute::string().required_for_import();
                let former = IdentitySchema::new(0).attribute("title", title);
                vec![IdentityUpgrade::new(former, |old| {
                    let title: String = old.require("title")?;
                    Ok(Identity::new().with("name", title).with("shelf", 1))
                })]
            }

            async fn plan(&self, plan: &mut Plan<Named>) -> Result<(), Diagnostics> {
                if let Some(planned) = &mut plan.planned {
                    *planned = with_id(planned);
                }
                Ok(())
            }

            async fn create(&self, create: &mut Create<Named>) -> Result<(), Diagnostics> {
                create.state = Some(with_id(&create.plan));
                Ok(())
            }

            async fn read(&self, read: &mut Read<Named>) -> Result<(), Diagnostics> {
                let mut state = with_id(&read.current);
                if state.shelf.is_null() {
                    state.shelf.set(1_u32);
                }
                read.state = Some(state);
                Ok(())
            }

            async fn update(&self, update: &mut Update<Named>) -> Result<(), Diagnostics> {
                update.state = with_id(&update.plan);
                Ok(())
            }

            async fn delete(&self, _: &mut Delete<Named>) -> Result<(), Diagnostics> {
                Ok(())
            }

            async fn import(&self, import: &mut Import<Named>) -> Result<(), Diagnostics> {
                let mut state = Named::default();
                match &import.target {
                    tfplugin_framework::ImportTarget::Id(id) => state.name.set(id.clone()),
                    tfplugin_framework::ImportTarget::Identity(identity) => {
                        state.name.set(identity.require::<String>("name")?);
                        state.shelf = identity.get("shelf")?;
                    }
                }
                import.state = Some(state);
                Ok(())
            }
        }
    };
}

named!(Fixed, "corner_fixed", identity_schema());
named!(Renamed, "corner_renamed", identity_schema().mutable());

fn identity(name: &str, shelf: i64) -> Value {
    Value::object([("name", Value::string(name)), ("shelf", Value::int(shelf))])
}

#[tokio::test]
async fn the_identity_is_planned_known_and_stored() {
    let mut workspace = workspace().await;
    let configuration = one("corner_fixed.a", config! { name = "a" });
    workspace.run(&configuration).await.unwrap();
    let object = workspace.object("corner_fixed.a").await.unwrap().unwrap();
    assert_eq!(object.identity, identity("a", 1));
    assert!(workspace.plan(&configuration).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_identity_that_must_not_change_does_not() {
    let mut workspace = workspace().await;
    workspace
        .run(&one("corner_fixed.a", config! { name = "a" }))
        .await
        .unwrap();
    let failure = workspace
        .run(&one("corner_fixed.a", config! { name = "b" }))
        .await
        .unwrap_err();
    assert!(
        errors(&failure)[0].starts_with("Unexpected identity change"),
        "{failure:?}"
    );
}

#[tokio::test]
async fn a_mutable_identity_follows_an_update_in_place() {
    let mut workspace = workspace().await;
    workspace
        .run(&one("corner_renamed.a", config! { name = "a" }))
        .await
        .unwrap();
    let plan = workspace
        .run(&one("corner_renamed.a", config! { name = "b", shelf = 2 }))
        .await
        .unwrap();
    assert_eq!(plan.action("corner_renamed.a"), Action::Update);
    let object = workspace.object("corner_renamed.a").await.unwrap().unwrap();
    assert_eq!(object.identity, identity("b", 2));
    assert_eq!(object.value.attribute("id"), Value::string("id of b"));
}

#[tokio::test]
async fn an_object_is_imported_by_half_an_identity() {
    let mut workspace = workspace().await;
    let target = ImportTarget::Identity(config! { name = "a" });
    workspace.import("corner_renamed.a", target).await.unwrap();
    let object = workspace.object("corner_renamed.a").await.unwrap().unwrap();
    assert_eq!(object.identity, identity("a", 1));
    let plan = workspace
        .plan(&one("corner_renamed.a", config! { name = "a" }))
        .await
        .unwrap();
    assert!(plan.is_empty(), "{:?}", plan.planned("corner_renamed.a"));
}

#[tokio::test]
async fn a_former_identity_is_upgraded() {
    let mut workspace = workspace().await;
    workspace
        .run(&one("corner_fixed.a", config! { name = "a" }))
        .await
        .unwrap();
    let stored = workspace.state.resources.get_mut("corner_fixed.a").unwrap();
    stored.identity = Some(r#"{"title":"a"}"#.to_owned());
    stored.identity_schema_version = 0;
    let object = workspace.object("corner_fixed.a").await.unwrap().unwrap();
    assert_eq!(object.identity, identity("a", 1));
}

#[tokio::test]
async fn a_core_without_identities_misses_nothing() {
    for version in [CoreVersion::Terraform(0), CoreVersion::OpenTofu(6)] {
        let mut workspace = Workspace::new(core_as(version).await);
        workspace
            .run(&one("corner_renamed.a", config! { name = "a" }))
            .await
            .unwrap();
        workspace
            .run(&one("corner_renamed.a", config! { name = "b" }))
            .await
            .unwrap();
        workspace.destroy().await.unwrap();
    }
}
