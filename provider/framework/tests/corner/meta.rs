//! What modules tell the provider about themselves.

use mock_core::config;
use mock_core::value::Value;
use mock_core::{CoreVersion, Workspace};
use tfplugin_framework::{
    Attribute, Create, DataSource, Delete, Diagnostics, Field, Plan, Read, ReadData,
    RequestContext, Resource, Schema, Update, model,
};

use crate::{core, core_as, every_core, one};

model! {
    pub(crate) struct Meta { team: String, floor: u8 }
    pub(crate) struct SignedModel { name: String, planned_by: String, made_by: String }
    pub(crate) struct AskedModel { by: String }
}

/// The schema of the block.
pub(crate) fn schema() -> Schema {
    Schema::new(0)
        .attribute("team", Attribute::string().required())
        .attribute("floor", Attribute::number().optional())
}

fn team(context: &RequestContext) -> Result<Field<String>, Diagnostics> {
    Ok(match context.provider_meta::<Meta>()? {
        Some(meta) => meta.team,
        None => Field::Known("nobody".to_owned()),
    })
}

/// Says who planned and who made it; changes hands in an update.
pub(crate) struct Signed;

impl Resource for Signed {
    type Model = SignedModel;

    fn type_name(&self) -> &'static str {
        "corner_signed"
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
            .attribute("name", Attribute::string().required())
            .attribute("planned_by", Attribute::string().computed())
            .attribute("made_by", Attribute::string().computed())
    }

    async fn plan(&self, plan: &mut Plan<SignedModel>) -> Result<(), Diagnostics> {
        let team = team(&plan.context)?;
        if let Some(planned) = &mut plan.planned {
            planned.planned_by = team;
        }
        Ok(())
    }

    async fn create(&self, create: &mut Create<SignedModel>) -> Result<(), Diagnostics> {
        let made_by = team(&create.context)?;
        create.state = Some(SignedModel {
            made_by,
            ..create.plan.clone()
        });
        Ok(())
    }

    async fn read(&self, read: &mut Read<SignedModel>) -> Result<(), Diagnostics> {
        let team = team(&read.context)?;
        if let Some(state) = &mut read.state {
            state.made_by = team;
        }
        Ok(())
    }

    async fn update(&self, update: &mut Update<SignedModel>) -> Result<(), Diagnostics> {
        let made_by = team(&update.context)?;
        update.state = SignedModel {
            made_by,
            ..update.plan.clone()
        };
        Ok(())
    }

    async fn delete(&self, _: &mut Delete<SignedModel>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

/// Says who asks.
pub(crate) struct Asked;

impl DataSource for Asked {
    type Model = AskedModel;

    fn type_name(&self) -> &'static str {
        "corner_asked"
    }

    fn schema(&self) -> Schema {
        Schema::new(0).attribute("by", Attribute::string().computed())
    }

    async fn read(&self, read: &mut ReadData<AskedModel>) -> Result<(), Diagnostics> {
        read.state.by = team(&read.context)?;
        Ok(())
    }
}

const ADDRESS: &str = "corner_signed.a";

fn stored(workspace: &Workspace, attribute: &str) -> String {
    let attributes = &workspace.state.resources[ADDRESS].attributes;
    let attributes: serde_json::Value = serde_json::from_str(attributes).unwrap();
    attributes[attribute].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_module_is_known_by_its_block_in_every_core() {
    for version in every_core() {
        let core = core_as(version).await;
        let core = core.in_module(&config! { team = "red" }).unwrap();
        let mut workspace = Workspace::new(core);
        let configuration = one(ADDRESS, config! { name = "x" });
        workspace.run(&configuration).await.unwrap();
        assert_eq!(stored(&workspace, "planned_by"), "red", "{version:?}");
        assert_eq!(stored(&workspace, "made_by"), "red", "{version:?}");
    }
}

#[tokio::test]
async fn refreshes_updates_and_data_sources_know_it_too() {
    let core = core().await;
    let mut workspace = Workspace::new(core.clone());
    workspace
        .run(&one(ADDRESS, config! { name = "x" }))
        .await
        .unwrap();
    assert_eq!(stored(&workspace, "made_by"), "nobody");

    let red = core
        .in_module(&config! { team = "red", floor = 3 })
        .unwrap();
    let state = workspace.state.clone();
    let mut workspace = Workspace::new(red.clone());
    workspace.state = state;
    workspace.refresh().await.unwrap();
    assert_eq!(stored(&workspace, "made_by"), "red");
    workspace
        .run(&one(ADDRESS, config! { name = "y" }))
        .await
        .unwrap();
    assert_eq!(stored(&workspace, "planned_by"), "red");

    let asked = red.read_data_source("corner_asked", &config! {}).await;
    let (asked, _) = asked.unwrap();
    assert_eq!(asked.attribute("by"), Value::from("red"));
}

#[tokio::test]
async fn a_block_that_does_not_fit_the_schema_never_arrives() {
    let core = core_as(CoreVersion::CURRENT).await;
    let refused = core.in_module(&config! { floor = 3 }).unwrap_err();
    assert!(refused.to_string().contains("team"), "{refused}");
}
