//! The fixture's one message, and calling its one method.

use go_plugin_host::HostError;
use tonic::client::Grpc;
use tonic::codegen::http::uri::PathAndQuery;
use tonic::transport::Channel;
use tonic::{Request, Status};
use tonic_prost::ProstCodec;

/// The fixture's method.
pub(crate) const PATH: &str = "/fixture.Fixture/Call";

/// 16 MiB, for request and answer.
pub(crate) const SIZE_LIMIT: usize = 16 << 20;

/// A command or its answer.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Text {
    #[prost(string, tag = "1")]
    pub(crate) text: String,
}

/// Calls the fixture.
pub(crate) async fn call(
    channel: Channel,
    command: impl Into<String>,
) -> Result<String, HostError> {
    call_path(channel, PATH, command).await
}

/// Calls any method that takes and gives a text as field 1.
pub(crate) async fn call_path(
    channel: Channel,
    path: &'static str,
    command: impl Into<String>,
) -> Result<String, HostError> {
    let mut client = Grpc::new(channel).max_decoding_message_size(SIZE_LIMIT);
    client
        .ready()
        .await
        .map_err(|error| Status::unavailable(error.to_string()))?;
    let request = Request::new(Text {
        text: command.into(),
    });
    let codec = ProstCodec::<Text, Text>::default();
    let answer = client
        .unary(request, PathAndQuery::from_static(path), codec)
        .await?;
    Ok(answer.into_inner().text)
}
