//! A small provider for this crate's own tests: well-behaved, unless a test spoils its answers.

mod service;
mod store;
mod thing;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use tfplugin_protocol::tfplugin6::provider_server::ProviderServer;
use tfplugin_protocol::tfplugin6::{
    self as wire, apply_resource_change, call_function, configure_state_store, get_provider_schema,
    get_states, import_resource_state, invoke_action, list_resource, lock_state,
    plan_resource_change, read_resource, read_state_bytes, upgrade_resource_state,
};
use tonic::service::Routes;

pub(crate) use thing::{read, with, write};

use crate::config::Input;
use crate::core::{ConnectOptions, Core, CoreVersion, in_process};
use crate::report::Failure;
use crate::value::Value;
use crate::workspace::Workspace;

/// The provider. Clones share everything.
#[derive(Clone, Default)]
pub(crate) struct Fake {
    shared: Arc<Mutex<Shared>>,
}

/// What tests look at and change.
#[derive(Default)]
pub(crate) struct Shared {
    /// The remote objects, by id.
    pub(crate) remote: BTreeMap<String, Value>,
    /// One line for every call about a resource.
    pub(crate) calls: Vec<String>,
    /// What spoils the answers.
    pub(crate) spoil: Spoilers,
    /// What the state store keeps.
    pub(crate) store: store::Kept,
    next_id: u32,
}

type Spoil<T> = Option<Box<dyn FnMut(&mut T) + Send>>;

/// Changes made to answers before they are sent.
#[derive(Default)]
pub(crate) struct Spoilers {
    pub(crate) schema: Spoil<get_provider_schema::Response>,
    pub(crate) identities: Spoil<BTreeMap<String, wire::ResourceIdentitySchema>>,
    pub(crate) upgrade: Spoil<upgrade_resource_state::Response>,
    pub(crate) read: Spoil<read_resource::Response>,
    pub(crate) plan: Spoil<plan_resource_change::Response>,
    pub(crate) apply: Spoil<apply_resource_change::Response>,
    pub(crate) import: Spoil<import_resource_state::Response>,
    pub(crate) function: Spoil<call_function::Response>,
    pub(crate) list: Spoil<Vec<list_resource::Event>>,
    pub(crate) action: Spoil<Vec<invoke_action::Event>>,
    pub(crate) configure_store: Spoil<configure_state_store::Response>,
    pub(crate) read_state: Spoil<Vec<read_state_bytes::Response>>,
    pub(crate) lock: Spoil<lock_state::Response>,
    pub(crate) states: Spoil<get_states::Response>,
    /// Whether a state is answered once a part of it is there.
    pub(crate) hasty_writes: bool,
}

impl Fake {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap()
    }

    /// A core connected to this provider.
    pub(crate) async fn core(&self, version: CoreVersion) -> Result<Core, Failure> {
        let routes = Routes::new(ProviderServer::new(self.clone()));
        let options = ConnectOptions {
            version,
            ..ConnectOptions::default()
        };
        let core = Core::connect_as(in_process(routes), options).await?;
        core.configure(&Input::object([])).await?;
        Ok(core)
    }

    /// An empty workspace with this provider.
    pub(crate) async fn workspace(&self) -> Workspace {
        Workspace::new(self.core(CoreVersion::CURRENT).await.unwrap())
    }

    /// The calls since the last time, one a line.
    pub(crate) fn take_calls(&self) -> Vec<String> {
        std::mem::take(&mut self.lock().calls)
    }
}

/// An error diagnostic.
pub(crate) fn error(summary: &str) -> wire::Diagnostic {
    wire::Diagnostic {
        severity: wire::diagnostic::Severity::Error.into(),
        summary: summary.to_owned(),
        ..wire::Diagnostic::default()
    }
}
