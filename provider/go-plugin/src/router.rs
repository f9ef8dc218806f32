//! Which service a call is for: the plugin's own, or one of go-plugin's.

use std::convert::Infallible;

use hyper::body::Incoming;
use tfplugin_protocol::plugin::grpc_broker_server::GrpcBrokerServer;
use tfplugin_protocol::plugin::grpc_controller_server::GrpcControllerServer;
use tfplugin_protocol::plugin::grpc_stdio_server::GrpcStdioServer;
use tokio_util::sync::CancellationToken;
use tonic::Status;
use tonic::body::Body;
use tonic::codegen::Service;
use tonic::codegen::http::{Request, Response};
use tonic::server::NamedService;

use crate::services::{Broker, Controller, Stdio, health};

/// A gRPC service as `tonic` generates it; nothing needs to be implemented for it.
pub trait PluginService:
    Service<
        Request<Incoming>,
        Response = Response<Body>,
        Error = Infallible,
        Future: Send + 'static,
    > + NamedService
    + Clone
    + Send
    + Sync
    + 'static
{
}

impl<S> PluginService for S where
    S: Service<
            Request<Incoming>,
            Response = Response<Body>,
            Error = Infallible,
            Future: Send + 'static,
        > + NamedService
        + Clone
        + Send
        + Sync
        + 'static
{
}

/// Every service of the plugin.
#[derive(Clone)]
pub(crate) struct Router<S> {
    plugin: S,
    controller: GrpcControllerServer<Controller>,
    stdio: GrpcStdioServer<Stdio>,
    broker: GrpcBrokerServer<Broker>,
}

impl<S: PluginService> Router<S> {
    /// `shutdown` is cancelled when the host asks the plugin to end; `farewell` ends the streams
    /// that a host keeps open as long as the plugin lives.
    pub(crate) fn new(
        plugin: S,
        shutdown: CancellationToken,
        farewell: &CancellationToken,
    ) -> Self {
        Self {
            plugin,
            controller: GrpcControllerServer::new(Controller { shutdown }),
            stdio: GrpcStdioServer::new(Stdio {
                farewell: farewell.clone(),
            }),
            broker: GrpcBrokerServer::new(Broker {
                farewell: farewell.clone(),
            }),
        }
    }

    /// Hands the call to its service. Every service is always ready, as generated services are.
    pub(crate) async fn route(
        mut self,
        request: Request<Incoming>,
    ) -> Result<Response<Body>, Infallible> {
        match service_name(request.uri().path()) {
            name if name == S::NAME => self.plugin.call(request).await,
            <GrpcControllerServer<Controller>>::NAME => self.controller.call(request).await,
            <GrpcStdioServer<Stdio>>::NAME => self.stdio.call(request).await,
            <GrpcBrokerServer<Broker>>::NAME => self.broker.call(request).await,
            health::SERVICE_NAME => Ok(health::call(request).await),
            name => Ok(
                Status::unimplemented(format!("this plugin has no service {name:?}")).into_http(),
            ),
        }
    }
}

/// `package.Service` of `/package.Service/Method`.
fn service_name(path: &str) -> &str {
    path.strip_prefix('/')
        .and_then(|path| path.split_once('/'))
        .map_or("", |(service, _)| service)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_named_by_the_first_part_of_the_path() {
        assert_eq!(
            service_name("/plugin.GRPCController/Shutdown"),
            "plugin.GRPCController"
        );
        assert_eq!(service_name("/plugin.GRPCController"), "");
        assert_eq!(service_name("plugin/x"), "");
        assert_eq!(service_name(""), "");
    }
}
