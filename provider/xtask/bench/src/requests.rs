//! The requests that are sent, over and over, made as Terraform makes them.

use anyhow::{Context as _, bail};
use mock_core::config::{Input, evaluate};
use mock_core::objchange::proposed_new;
use mock_core::schema::{Block, Schema};
use mock_core::value::{PathError, Type, Value};
use mock_core::{Core, codec};
use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;
use tfplugin_protocol::tfplugin6::{
    ClientCapabilities, Diagnostic, RawState, ResourceIdentityData, diagnostic,
    plan_resource_change, read_resource, upgrade_resource_state, validate_resource_config,
};
use tonic::transport::Channel;

use crate::work::Work;

/// A request that can be sent any number of times.
#[derive(Debug, Clone)]
pub(crate) enum Request {
    Validate(validate_resource_config::Request),
    Upgrade(upgrade_resource_state::Request),
    Read(Box<read_resource::Request>),
    Plan(Box<plan_resource_change::Request>),
}

/// Every kind of request for one provider.
#[derive(Debug)]
pub(crate) struct Requests {
    pub(crate) validate: Request,
    /// A state of the current version, as it is read before every plan.
    pub(crate) upgrade: Request,
    /// A refresh, which takes a publisher.
    pub(crate) read: Request,
    /// Nothing has changed.
    pub(crate) plan_unchanged: Request,
    pub(crate) plan_creation: Request,
    state: Value,
    ty: Type,
}

impl Request {
    /// Sends it; an answer with an error is one, as it would cost something else than what is to be measured.
    pub(crate) async fn send(self, client: &mut ProviderClient<Channel>) -> anyhow::Result<()> {
        let diagnostics = match self {
            Self::Validate(request) => {
                let answer = client.validate_resource_config(request).await?;
                answer.into_inner().diagnostics
            }
            Self::Upgrade(request) => {
                let answer = client.upgrade_resource_state(request).await?;
                answer.into_inner().diagnostics
            }
            Self::Read(request) => {
                let answer = client.read_resource(*request).await?;
                answer.into_inner().diagnostics
            }
            Self::Plan(request) => {
                let answer = client.plan_resource_change(*request).await?;
                answer.into_inner().diagnostics
            }
        };
        no_errors(&diagnostics)
    }
}

impl Requests {
    pub(crate) fn new(core: &Core, work: &Work) -> anyhow::Result<Self> {
        let resource = core
            .schemas()
            .resources
            .get(work.type_name)
            .with_context(|| format!("the provider has no {}", work.type_name))?;
        let schema = &resource.schema;
        let config = object(&schema.block, &work.config)?;
        let creation = object(&schema.block, &work.creation)?;
        let state = work
            .computed
            .iter()
            .fold(work.config.clone(), |state, (name, value)| {
                state.with(name, value.clone())
            });
        let state = object(&schema.block, &state)?;
        let mut unchanged = plan(work, schema, &state, &config)?;
        let mut read = read_resource::Request {
            type_name: work.type_name.to_owned(),
            current_state: Some(codec::to_wire(&state, &schema.implied_type())?),
            client_capabilities: Some(capabilities()),
            ..read_resource::Request::default()
        };
        if let (Some(schema), Some(identity)) = (&resource.identity, &work.identity) {
            let identity = ResourceIdentityData {
                identity_data: Some(codec::to_wire(identity, &schema.implied_type())?),
            };
            read.current_identity = Some(identity.clone());
            unchanged.prior_identity = Some(identity);
        }
        Ok(Self {
            validate: Request::Validate(validate(work, schema, &config)?),
            upgrade: Request::Upgrade(upgrade(work, schema, &state)?),
            read: Request::Read(Box::new(read)),
            plan_unchanged: Request::Plan(Box::new(unchanged)),
            plan_creation: Request::Plan(Box::new(plan(work, schema, &Value::Null, &creation)?)),
            state,
            ty: schema.implied_type(),
        })
    }

    /// Sees to it that the plan without a change is one.
    pub(crate) async fn check(&self, client: &mut ProviderClient<Channel>) -> anyhow::Result<()> {
        let Request::Plan(request) = &self.plan_unchanged else {
            return Ok(());
        };
        let answer = client
            .plan_resource_change((**request).clone())
            .await?
            .into_inner();
        no_errors(&answer.diagnostics)?;
        let planned = codec::from_wire(answer.planned_state.as_ref(), &self.ty)?;
        if planned != self.state {
            bail!(
                "{} is planned to change: {:?} becomes {planned:?}",
                request.type_name,
                self.state
            );
        }
        Ok(())
    }
}

fn no_errors(diagnostics: &[Diagnostic]) -> anyhow::Result<()> {
    match diagnostics
        .iter()
        .find(|found| found.severity() == diagnostic::Severity::Error)
    {
        Some(error) => bail!("{}: {}", error.summary, error.detail),
        None => Ok(()),
    }
}

fn object(block: &Block, input: &Input) -> anyhow::Result<Value> {
    let no_references =
        |address: &str, _: &_, at: &_| Err(PathError::new(at, format!("there is no {address}")));
    evaluate(block, input, &no_references)
        .map_err(|problems| anyhow::anyhow!("the configuration is wrong: {problems:?}"))
}

fn validate(
    work: &Work,
    schema: &Schema,
    config: &Value,
) -> anyhow::Result<validate_resource_config::Request> {
    Ok(validate_resource_config::Request {
        type_name: work.type_name.to_owned(),
        config: Some(codec::to_wire(config, &schema.implied_type())?),
        client_capabilities: Some(capabilities()),
    })
}

fn upgrade(
    work: &Work,
    schema: &Schema,
    state: &Value,
) -> anyhow::Result<upgrade_resource_state::Request> {
    Ok(upgrade_resource_state::Request {
        type_name: work.type_name.to_owned(),
        version: schema.version,
        raw_state: Some(RawState {
            json: codec::json::encode(state, &schema.implied_type())?.into(),
            ..RawState::default()
        }),
    })
}

fn plan(
    work: &Work,
    schema: &Schema,
    prior: &Value,
    config: &Value,
) -> anyhow::Result<plan_resource_change::Request> {
    let ty = schema.implied_type();
    let proposed = proposed_new(&schema.block, prior, config);
    Ok(plan_resource_change::Request {
        type_name: work.type_name.to_owned(),
        prior_state: Some(codec::to_wire(prior, &ty)?),
        proposed_new_state: Some(codec::to_wire(&proposed, &ty)?),
        config: Some(codec::to_wire(config, &ty)?),
        client_capabilities: Some(capabilities()),
        ..plan_resource_change::Request::default()
    })
}

fn capabilities() -> ClientCapabilities {
    ClientCapabilities {
        write_only_attributes_allowed: true,
        ..ClientCapabilities::default()
    }
}
