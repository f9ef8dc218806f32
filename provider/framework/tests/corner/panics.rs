//! A panic in any handler: the user learns where it was, the state stays, and the process goes on.

use mock_core::value::Value;
use mock_core::{Workspace, config};
use tfplugin_framework::modifiers::modify;
use tfplugin_framework::validators::{Check, Validator};
use tfplugin_framework::{
    Attribute, Create, Delete, Diagnostics, Import, Plan, Read, Resource, Schema, Update, model,
};

use crate::{errors, one, workspace};

model! {
    pub(crate) struct BrittleModel { id: String, breaks: String }
}

/// Panics where its attribute `breaks` says.
pub(crate) struct Brittle;

fn break_at(breaks: &tfplugin_framework::Field<String>, place: &str) {
    assert!(!breaks.is(place), "broken at {place}");
}

struct Break;

impl Validator for Break {
    fn validate(&self, check: &mut Check<'_>) {
        assert!(
            *check.value != "validator".into(),
            "broken at the validator"
        );
    }
}

impl Resource for Brittle {
    type Model = BrittleModel;

    fn type_name(&self) -> &'static str {
        "corner_brittle"
    }

    fn schema(&self) -> Schema {
        let breaks = Attribute::string().optional().validate(Break);
        let breaks = breaks.modify_plan(modify(|change| {
            assert!(*change.config != "modifier".into(), "broken at modifier");
        }));
        Schema::new(0)
            .attribute("id", Attribute::string().computed().use_state_for_unknown())
            .attribute("breaks", breaks)
    }

    fn validate(&self, config: &BrittleModel, _: &mut Diagnostics) {
        break_at(&config.breaks, "validate");
    }

    async fn plan(&self, plan: &mut Plan<BrittleModel>) -> Result<(), Diagnostics> {
        if let Some(config) = &plan.config {
            break_at(&config.breaks, "plan");
        }
        Ok(())
    }

    async fn create(&self, create: &mut Create<BrittleModel>) -> Result<(), Diagnostics> {
        let mut state = create.plan.clone();
        state.id.set("1");
        create.state = Some(state);
        break_at(&create.plan.breaks, "create");
        Ok(())
    }

    async fn read(&self, read: &mut Read<BrittleModel>) -> Result<(), Diagnostics> {
        break_at(&read.current.breaks, "read");
        Ok(())
    }

    async fn update(&self, update: &mut Update<BrittleModel>) -> Result<(), Diagnostics> {
        break_at(&update.plan.breaks, "update");
        update.state = update.plan.clone();
        Ok(())
    }

    async fn delete(&self, delete: &mut Delete<BrittleModel>) -> Result<(), Diagnostics> {
        break_at(&delete.prior.breaks, "delete");
        Ok(())
    }

    async fn import(&self, _: &mut Import<BrittleModel>) -> Result<(), Diagnostics> {
        panic!("broken at import")
    }

    fn generate_config(&self, state: &BrittleModel, _: &mut BrittleModel) {
        break_at(&state.breaks, "generate");
    }
}

const ADDRESS: &str = "corner_brittle.a";

async fn breaking(breaks: &str) -> Workspace {
    let mut workspace = workspace().await;
    let configuration = one(ADDRESS, config! { breaks = breaks });
    workspace.run(&configuration).await.unwrap();
    workspace
}

#[tokio::test]
async fn while_validating_or_planning() {
    for (breaks, doing) in [
        ("validate", "validating corner_brittle"),
        ("validator", "validating breaks"),
        ("modifier", "modifying the plan of breaks"),
        ("plan", "planning corner_brittle"),
    ] {
        let workspace = breaking("nowhere").await;
        let configuration = one(ADDRESS, config! { breaks = breaks });
        let failure = workspace.plan(&configuration).await.unwrap_err();
        let said = &errors(&failure)[0];
        assert!(said.contains(doing) && said.contains("broken at"), "{said}");
        assert_eq!(failure.violations().count(), 0);
        assert!(workspace.object(ADDRESS).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn while_changing_the_object() {
    let mut workspace = breaking("nowhere").await;
    let configuration = one(ADDRESS, config! { breaks = "update" });
    let failure = workspace.run(&configuration).await.unwrap_err();
    assert!(errors(&failure)[0].contains("updating corner_brittle"));
    let object = workspace.object(ADDRESS).await.unwrap().unwrap();
    assert_eq!(object.value.attribute("breaks"), Value::string("nowhere"));
    assert!(!object.tainted);

    let mut workspace = breaking("delete").await;
    let failure = workspace.destroy().await.unwrap_err();
    assert!(errors(&failure)[0].contains("deleting corner_brittle"));
    assert!(workspace.object(ADDRESS).await.unwrap().is_some());
}

#[tokio::test]
async fn while_reading_importing_or_generating() {
    let mut workspace = breaking("read").await;
    let failure = workspace.refresh().await.unwrap_err();
    assert!(errors(&failure)[0].contains("reading corner_brittle"));
    assert!(workspace.object(ADDRESS).await.unwrap().is_some());

    let failure = workspace.import("corner_brittle.b", "1").await;
    assert!(errors(&failure.unwrap_err())[0].contains("importing corner_brittle"));

    let workspace = breaking("generate").await;
    let failure = workspace.generate_config(ADDRESS).await.unwrap_err();
    assert!(errors(&failure)[0].contains("generating configuration of corner_brittle"));
}
