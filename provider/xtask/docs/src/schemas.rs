//! The provider's schemas, as it answers them to Terraform, without a process in between.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use terraform_provider_imp::ImpProvider;
use tfplugin_framework::Requests;
use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;
use tfplugin_protocol::tfplugin6::schema::Block;
use tfplugin_protocol::tfplugin6::{
    Function, ResourceIdentitySchema, Schema, get_provider_schema, get_resource_identity_schemas,
};

/// Everything that the provider offers.
pub(super) struct Schemas {
    pub(super) provider: Block,
    pub(super) resources: BTreeMap<String, Block>,
    /// The schema versions of the resources.
    pub(super) versions: BTreeMap<String, i64>,
    pub(super) data_sources: BTreeMap<String, Block>,
    pub(super) list_resources: BTreeMap<String, Block>,
    pub(super) actions: BTreeMap<String, Block>,
    pub(super) functions: BTreeMap<String, Function>,
    pub(super) identities: BTreeMap<String, ResourceIdentitySchema>,
}

impl Schemas {
    /// Asks the provider.
    pub(super) fn of_the_provider() -> anyhow::Result<Self> {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("cannot start the asynchronous runtime")?
            .block_on(ask())
    }
}

async fn ask() -> anyhow::Result<Schemas> {
    let service = tfplugin_framework::service(ImpProvider::default(), Requests::new());
    let mut client = ProviderClient::new(service).max_decoding_message_size(usize::MAX);
    let answer = client
        .get_provider_schema(get_provider_schema::Request {})
        .await
        .context("the provider does not tell its schemas")?
        .into_inner();
    if let Some(diagnostic) = answer.diagnostics.first() {
        bail!(
            "the provider does not tell its schemas: {} {}",
            diagnostic.summary,
            diagnostic.detail
        );
    }
    let identities = client
        .get_resource_identity_schemas(get_resource_identity_schemas::Request {})
        .await
        .context("the provider does not tell its identities")?
        .into_inner()
        .identity_schemas;
    let versions = answer
        .resource_schemas
        .iter()
        .map(|(name, schema)| (name.clone(), schema.version))
        .collect();
    let actions = answer.action_schemas.into_iter();
    Ok(Schemas {
        provider: block(answer.provider)?,
        versions,
        resources: blocks(answer.resource_schemas)?,
        data_sources: blocks(answer.data_source_schemas)?,
        list_resources: blocks(answer.list_resource_schemas)?,
        actions: actions
            .map(|(name, action)| Ok((name, block(action.schema)?)))
            .collect::<anyhow::Result<_>>()?,
        functions: answer.functions.into_iter().collect(),
        identities: identities.into_iter().collect(),
    })
}

fn blocks(
    schemas: impl IntoIterator<Item = (String, Schema)>,
) -> anyhow::Result<BTreeMap<String, Block>> {
    schemas
        .into_iter()
        .map(|(name, schema)| Ok((name, block(Some(schema))?)))
        .collect()
}

fn block(schema: Option<Schema>) -> anyhow::Result<Block> {
    schema
        .and_then(|schema| schema.block)
        .context("the provider has a schema without a block")
}
