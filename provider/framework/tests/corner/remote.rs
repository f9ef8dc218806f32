//! Objects of a remote system that has a life of its own: gone, found, interrupted, late.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mock_core::value::Value;
use mock_core::{
    Action, CoreVersion, ImportTarget as Target, Rule, Workspace, config, config::unknown,
    in_process,
};
use tfplugin_framework::timeouts::{self, Operation};
use tfplugin_framework::{
    Attribute, Configure, Create, Delete, Diagnostic, Diagnostics, Field, IdentityAttribute,
    IdentitySchema, Import, ImportTarget, Provider, Read, Registry, Requests, Resource, Schema,
    Timeouts, Update, model, service,
};
use tokio::sync::Notify;
use tonic::service::Routes;

use crate::{errors, one};

model! {
    pub(crate) struct ShopConfig { address: String }
    struct ItemModel { id: String, name: String, waits: bool, patience: u32, timeouts: Timeouts }
}

/// What the remote system holds.
#[derive(Clone, Default)]
pub(crate) struct Shop {
    items: Arc<Mutex<BTreeMap<String, String>>>,
    waiting: Arc<Notify>,
}

impl Provider for Shop {
    type Config = ShopConfig;

    fn name(&self) -> &'static str {
        "shop"
    }

    fn version(&self) -> &'static str {
        "0.0.0"
    }

    fn schema(&self) -> Schema {
        Schema::new(0).attribute("address", Attribute::string().optional())
    }

    async fn configure(&self, configure: &mut Configure<ShopConfig>) -> Result<(), Diagnostics> {
        match configure.config.address.as_str() {
            Some("nowhere") => Err(Diagnostic::error("No such shop").at("address"))?,
            Some("panic") => panic!("shop on fire"),
            _ => Ok(()),
        }
    }

    fn register(&self, registry: &mut Registry) {
        registry.resource(Item(self.clone()));
    }
}

struct Item(Shop);

impl Resource for Item {
    type Model = ItemModel;

    fn type_name(&self) -> &'static str {
        "shop_item"
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
            .attribute("id", Attribute::string().computed().use_state_for_unknown())
            .attribute("name", Attribute::string().required())
            .attribute("waits", Attribute::bool().optional())
            .attribute(
                "patience",
                Attribute::number().computed().use_state_for_unknown(),
            )
            .attribute("timeouts", timeouts::attribute(&[Operation::Create]))
    }

    fn identity_schema(&self) -> Option<IdentitySchema> {
        let id = IdentityAttribute::string().required_for_import();
        Some(IdentitySchema::new(0).attribute("id", id))
    }

    async fn create(&self, create: &mut Create<ItemModel>) -> Result<(), Diagnostics> {
        let patience = create
            .plan
            .timeouts
            .get_or(Operation::Create, Duration::from_secs(1200));
        let mut state = create.plan.clone();
        {
            let mut items = self.0.items.lock().unwrap();
            let id = (items.len() + 1).to_string();
            items.insert(id.clone(), state.name.clone().known_or_default());
            state.id.set(id);
        }
        state.patience = u32::try_from(patience.as_secs()).ok().into();
        create.state = Some(state);
        if create.plan.waits.is(&true) {
            self.0.waiting.notify_one();
            create.context.cancellation.cancelled().await;
            Err(Diagnostic::error("Interrupted"))?;
        }
        Ok(())
    }

    async fn read(&self, read: &mut Read<ItemModel>) -> Result<(), Diagnostics> {
        let items = self.0.items.lock().unwrap();
        let found = read.current.id.as_str().and_then(|id| items.get(id));
        match (found, &mut read.state) {
            (Some(name), Some(state)) => state.name.set(name.clone()),
            _ => read.state = None,
        }
        Ok(())
    }

    async fn update(&self, update: &mut Update<ItemModel>) -> Result<(), Diagnostics> {
        let mut items = self.0.items.lock().unwrap();
        let id = update.prior.id.clone().known_or_default();
        items.insert(id, update.plan.name.clone().known_or_default());
        update.state = update.plan.clone();
        Ok(())
    }

    async fn delete(&self, delete: &mut Delete<ItemModel>) -> Result<(), Diagnostics> {
        let mut items = self.0.items.lock().unwrap();
        items.remove(delete.prior.id.as_str().unwrap_or_default());
        Ok(())
    }

    async fn import(&self, import: &mut Import<ItemModel>) -> Result<(), Diagnostics> {
        let id = match &import.target {
            ImportTarget::Id(id) if id.parse::<u32>().is_err() => {
                Err(Diagnostic::error("Invalid import id").detail("Write a number, as in 1."))?
            }
            ImportTarget::Id(id) => id.clone(),
            ImportTarget::Identity(identity) => identity.require("id")?,
        };
        import.state.get_or_insert_default().id.set(id);
        Ok(())
    }
}

pub(crate) const ADDRESS: &str = "shop_item.a";

pub(crate) async fn workspace_of(shop: &Shop) -> Workspace {
    let routes = Routes::new(service(shop.clone(), Requests::new()));
    let core = mock_core::Core::connect(in_process(routes)).await.unwrap();
    Workspace::new(core)
}

#[tokio::test]
async fn an_object_that_disappeared_is_created_again_and_its_deletion_succeeds() {
    let shop = Shop::default();
    let mut workspace = workspace_of(&shop).await;
    let configuration = one(ADDRESS, config! { name = "a" });
    workspace.run(&configuration).await.unwrap();
    let created = workspace.clone();
    shop.items.lock().unwrap().clear();
    let plan = workspace.plan(&configuration).await.unwrap();
    assert_eq!(plan.action(ADDRESS), Action::Create);
    workspace.refresh().await.unwrap();
    assert!(workspace.state.is_empty());

    let mut late = created;
    let plan = late.plan(&mock_core::Configuration::new()).await.unwrap();
    late.apply(&plan).await.unwrap();
    assert!(late.state.is_empty());
}

#[tokio::test]
async fn drift_is_found_and_put_right() {
    let shop = Shop::default();
    let mut workspace = workspace_of(&shop).await;
    let configuration = one(ADDRESS, config! { name = "a" });
    workspace.run(&configuration).await.unwrap();
    shop.items.lock().unwrap().insert("1".into(), "b".into());
    let plan = workspace.run(&configuration).await.unwrap();
    assert_eq!(plan.action(ADDRESS), Action::Update);
    assert_eq!(shop.items.lock().unwrap()["1"], "a");
}

#[tokio::test]
async fn an_identity_that_is_not_known_yet_is_left_out_of_the_plan() {
    let shop = Shop::default();
    let mut workspace = workspace_of(&shop).await;
    let configuration = one(ADDRESS, config! { name = "a" });
    let plan = workspace.plan(&configuration).await.unwrap();
    // Terraform cannot show a plan that has it in part.
    assert_eq!(plan.changes[ADDRESS].plan.planned_identity, Value::Null);
    workspace.apply(&plan).await.unwrap();
    let object = workspace.object(ADDRESS).await.unwrap().unwrap();
    assert_eq!(object.identity, Value::object([("id", Value::string("1"))]));
    workspace.taint(ADDRESS);
    let plan = workspace.plan(&configuration).await.unwrap();
    assert_eq!(plan.changes[ADDRESS].plan.planned_identity, Value::Null);
    workspace.apply(&plan).await.unwrap();
}

#[tokio::test]
async fn an_import_finds_the_object_and_the_plan_after_it_is_empty() {
    let shop = Shop::default();
    shop.items.lock().unwrap().insert("7".into(), "a".into());
    for target in [
        Target::Id("7".into()),
        Target::Identity(config! { id = "7" }),
    ] {
        let mut workspace = workspace_of(&shop).await;
        workspace.import(ADDRESS, target).await.unwrap();
        let value = workspace.object(ADDRESS).await.unwrap().unwrap().value;
        assert_eq!(value.attribute("name"), Value::string("a"));
        let plan = workspace.plan(&one(ADDRESS, config! { name = "a" })).await;
        assert!(plan.unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_import_of_what_is_gone_or_misspelt_says_so() {
    let shop = Shop::default();
    let mut workspace = workspace_of(&shop).await;
    let failure = workspace.import(ADDRESS, "404").await.unwrap_err();
    assert!(failure.violates(Rule::NonExistentImport), "{failure}");
    let failure = workspace.import(ADDRESS, "seven").await.unwrap_err();
    assert!(errors(&failure)[0].contains("Write a number"), "{failure}");
    assert!(workspace.state.is_empty());
}

#[tokio::test]
async fn an_interrupted_create_leaves_its_object_in_the_state_and_the_process_alive() {
    let shop = Shop::default();
    let mut workspace = workspace_of(&shop).await;
    let interrupt = workspace.interrupt();
    let configuration = one(ADDRESS, config! { name = "a", waits = true });
    let (failure, stopped) = tokio::join!(workspace.run(&configuration), async {
        shop.waiting.notified().await;
        interrupt.interrupt().await
    });
    stopped.unwrap();
    assert!(errors(&failure.unwrap_err())[0].contains("Interrupted"));
    let object = workspace.object(ADDRESS).await.unwrap().unwrap();
    assert_eq!(object.value.attribute("id"), Value::string("1"));
    assert!(object.tainted);
    workspace.destroy().await.unwrap();
    assert!(shop.items.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_timeout_is_a_duration_and_has_a_default() {
    let shop = Shop::default();
    let mut workspace = workspace_of(&shop).await;
    for (input, seconds) in [
        (config! { name = "a" }, 1200),
        (config! { name = "a", timeouts = config! {} }, 1200),
        (
            config! { name = "a", timeouts = config! { create = "1h0m30s" } },
            3630,
        ),
    ] {
        let configuration = one(ADDRESS, input);
        workspace.run(&configuration).await.unwrap();
        let value = workspace.object(ADDRESS).await.unwrap().unwrap().value;
        assert_eq!(value.attribute("patience"), Value::int(seconds));
        assert!(workspace.plan(&configuration).await.unwrap().is_empty());
        workspace.destroy().await.unwrap();
    }
    let input = config! { name = "a", timeouts = config! { create = "soon" } };
    let failure = workspace.plan(&one(ADDRESS, input)).await.unwrap_err();
    let said = errors(&failure);
    assert!(said[0].contains("\"soon\" is no duration"), "{said:?}");
    let input = config! { name = "a", timeouts = config! { creation = "1m" } };
    let failure = workspace.plan(&one(ADDRESS, input)).await.unwrap_err();
    let said = errors(&failure);
    assert!(
        said[0].contains("no timeout \"creation\" here: write `create`."),
        "{said:?}"
    );
    let input = config! { name = "a", timeouts = unknown() };
    workspace.plan(&one(ADDRESS, input)).await.unwrap();
    let input = config! { name = "a", timeouts = config! { create = unknown() } };
    workspace.plan(&one(ADDRESS, input)).await.unwrap();
}

#[tokio::test]
async fn an_old_core_imports_by_id() {
    let shop = Shop::default();
    shop.items.lock().unwrap().insert("7".into(), "a".into());
    let options = mock_core::ConnectOptions {
        version: CoreVersion::Terraform(0),
        ..mock_core::ConnectOptions::default()
    };
    let routes = Routes::new(service(shop.clone(), Requests::new()));
    let core = mock_core::Core::connect_as(in_process(routes), options).await;
    let mut workspace = Workspace::new(core.unwrap());
    workspace.import(ADDRESS, "7").await.unwrap();
    assert!(workspace.object(ADDRESS).await.unwrap().is_some());
}

/// A known text, or none.
trait KnownOrDefault {
    fn known_or_default(self) -> String;
}

impl KnownOrDefault for Field<String> {
    fn known_or_default(self) -> String {
        self.into_known().unwrap_or_default()
    }
}
