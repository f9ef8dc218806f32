//! Private data through every flow, a replacement included.

use mock_core::value::Value;
use mock_core::{Action, CoreVersion, Workspace, config};
use tfplugin_framework::{
    Attribute, Create, Delete, Diagnostic, Diagnostics, Import, ImportTarget, Plan, PlanAction,
    Read, Resource, Schema, Update, model,
};

use crate::{core_as, one, workspace};

model! {
    pub(crate) struct RememberingModel { name: String, size: u8, recalled: bool }
}

/// Keeps its row number where users do not see it, and needs it for everything.
pub(crate) struct Remembering;

const ROW: &str = "row";

impl Resource for Remembering {
    type Model = RememberingModel;

    fn type_name(&self) -> &'static str {
        "corner_remembering"
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
            .attribute("name", Attribute::string().required().requires_replace())
            .attribute("size", Attribute::number().optional())
            .attribute(
                "recalled",
                Attribute::bool().computed().use_state_for_unknown(),
            )
    }

    async fn plan(&self, plan: &mut Plan<RememberingModel>) -> Result<(), Diagnostics> {
        if plan.action() == PlanAction::Delete && !plan.private.contains(ROW) {
            Err(Diagnostic::error("Nothing to delete by"))?;
        }
        let earlier = plan.planned_private.as_ref();
        let recalled = earlier.is_some_and(|earlier| earlier.contains("planned"));
        plan.private.set("planned", &true)?;
        plan.private.set("recalled", &recalled)?;
        Ok(())
    }

    async fn create(&self, create: &mut Create<RememberingModel>) -> Result<(), Diagnostics> {
        if create.private.get::<bool>("planned")? != Some(true) {
            Err(Diagnostic::error("The plan was forgotten"))?;
        }
        create.private.set(ROW, &41)?;
        create.private.remove("planned");
        let mut state = create.plan.clone();
        state.recalled = create.private.get("recalled")?.into();
        create.state = Some(state);
        Ok(())
    }

    async fn read(&self, read: &mut Read<RememberingModel>) -> Result<(), Diagnostics> {
        if read.after_import {
            read.private.set(ROW, &41)?;
        }
        match read.private.get::<u32>(ROW)? {
            Some(41) => Ok(()),
            other => Err(Diagnostic::error(format!("Read by row {other:?}")))?,
        }
    }

    async fn update(&self, update: &mut Update<RememberingModel>) -> Result<(), Diagnostics> {
        if update.private.get::<u32>(ROW)? != Some(41) {
            Err(Diagnostic::error("Update by nothing"))?;
        }
        update.state = update.plan.clone();
        Ok(())
    }

    async fn delete(&self, delete: &mut Delete<RememberingModel>) -> Result<(), Diagnostics> {
        match delete.private.get::<u32>(ROW)? {
            Some(41) => Ok(()),
            other => Err(Diagnostic::error(format!("Delete by row {other:?}")))?,
        }
    }

    async fn import(&self, import: &mut Import<RememberingModel>) -> Result<(), Diagnostics> {
        if let ImportTarget::Id(id) = &import.target {
            let state = import.state.get_or_insert_default();
            state.name.set(id.clone());
            state.recalled.set(false);
        }
        Ok(())
    }
}

const ADDRESS: &str = "corner_remembering.a";

#[tokio::test]
async fn private_data_survives_create_refresh_update_replace_and_destroy() {
    let mut workspace = workspace().await;
    workspace
        .run(&one(ADDRESS, config! { name = "a" }))
        .await
        .unwrap();
    workspace.refresh().await.unwrap();
    let plan = workspace
        .run(&one(ADDRESS, config! { name = "a", size = 3 }))
        .await
        .unwrap();
    assert_eq!(plan.action(ADDRESS), Action::Update);
    let plan = workspace
        .run(&one(ADDRESS, config! { name = "b", size = 3 }))
        .await
        .unwrap();
    assert_eq!(plan.action(ADDRESS), Action::DeleteThenCreate);
    workspace.refresh().await.unwrap();
    workspace.destroy().await.unwrap();
}

#[tokio::test]
async fn a_plan_made_again_to_be_applied_sees_what_the_first_left_where_the_core_remembers_it() {
    for (version, recalled) in [
        (CoreVersion::Terraform(15), false),
        (CoreVersion::Terraform(16), true),
        (CoreVersion::OpenTofu(12), false),
    ] {
        let mut workspace = Workspace::new(core_as(version).await);
        workspace
            .run(&one(ADDRESS, config! { name = "a" }))
            .await
            .unwrap();
        let value = workspace.object(ADDRESS).await.unwrap().unwrap().value;
        assert_eq!(value.attribute("recalled"), Value::Bool(recalled));
    }
}

#[tokio::test]
async fn the_read_after_an_import_knows_that_it_is_one_and_the_next_does_not() {
    let mut workspace = workspace().await;
    workspace.import(ADDRESS, "a").await.unwrap();
    workspace.refresh().await.unwrap();
    assert!(
        workspace
            .plan(&one(ADDRESS, config! { name = "a" }))
            .await
            .unwrap()
            .is_empty()
    );
}
