//! States of former schema versions, step by step.

use mock_core::value::Value;
use mock_core::{Workspace, config};
use tfplugin_framework::{
    Attribute, Create, Delete, Diagnostics, Read, Resource, Schema, StateUpgrade, Update, model,
};

use crate::{errors, one, workspace};

model! {
    pub(crate) struct V1 { title: String, minutes: String }
    pub(crate) struct V2 { name: String, minutes: String }
    pub(crate) struct V3 { name: String, seconds: u32 }
}

pub(crate) struct Versioned;

fn v1() -> Schema {
    Schema::new(1)
        .attribute("title", Attribute::string().required())
        .attribute("minutes", Attribute::string().optional())
}

fn v2() -> Schema {
    Schema::new(2)
        .attribute("name", Attribute::string().required())
        .attribute("minutes", Attribute::string().optional())
}

impl Resource for Versioned {
    type Model = V3;

    fn type_name(&self) -> &'static str {
        "corner_versioned"
    }

    fn schema(&self) -> Schema {
        Schema::new(3)
            .attribute("name", Attribute::string().required())
            .attribute("seconds", Attribute::number().optional())
    }

    fn state_upgrades(&self) -> Vec<StateUpgrade> {
        vec![
            StateUpgrade::new(&v1(), |old: V1| {
                Ok(V2 {
                    name: old.title,
                    minutes: old.minutes,
                })
            }),
            StateUpgrade::new(&v2(), |old: V2| {
                let seconds = old
                    .minutes
                    .map(|minutes| minutes.parse::<u32>().unwrap() * 60);
                Ok(V3 {
                    name: old.name,
                    seconds,
                })
            }),
        ]
    }

    async fn create(&self, create: &mut Create<V3>) -> Result<(), Diagnostics> {
        create.state = Some(create.plan.clone());
        Ok(())
    }

    async fn read(&self, _: &mut Read<V3>) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn update(&self, update: &mut Update<V3>) -> Result<(), Diagnostics> {
        update.state = update.plan.clone();
        Ok(())
    }

    async fn delete(&self, _: &mut Delete<V3>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

const ADDRESS: &str = "corner_versioned.a";

async fn stored(version: i64, attributes: &str) -> Workspace {
    let mut workspace = workspace().await;
    workspace
        .run(&one(ADDRESS, config! { name = "a" }))
        .await
        .unwrap();
    let object = workspace.state.resources.get_mut(ADDRESS).unwrap();
    object.schema_version = version;
    attributes.clone_into(&mut object.attributes);
    workspace
}

#[tokio::test]
async fn every_former_version_leads_to_the_current_one() {
    for (version, attributes) in [
        (1, r#"{"title":"a","minutes":"2","gone":true}"#),
        (2, r#"{"name":"a","minutes":"2"}"#),
        (3, r#"{"name":"a","seconds":120}"#),
    ] {
        let workspace = stored(version, attributes).await;
        let value = workspace.object(ADDRESS).await.unwrap().unwrap().value;
        assert_eq!(
            value.attribute("seconds"),
            Value::int(120),
            "version {version}"
        );
    }
}

#[tokio::test]
async fn what_cannot_be_upgraded_is_an_error_with_a_remedy() {
    let workspace = stored(0, r#"{"name":"a"}"#).await;
    let failure = workspace.object(ADDRESS).await.unwrap_err();
    assert!(
        errors(&failure)[0].contains("an earlier release"),
        "{failure:?}"
    );
    let workspace = stored(3, r#"{"name":["a"]}"#).await;
    let failure = workspace.object(ADDRESS).await.unwrap_err();
    assert!(errors(&failure)[0].contains("name"), "{failure:?}");
}

#[tokio::test]
async fn a_panic_in_an_upgrade_is_an_error() {
    let workspace = stored(2, r#"{"name":"a","minutes":"many"}"#).await;
    let failure = workspace.object(ADDRESS).await.unwrap_err();
    assert!(
        errors(&failure)[0].contains("upgrading corner_versioned"),
        "{failure:?}"
    );
}
