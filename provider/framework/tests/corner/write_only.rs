//! Write-only attributes: in the configuration alone, and only where the core can keep them there.

use mock_core::value::Value;
use mock_core::{CoreVersion, Workspace, config};
use tfplugin_framework::{
    Attribute, Create, Delete, Diagnostic, Diagnostics, Read, Resource, Schema, Update, model,
};

use crate::log::Log;
use crate::{core_as, errors, one, workspace};

model! {
    pub(crate) struct SafeModel { pin: String, pin_version: u32, lock: Lock }
    pub(crate) struct Lock { code: String, colour: String }
}

/// Accepts one pin.
pub(crate) struct Safe;

impl Resource for Safe {
    type Model = SafeModel;

    fn type_name(&self) -> &'static str {
        "corner_safe"
    }

    fn schema(&self) -> Schema {
        let lock = Attribute::nested_single([
            ("code", Attribute::string().optional().write_only()),
            ("colour", Attribute::string().optional()),
        ]);
        Schema::new(0)
            .attribute(
                "pin",
                Attribute::string().required().write_only().sensitive(),
            )
            .attribute("pin_version", Attribute::number().optional())
            .attribute("lock", lock.optional())
    }

    async fn create(&self, create: &mut Create<SafeModel>) -> Result<(), Diagnostics> {
        if !create.config.pin.is(PIN) || !create.plan.pin.is_null() {
            Err(Diagnostic::error("The pin is not where it belongs"))?;
        }
        // What the framework must not let through.
        create.state = Some(create.config.clone());
        Ok(())
    }

    async fn read(&self, _: &mut Read<SafeModel>) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn update(&self, update: &mut Update<SafeModel>) -> Result<(), Diagnostics> {
        update.state = update.config.clone();
        Ok(())
    }

    async fn delete(&self, _: &mut Delete<SafeModel>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

/// What must never show.
const PIN: &str = "pin-of-nobodys-business";
const CODE: &str = "code-of-nobodys-business";

const ADDRESS: &str = "corner_safe.a";

#[tokio::test]
async fn a_write_only_value_reaches_the_handler_and_never_the_state() {
    let mut workspace = workspace().await;
    let lock = config! { code = CODE, colour = "red" };
    let configuration = one(ADDRESS, config! { pin = PIN, lock = lock });
    workspace.run(&configuration).await.unwrap();
    let value = workspace.object(ADDRESS).await.unwrap().unwrap().value;
    assert_eq!(value.attribute("pin"), Value::Null);
    assert_eq!(value.attribute("lock").attribute("code"), Value::Null);
    assert_eq!(
        value.attribute("lock").attribute("colour"),
        Value::string("red")
    );
    assert!(workspace.plan(&configuration).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_core_that_would_store_it_is_refused() {
    for version in [CoreVersion::Terraform(10), CoreVersion::OpenTofu(10)] {
        let workspace = Workspace::new(core_as(version).await);
        let failure = workspace
            .plan(&one(ADDRESS, config! { pin = PIN }))
            .await
            .unwrap_err();
        assert!(
            errors(&failure)[0].contains("Terraform 1.11"),
            "{failure:?}"
        );
    }
}

#[tokio::test]
async fn a_write_only_value_is_in_no_plan_no_state_and_no_log() {
    let log = Log::default();
    let logging = log.clone().listen();
    let mut workspace = workspace().await;
    let of = |version: i64| {
        let lock = config! { code = CODE };
        one(
            ADDRESS,
            config! { pin = PIN, pin_version = version, lock = lock },
        )
    };
    for version in [1, 2] {
        let plan = workspace.plan(&of(version)).await.unwrap();
        let planned = &plan.changes[ADDRESS].plan;
        let shown = format!("{:?}", planned.planned);
        assert!(!shown.contains("nobodys-business"), "{shown}");
        assert!(!String::from_utf8_lossy(&planned.planned_private).contains("nobodys-business"));
        workspace.apply(&plan).await.unwrap();
        let stored = workspace.state.to_json().unwrap();
        assert!(stored.contains("pin_version") && !stored.contains("nobodys-business"));
    }
    drop(logging);
    let logged = log.text();
    assert!(logged.contains("PlanResourceChange") && !logged.contains("nobodys-business"));
}
