//! Handlers that fail in every way: what exists is never lost, and the user learns why.

use mock_core::value::Value;
use mock_core::{Action, Rule, config};
use tfplugin_framework::{
    Attribute, Create, Delete, Diagnostic, Diagnostics, Field, Read, Resource, Schema, Update,
    model,
};

use crate::{errors, one, workspace};

model! {
    pub(crate) struct FlakyModel { id: String, name: String, fails: String }
}

/// Fails as its attribute `fails` says.
pub(crate) struct Flaky;

impl Resource for Flaky {
    type Model = FlakyModel;

    fn type_name(&self) -> &'static str {
        "corner_flaky"
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
            .attribute("id", Attribute::string().computed().use_state_for_unknown())
            .attribute("name", Attribute::string().optional().computed())
            .attribute("fails", Attribute::string().optional())
    }

    async fn create(&self, create: &mut Create<FlakyModel>) -> Result<(), Diagnostics> {
        let fails = create.plan.fails.as_str().unwrap_or_default().to_owned();
        match fails.as_str() {
            "before" => return Err(Diagnostic::error("Refused").into()),
            "forgets" => return Ok(()),
            "silently" => return Err(Diagnostics::new()),
            _ => {}
        }
        let mut state = create.plan.clone();
        state.id = "7".into();
        create.state = Some(state.clone());
        match fails.as_str() {
            "after" => return Err(Diagnostic::error("Half done").into()),
            "panics" => panic!("the remote system went {}", "mad"),
            "leaves unknown" => return Ok(()),
            _ => {}
        }
        state.name.set_if_unknown("made");
        create.state = Some(state);
        Ok(())
    }

    async fn read(&self, read: &mut Read<FlakyModel>) -> Result<(), Diagnostics> {
        match read.current.fails.as_str() {
            Some("read") => Err(Diagnostic::error("Unreachable").into()),
            Some("panics on read") => panic!("no answer"),
            _ => Ok(()),
        }
    }

    async fn update(&self, update: &mut Update<FlakyModel>) -> Result<(), Diagnostics> {
        update.state.name = update.plan.name.clone().known_or("renamed".into()).into();
        if update.plan.fails.is("update") {
            Err(Diagnostic::error("Only renamed").at("fails"))?;
        }
        update.state.fails = update.plan.fails.clone();
        Ok(())
    }

    async fn delete(&self, delete: &mut Delete<FlakyModel>) -> Result<(), Diagnostics> {
        match delete.prior.fails.as_str() {
            Some("delete") => Err(Diagnostic::error("Still in use").into()),
            _ => Ok(()),
        }
    }
}

const ADDRESS: &str = "corner_flaky.a";

async fn create_failing(fails: &str) -> (Vec<String>, Option<(Value, bool)>, Vec<Rule>) {
    let mut workspace = workspace().await;
    let failure = workspace
        .run(&one(ADDRESS, config! { fails = fails }))
        .await
        .unwrap_err();
    let object = workspace.object(ADDRESS).await.unwrap();
    (
        errors(&failure),
        object.map(|object| (object.value, object.tainted)),
        failure
            .violations()
            .map(|violation| violation.rule)
            .collect(),
    )
}

#[tokio::test]
async fn a_create_that_never_began_leaves_nothing() {
    let (errors, object, _) = create_failing("before").await;
    assert_eq!(errors, ["Refused"]);
    assert_eq!(object, None);
}

#[tokio::test]
async fn a_create_that_stops_half_way_is_in_the_state_tainted() {
    for (fails, said) in [
        ("after", "Half done"),
        ("panics", "the remote system went mad"),
    ] {
        let (errors, object, violations) = create_failing(fails).await;
        assert!(errors[0].contains(said), "{errors:?}");
        let (value, tainted) = object.unwrap();
        assert_eq!(value.attribute("id"), Value::string("7"));
        assert_eq!(value.attribute("name"), Value::Null);
        assert!(tainted);
        assert_eq!(violations, []);
    }
}

#[tokio::test]
async fn a_panic_names_the_resource() {
    let (errors, ..) = create_failing("panics").await;
    assert!(errors[0].contains("creating corner_flaky"), "{errors:?}");
}

#[tokio::test]
async fn a_create_that_says_nothing_is_an_error() {
    let (errors, object, _) = create_failing("forgets").await;
    assert!(
        errors[0].starts_with("Missing state after create"),
        "{errors:?}"
    );
    assert_eq!(object, None);
    let (errors, ..) = create_failing("silently").await;
    assert!(errors[0].contains("without saying why"), "{errors:?}");
}

#[tokio::test]
async fn a_value_left_unknown_is_an_error_and_the_object_is_kept() {
    let (errors, object, violations) = create_failing("leaves unknown").await;
    assert!(
        errors[0].contains("left name of corner_flaky without a value"),
        "{errors:?}"
    );
    assert!(object.is_some());
    assert_eq!(violations, []);
}

#[tokio::test]
async fn a_refresh_that_fails_keeps_the_state() {
    for fails in ["read", "panics on read"] {
        let mut workspace = workspace().await;
        let configuration = one(ADDRESS, config! { fails = fails });
        workspace.run(&configuration).await.unwrap();
        workspace.refresh().await.unwrap_err();
        assert!(workspace.object(ADDRESS).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_failed_update_keeps_what_was_done() {
    let mut workspace = workspace().await;
    workspace
        .run(&one(ADDRESS, config! { name = "old" }))
        .await
        .unwrap();
    let configuration = one(ADDRESS, config! { name = "new", fails = "update" });
    let failure = workspace.run(&configuration).await.unwrap_err();
    assert_eq!(errors(&failure), ["Only renamed (at .fails)"]);
    let value = workspace.object(ADDRESS).await.unwrap().unwrap().value;
    assert_eq!(value.attribute("name"), Value::string("new"));
    assert_eq!(value.attribute("fails"), Value::Null);
    let plan = workspace.plan(&configuration).await.unwrap();
    assert_eq!(plan.action(ADDRESS), Action::Update);
}

#[tokio::test]
async fn a_failed_delete_keeps_the_object() {
    let mut workspace = workspace().await;
    workspace
        .run(&one(ADDRESS, config! { fails = "delete" }))
        .await
        .unwrap();
    let failure = workspace.destroy().await.unwrap_err();
    assert_eq!(errors(&failure), ["Still in use"]);
    assert!(workspace.object(ADDRESS).await.unwrap().is_some());
}

#[tokio::test]
async fn a_value_for_a_read_only_attribute_is_refused_at_plan() {
    let workspace = workspace().await;
    let failure = workspace
        .plan(&one(ADDRESS, config! { id = "mine" }))
        .await
        .unwrap_err();
    assert!(
        errors(&failure)[0].starts_with("Read-only attribute"),
        "{failure:?}"
    );
}

#[test]
fn a_field_is_null_unknown_or_known() {
    let field: Field<String> = None.into();
    assert!(field.is_null());
}
