//! Connecting: the schema calls core makes first.

use std::collections::BTreeMap;
use std::sync::Arc;

use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;
use tfplugin_protocol::tfplugin6::{get_provider_schema, get_resource_identity_schemas, schema};
use tonic::Code;
use tonic::transport::Channel;

use super::schemas::{self, Schemas};
use super::{Core, CoreVersion, Phase};
use crate::report::{Failure, Report};
use crate::value::Value;

/// Core refuses a larger schema.
const MAX_SCHEMA_SIZE: usize = 64 << 20;

/// How to connect.
#[derive(Clone, Debug)]
pub struct ConnectOptions {
    /// The core to emulate.
    pub version: CoreVersion,
    /// How messages call the provider.
    pub provider_name: String,
}

impl Default for ConnectOptions {
    fn default() -> Self {
        Self {
            version: CoreVersion::CURRENT,
            provider_name: "provider".to_owned(),
        }
    }
}

impl Core {
    /// Connects as the current Terraform: fetches and checks the schemas.
    pub async fn connect(channel: Channel) -> Result<Self, Failure> {
        Self::connect_as(channel, ConnectOptions::default()).await
    }

    /// Connects as a certain core.
    pub async fn connect_as(channel: Channel, options: ConnectOptions) -> Result<Self, Failure> {
        let mut report = Report::default();
        let schemas = fetch_schemas(&channel, options.version, &mut report).await;
        let core = Self {
            client: client(channel),
            version: options.version,
            phase: Phase::Plan,
            provider_name: options.provider_name.into(),
            schemas: Arc::new(schemas),
            provider_meta: Value::Null,
            function_results: Arc::default(),
        };
        Ok(report.finish(core)?.0)
    }

    /// The next process of the same command: core asks for the schemas again only when the provider
    /// has not declared that unnecessary.
    pub async fn next_process(&self, channel: Channel, phase: Phase) -> Result<Self, Failure> {
        let mut report = Report::default();
        let schemas = if self.schemas.capabilities.get_provider_schema_optional {
            Arc::clone(&self.schemas)
        } else {
            Arc::new(fetch_schemas(&channel, self.version, &mut report).await)
        };
        let core = Self {
            client: client(channel),
            phase,
            schemas,
            ..self.clone()
        };
        Ok(report.finish(core)?.0)
    }
}

fn client(channel: Channel) -> ProviderClient<Channel> {
    ProviderClient::new(channel)
        .max_decoding_message_size(usize::MAX)
        .max_encoding_message_size(usize::MAX)
}

async fn fetch_schemas(channel: &Channel, version: CoreVersion, report: &mut Report) -> Schemas {
    let mut client =
        ProviderClient::new(channel.clone()).max_decoding_message_size(MAX_SCHEMA_SIZE);
    let answer = client
        .get_provider_schema(get_provider_schema::Request {})
        .await;
    let Some(mut answer) = report.answer("GetProviderSchema", answer) else {
        return Schemas::default();
    };
    report.absorb(&answer.diagnostics);
    let identities = if version.has_identity() {
        fetch_identities(&mut client, version, report).await
    } else {
        BTreeMap::new()
    };
    if !version.has_lists_and_actions() {
        // Older cores do not know these fields.
        answer.list_resource_schemas.clear();
        answer.action_schemas.clear();
    }
    if !version.has_computed_blocks() {
        // Of a data source no core asks how many blocks there are; the check of this crate does.
        for schema in answer.resource_schemas.values_mut() {
            schema.block.as_mut().map(forget_computed);
        }
    }
    if !version.has_state_stores() {
        answer.state_store_schemas.clear();
    }
    schemas::load(&answer, &identities, report)
}

/// To an older core, a computed block is a block like any other.
fn forget_computed(block: &mut schema::Block) {
    block.computed = false;
    for nested in &mut block.block_types {
        nested.block.as_mut().map(forget_computed);
    }
}

async fn fetch_identities(
    client: &mut ProviderClient<Channel>,
    version: CoreVersion,
    report: &mut Report,
) -> BTreeMap<String, tfplugin_protocol::tfplugin6::ResourceIdentitySchema> {
    let request = get_resource_identity_schemas::Request {};
    let answer = client.get_resource_identity_schemas(request).await;
    match &answer {
        // A provider without identities may leave the call out.
        Err(status) if status.code() == Code::Unimplemented => return BTreeMap::new(),
        Err(_) if matches!(version, CoreVersion::OpenTofu(_)) => return BTreeMap::new(),
        _ => {}
    }
    let Some(answer) = report.answer("GetResourceIdentitySchemas", answer) else {
        return BTreeMap::new();
    };
    report.absorb(&answer.diagnostics);
    answer.identity_schemas
}
