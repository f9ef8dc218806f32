//! List resources: a stream that ends when Terraform has enough.

use std::sync::atomic::{AtomicU32, Ordering};

use mock_core::value::Value;
use mock_core::{ListOptions, config};
use tfplugin_framework::list::{Found, List};
use tfplugin_framework::{
    Attribute, Diagnostic, Diagnostics, Identity, ListResource, Schema, model,
};
use tfplugin_protocol::tfplugin6 as wire;
use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;
use tokio::sync::Notify;

use crate::identity::Named;
use crate::{channel, core, errors};

model! {
    pub(crate) struct Search { count: u32, fails: bool }
}

/// How many names the last search made; the tests of this file run one after the other where it matters.
static MADE: AtomicU32 = AtomicU32::new(0);

/// That a search for 77 names may look for the next.
static NEXT: Notify = Notify::const_new();

pub(crate) struct Names;

impl ListResource for Names {
    type Config = Search;
    type Model = Named;

    fn type_name(&self) -> &'static str {
        "corner_renamed"
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
            .attribute("count", Attribute::number().required())
            .attribute("fails", Attribute::bool().optional())
    }

    async fn list(&self, list: &mut List<Search, Named>) -> Result<(), Diagnostics> {
        list.diagnostics.warning("Slow", "This takes a moment.");
        for index in 0..list.config.count.known_or(0) {
            if list.config.count.is(&1000) {
                MADE.store(index, Ordering::SeqCst);
            }
            if list.config.count.is(&77) && index > 0 {
                NEXT.notified().await;
            }
            let name = format!("name {index}");
            let object = Named {
                name: name.as_str().into(),
                id: "i".into(),
                shelf: index.into(),
            };
            list.results
                .send(Found {
                    identity: Identity::new()
                        .with("name", name.as_str())
                        .with("shelf", index),
                    display_name: name,
                    object: list.include_object.then_some(object),
                })
                .await?;
        }
        if list.config.fails.is(&true) {
            Err(Diagnostic::error("Lost the rest"))?;
        }
        Ok(())
    }
}

#[tokio::test]
async fn objects_are_listed_with_identity_and_on_demand_whole() {
    let core = core().await;
    let search = config! { r#count = 3 };
    let options = ListOptions {
        include_resource: true,
        ..ListOptions::default()
    };
    let (found, warnings) = core.list("corner_renamed", &search, options).await.unwrap();
    let names: Vec<&str> = found
        .iter()
        .map(|each| each.display_name.as_str())
        .collect();
    assert_eq!(names, ["name 0", "name 1", "name 2"]);
    assert_eq!(found[2].object.attribute("shelf"), Value::int(2));
    assert_eq!(found[2].identity.attribute("name"), Value::string("name 2"));
    assert_eq!(warnings.len(), 1);
    let (found, _) = core
        .list("corner_renamed", &search, ListOptions::default())
        .await
        .unwrap();
    assert_eq!(found[0].object, Value::Null);
}

#[tokio::test]
async fn each_object_arrives_before_the_next_is_looked_for() {
    let config = wire::DynamicValue {
        msgpack: b"\x82\xa5count\x4d\xa5fails\xc0".as_slice().into(),
        ..Default::default()
    };
    let request = wire::list_resource::Request {
        type_name: "corner_renamed".to_owned(),
        config: Some(config),
        ..Default::default()
    };
    let mut client = ProviderClient::new(channel());
    let mut events = client.list_resource(request).await.unwrap().into_inner();
    for index in 0..77 {
        let event = events.message().await.unwrap().unwrap();
        assert_eq!(event.display_name, format!("name {index}"));
        NEXT.notify_one();
    }
}

#[tokio::test]
async fn a_search_stops_at_the_limit() {
    let options = ListOptions {
        limit: 5,
        ..ListOptions::default()
    };
    let (found, _) = core()
        .await
        .list("corner_renamed", &config! { count = 1000 }, options)
        .await
        .unwrap();
    assert_eq!(found.len(), 5);
    assert_eq!(MADE.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn an_error_ends_the_list() {
    let search = config! { count = 2, fails = true };
    let failure = core()
        .await
        .list("corner_renamed", &search, ListOptions::default())
        .await
        .unwrap_err();
    assert_eq!(errors(&failure), ["Lost the rest"]);
}
