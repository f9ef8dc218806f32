//! The gRPC service `tfplugin6.Provider`: messages in, messages out. It knows the wire and no semantics.

mod actions;
mod answer;
mod data_sources;
mod ephemeral_resources;
mod functions;
mod list_resources;
mod metadata;
mod provider;
mod resources;
mod server;
mod state_stores;
mod stream;

use std::sync::Arc;

use go_plugin::Requests;
use tfplugin_protocol::tfplugin6 as wire;
use tfplugin_protocol::tfplugin6::provider_server::ProviderServer;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status, Streaming};

pub(crate) use self::server::Server;
use crate::provider::Provider;

/// Terraform itself sends and takes messages up to this size.
const MAX_MESSAGE_SIZE: usize = 256 << 20;

/// The service of a provider, for [`go_plugin::serve`] or any other gRPC server.
///
/// Each request runs within `requests`, so that it outlives a client that goes away.
pub fn service(provider: impl Provider, requests: Arc<Requests>) -> ProviderServer<Service> {
    let server = Arc::new(Server::new(provider, requests));
    ProviderServer::new(Service { server })
        .max_decoding_message_size(MAX_MESSAGE_SIZE)
        .max_encoding_message_size(MAX_MESSAGE_SIZE)
}

/// The gRPC service of a provider; made by [`service`].
#[derive(Clone, Debug)]
pub struct Service {
    server: Arc<Server>,
}

/// One method: its name, its messages' module, and the function that answers it.
macro_rules! answered {
    ($self:ident, $request:ident, $name:literal, $work:path) => {
        $self
            .server
            .answer($name, $request.into_inner(), $work)
            .await
    };
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl wire::provider_server::Provider for Service {
    async fn get_metadata(
        &self,
        request: Request<wire::get_metadata::Request>,
    ) -> Answer<wire::get_metadata::Response> {
        answered!(self, request, "GetMetadata", metadata::get_metadata)
    }

    async fn get_provider_schema(
        &self,
        request: Request<wire::get_provider_schema::Request>,
    ) -> Answer<wire::get_provider_schema::Response> {
        answered!(
            self,
            request,
            "GetProviderSchema",
            metadata::get_provider_schema
        )
    }

    async fn get_resource_identity_schemas(
        &self,
        request: Request<wire::get_resource_identity_schemas::Request>,
    ) -> Answer<wire::get_resource_identity_schemas::Response> {
        answered!(
            self,
            request,
            "GetResourceIdentitySchemas",
            metadata::get_identity_schemas
        )
    }

    async fn validate_provider_config(
        &self,
        request: Request<wire::validate_provider_config::Request>,
    ) -> Answer<wire::validate_provider_config::Response> {
        answered!(self, request, "ValidateProviderConfig", provider::validate)
    }

    async fn configure_provider(
        &self,
        request: Request<wire::configure_provider::Request>,
    ) -> Answer<wire::configure_provider::Response> {
        answered!(self, request, "ConfigureProvider", provider::configure)
    }

    async fn stop_provider(
        &self,
        _: Request<wire::stop_provider::Request>,
    ) -> Answer<wire::stop_provider::Response> {
        self.server.requests().cancel_all();
        Ok(Response::new(wire::stop_provider::Response::default()))
    }

    async fn validate_resource_config(
        &self,
        request: Request<wire::validate_resource_config::Request>,
    ) -> Answer<wire::validate_resource_config::Response> {
        answered!(self, request, "ValidateResourceConfig", resources::validate)
    }

    async fn upgrade_resource_state(
        &self,
        request: Request<wire::upgrade_resource_state::Request>,
    ) -> Answer<wire::upgrade_resource_state::Response> {
        answered!(
            self,
            request,
            "UpgradeResourceState",
            resources::upgrade_state
        )
    }

    async fn upgrade_resource_identity(
        &self,
        request: Request<wire::upgrade_resource_identity::Request>,
    ) -> Answer<wire::upgrade_resource_identity::Response> {
        answered!(
            self,
            request,
            "UpgradeResourceIdentity",
            resources::upgrade_identity
        )
    }

    async fn read_resource(
        &self,
        request: Request<wire::read_resource::Request>,
    ) -> Answer<wire::read_resource::Response> {
        answered!(self, request, "ReadResource", resources::read)
    }

    async fn plan_resource_change(
        &self,
        request: Request<wire::plan_resource_change::Request>,
    ) -> Answer<wire::plan_resource_change::Response> {
        answered!(self, request, "PlanResourceChange", resources::plan)
    }

    async fn apply_resource_change(
        &self,
        request: Request<wire::apply_resource_change::Request>,
    ) -> Answer<wire::apply_resource_change::Response> {
        answered!(self, request, "ApplyResourceChange", resources::apply)
    }

    async fn import_resource_state(
        &self,
        request: Request<wire::import_resource_state::Request>,
    ) -> Answer<wire::import_resource_state::Response> {
        answered!(self, request, "ImportResourceState", resources::import)
    }

    async fn move_resource_state(
        &self,
        request: Request<wire::move_resource_state::Request>,
    ) -> Answer<wire::move_resource_state::Response> {
        answered!(self, request, "MoveResourceState", resources::move_state)
    }

    async fn generate_resource_config(
        &self,
        request: Request<wire::generate_resource_config::Request>,
    ) -> Answer<wire::generate_resource_config::Response> {
        answered!(
            self,
            request,
            "GenerateResourceConfig",
            resources::generate_config
        )
    }

    async fn validate_data_resource_config(
        &self,
        request: Request<wire::validate_data_resource_config::Request>,
    ) -> Answer<wire::validate_data_resource_config::Response> {
        answered!(
            self,
            request,
            "ValidateDataResourceConfig",
            data_sources::validate
        )
    }

    async fn read_data_source(
        &self,
        request: Request<wire::read_data_source::Request>,
    ) -> Answer<wire::read_data_source::Response> {
        answered!(self, request, "ReadDataSource", data_sources::read)
    }

    async fn validate_ephemeral_resource_config(
        &self,
        request: Request<wire::validate_ephemeral_resource_config::Request>,
    ) -> Answer<wire::validate_ephemeral_resource_config::Response> {
        answered!(
            self,
            request,
            "ValidateEphemeralResourceConfig",
            ephemeral_resources::validate
        )
    }

    async fn open_ephemeral_resource(
        &self,
        request: Request<wire::open_ephemeral_resource::Request>,
    ) -> Answer<wire::open_ephemeral_resource::Response> {
        answered!(
            self,
            request,
            "OpenEphemeralResource",
            ephemeral_resources::open
        )
    }

    async fn renew_ephemeral_resource(
        &self,
        request: Request<wire::renew_ephemeral_resource::Request>,
    ) -> Answer<wire::renew_ephemeral_resource::Response> {
        answered!(
            self,
            request,
            "RenewEphemeralResource",
            ephemeral_resources::renew
        )
    }

    async fn close_ephemeral_resource(
        &self,
        request: Request<wire::close_ephemeral_resource::Request>,
    ) -> Answer<wire::close_ephemeral_resource::Response> {
        answered!(
            self,
            request,
            "CloseEphemeralResource",
            ephemeral_resources::close
        )
    }

    async fn validate_list_resource_config(
        &self,
        request: Request<wire::validate_list_resource_config::Request>,
    ) -> Answer<wire::validate_list_resource_config::Response> {
        answered!(
            self,
            request,
            "ValidateListResourceConfig",
            list_resources::validate
        )
    }

    type ListResourceStream = ReceiverStream<Result<wire::list_resource::Event, Status>>;

    async fn list_resource(
        &self,
        request: Request<wire::list_resource::Request>,
    ) -> Answer<Self::ListResourceStream> {
        Ok(list_resources::list(&self.server, request.into_inner()))
    }

    async fn get_functions(
        &self,
        request: Request<wire::get_functions::Request>,
    ) -> Answer<wire::get_functions::Response> {
        answered!(self, request, "GetFunctions", functions::get_functions)
    }

    async fn call_function(
        &self,
        request: Request<wire::call_function::Request>,
    ) -> Answer<wire::call_function::Response> {
        answered!(self, request, "CallFunction", functions::call)
    }

    async fn validate_action_config(
        &self,
        request: Request<wire::validate_action_config::Request>,
    ) -> Answer<wire::validate_action_config::Response> {
        answered!(self, request, "ValidateActionConfig", actions::validate)
    }

    async fn plan_action(
        &self,
        request: Request<wire::plan_action::Request>,
    ) -> Answer<wire::plan_action::Response> {
        answered!(self, request, "PlanAction", actions::plan)
    }

    type InvokeActionStream = ReceiverStream<Result<wire::invoke_action::Event, Status>>;

    async fn invoke_action(
        &self,
        request: Request<wire::invoke_action::Request>,
    ) -> Answer<Self::InvokeActionStream> {
        Ok(actions::invoke(&self.server, request.into_inner()))
    }

    async fn validate_state_store_config(
        &self,
        request: Request<wire::validate_state_store_config::Request>,
    ) -> Answer<wire::validate_state_store_config::Response> {
        answered!(
            self,
            request,
            "ValidateStateStoreConfig",
            state_stores::validate
        )
    }

    async fn configure_state_store(
        &self,
        request: Request<wire::configure_state_store::Request>,
    ) -> Answer<wire::configure_state_store::Response> {
        answered!(
            self,
            request,
            "ConfigureStateStore",
            state_stores::configure
        )
    }

    type ReadStateBytesStream = ReceiverStream<Result<wire::read_state_bytes::Response, Status>>;

    async fn read_state_bytes(
        &self,
        request: Request<wire::read_state_bytes::Request>,
    ) -> Answer<Self::ReadStateBytesStream> {
        Ok(state_stores::read(&self.server, request.into_inner()))
    }

    async fn write_state_bytes(
        &self,
        request: Request<Streaming<wire::write_state_bytes::RequestChunk>>,
    ) -> Answer<wire::write_state_bytes::Response> {
        answered!(self, request, "WriteStateBytes", state_stores::write)
    }

    async fn lock_state(
        &self,
        request: Request<wire::lock_state::Request>,
    ) -> Answer<wire::lock_state::Response> {
        answered!(self, request, "LockState", state_stores::lock)
    }

    async fn unlock_state(
        &self,
        request: Request<wire::unlock_state::Request>,
    ) -> Answer<wire::unlock_state::Response> {
        answered!(self, request, "UnlockState", state_stores::unlock)
    }

    async fn get_states(
        &self,
        request: Request<wire::get_states::Request>,
    ) -> Answer<wire::get_states::Response> {
        answered!(self, request, "GetStates", state_stores::states)
    }

    async fn delete_state(
        &self,
        request: Request<wire::delete_state::Request>,
    ) -> Answer<wire::delete_state::Response> {
        answered!(self, request, "DeleteState", state_stores::delete)
    }
}
