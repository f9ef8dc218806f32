//! What a provider offers, by name.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::action::{self, Action, AnyAction};
use crate::data_source::{self, AnyDataSource, DataSource};
use crate::ephemeral::{self, AnyEphemeralResource, EphemeralResource};
use crate::function::{Function, Registered};
use crate::list::{self, AnyListResource, ListResource};
use crate::resource::{self, AnyResource, Resource};
use crate::state_store::{self, AnyStateStore, StateStore};

/// What a provider offers, by name. Schemas are built when they are first asked for.
#[derive(Default)]
pub struct Registry {
    pub(crate) resources: BTreeMap<String, Arc<dyn AnyResource>>,
    pub(crate) data_sources: BTreeMap<String, Arc<dyn AnyDataSource>>,
    pub(crate) ephemeral_resources: BTreeMap<String, Arc<dyn AnyEphemeralResource>>,
    pub(crate) functions: BTreeMap<String, Arc<Registered>>,
    pub(crate) list_resources: BTreeMap<String, Arc<dyn AnyListResource>>,
    pub(crate) actions: BTreeMap<String, Arc<dyn AnyAction>>,
    pub(crate) state_stores: BTreeMap<String, Arc<dyn AnyStateStore>>,
    /// What was registered twice.
    pub(crate) duplicates: Vec<String>,
}

impl Registry {
    /// Registers a managed resource.
    pub fn resource(&mut self, resource: impl Resource) {
        let name = resource.type_name().to_owned();
        let entry: Arc<dyn AnyResource> = Arc::new(resource::Typed::new(resource));
        let former = self.resources.insert(name.clone(), entry);
        self.note(former.is_some(), "resource", &name);
    }

    /// Registers a data source.
    pub fn data_source(&mut self, data_source: impl DataSource) {
        let name = data_source.type_name().to_owned();
        let entry: Arc<dyn AnyDataSource> = Arc::new(data_source::Typed::new(data_source));
        let former = self.data_sources.insert(name.clone(), entry);
        self.note(former.is_some(), "data source", &name);
    }

    /// Registers an ephemeral resource.
    pub fn ephemeral_resource(&mut self, ephemeral: impl EphemeralResource) {
        let name = ephemeral.type_name().to_owned();
        let entry: Arc<dyn AnyEphemeralResource> = Arc::new(ephemeral::Typed::new(ephemeral));
        let former = self.ephemeral_resources.insert(name.clone(), entry);
        self.note(former.is_some(), "ephemeral resource", &name);
    }

    /// Registers a function.
    pub fn function(&mut self, function: impl Function) {
        let name = function.name().to_owned();
        let entry = Arc::new(Registered::new(function));
        let former = self.functions.insert(name.clone(), entry);
        self.note(former.is_some(), "function", &name);
    }

    /// Registers a list resource. The managed resource of the same name must have an identity schema.
    pub fn list_resource(&mut self, list: impl ListResource) {
        let name = list.type_name().to_owned();
        let entry: Arc<dyn AnyListResource> = Arc::new(list::Typed::new(list));
        let former = self.list_resources.insert(name.clone(), entry);
        self.note(former.is_some(), "list resource", &name);
    }

    /// Registers an action.
    pub fn action(&mut self, action: impl Action) {
        let name = action.type_name().to_owned();
        let entry: Arc<dyn AnyAction> = Arc::new(action::Typed::new(action));
        let former = self.actions.insert(name.clone(), entry);
        self.note(former.is_some(), "action", &name);
    }

    /// Registers a state store.
    pub fn state_store(&mut self, store: impl StateStore) {
        let name = store.type_name().to_owned();
        let entry: Arc<dyn AnyStateStore> = Arc::new(state_store::Typed::new(store));
        let former = self.state_stores.insert(name.clone(), entry);
        self.note(former.is_some(), "state store", &name);
    }

    fn note(&mut self, twice: bool, kind: &str, name: &str) {
        if twice {
            self.duplicates.push(format!("{kind} {name}"));
        }
    }
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Registry")
            .field("resources", &self.resources.keys())
            .field("data_sources", &self.data_sources.keys())
            .field("ephemeral_resources", &self.ephemeral_resources.keys())
            .field("functions", &self.functions.keys())
            .field("list_resources", &self.list_resources.keys())
            .field("actions", &self.actions.keys())
            .field("state_stores", &self.state_stores.keys())
            .finish_non_exhaustive()
    }
}
