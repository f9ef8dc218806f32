//! A core connected to one provider process.

mod connect;
mod in_process;
mod provider;
mod schemas;
mod version;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

pub use connect::ConnectOptions;
pub use in_process::in_process;
pub(crate) use provider::no_references;
pub use schemas::{FunctionSignature, Parameter, ResourceSchema, Schemas};
use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;
use tfplugin_protocol::tfplugin6::{ClientCapabilities, DynamicValue};
use tonic::transport::Channel;
pub use version::{CoreVersion, Phase};

use crate::codec;
use crate::value::Value;

/// A core with a connection to one provider process. Clones share the connection.
#[derive(Clone, Debug)]
pub struct Core {
    pub(crate) client: ProviderClient<Channel>,
    version: CoreVersion,
    phase: Phase,
    provider_name: Arc<str>,
    schemas: Arc<Schemas>,
    /// What the module tells the provider about itself.
    provider_meta: Value,
    /// What functions answered before, to notice one that changes its mind.
    pub(crate) function_results: Arc<Mutex<BTreeMap<FunctionCall, Value>>>,
}

/// The name and the arguments of a function call.
pub(crate) type FunctionCall = (String, Vec<Value>);

impl Core {
    /// What the provider declares.
    pub fn schemas(&self) -> &Schemas {
        &self.schemas
    }

    /// The core emulated.
    pub fn version(&self) -> CoreVersion {
        self.version
    }

    /// The half of the work this process is for.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// How messages call the provider.
    pub fn provider_name(&self) -> &str {
        &self.provider_name
    }

    /// The same process, now used for the other half of the work, as in reattach mode.
    #[must_use]
    pub fn in_phase(&self, phase: Phase) -> Self {
        Self {
            phase,
            ..self.clone()
        }
    }

    /// What is sent of the module's own block; nothing to a provider that has no schema for it.
    pub(crate) fn wire_provider_meta(&self) -> Option<DynamicValue> {
        let schema = self.schemas.provider_meta.as_ref()?;
        codec::to_wire(&self.provider_meta, &schema.implied_type()).ok()
    }

    pub(crate) fn client_capabilities(&self) -> Option<ClientCapabilities> {
        self.version.client_capabilities(self.phase)
    }

    pub(crate) fn client(&self) -> ProviderClient<Channel> {
        self.client.clone()
    }
}

#[cfg(test)]
mod tests;
