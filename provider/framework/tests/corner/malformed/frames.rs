//! What is broken below the messages: protobuf that ends too early, frames that lie about their length.

use bytes::Bytes;
use http_body_util::BodyExt as _;
use tfplugin_framework::{Requests, service};
use tonic::body::Body;
use tonic::codegen::{Service as _, http};

use crate::provider::Corner;

/// Every method that takes and answers one message, or answers a stream.
const METHODS: [&str; 32] = [
    "GetMetadata",
    "GetProviderSchema",
    "GetResourceIdentitySchemas",
    "ValidateProviderConfig",
    "ConfigureProvider",
    "StopProvider",
    "ValidateResourceConfig",
    "UpgradeResourceState",
    "UpgradeResourceIdentity",
    "ReadResource",
    "PlanResourceChange",
    "ApplyResourceChange",
    "ImportResourceState",
    "MoveResourceState",
    "GenerateResourceConfig",
    "ValidateDataResourceConfig",
    "ReadDataSource",
    "ValidateListResourceConfig",
    "ListResource",
    "GetFunctions",
    "CallFunction",
    "ValidateActionConfig",
    "PlanAction",
    "InvokeAction",
    "OpenEphemeralResource",
    "ValidateStateStoreConfig",
    "ConfigureStateStore",
    "ReadStateBytes",
    "LockState",
    "UnlockState",
    "GetStates",
    "DeleteState",
];

async fn answer(method: &str, body: &[u8]) -> http::Response<Body> {
    let body = http_body_util::Full::new(Bytes::copy_from_slice(body));
    let request = http::Request::post(format!("http://localhost/tfplugin6.Provider/{method}"))
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .body(Body::new(body))
        .unwrap();
    let response = service(Corner, Requests::new())
        .call(request)
        .await
        .unwrap();
    assert_eq!(response.status(), 200, "{method}");
    response
}

/// The status of the answer to a body.
async fn status(method: &str, body: &[u8]) -> tonic::Code {
    let response = answer(method, body).await;
    let status = tonic::Status::from_header_map(response.headers());
    status.unwrap_or_else(|| panic!("{method} takes it")).code()
}

#[tokio::test]
async fn a_frame_that_is_no_message_is_refused_by_every_method() {
    for (frame, expected) in [
        // Nothing at all.
        (&b""[..], tonic::Code::Internal),
        // Less than a frame's head.
        (b"\x00\x00\x00", tonic::Code::Internal),
        // Sixteen bytes are promised.
        (b"\x00\x00\x00\x00\x10\x0a", tonic::Code::Internal),
        // Four gibibytes are promised: more than is ever taken.
        (b"\x00\xff\xff\xff\xff\x0a", tonic::Code::OutOfRange),
        // Compressed, and nobody said how.
        (b"\x01\x00\x00\x00\x01\x0a", tonic::Code::Internal),
        // A field whose length is missing.
        (b"\x00\x00\x00\x00\x01\x0a", tonic::Code::Internal),
        // A field that is longer than the message.
        (b"\x00\x00\x00\x00\x02\x0a\x7f", tonic::Code::Internal),
        // A field that claims two to the 63rd bytes.
        (
            b"\x00\x00\x00\x00\x0b\x0a\xff\xff\xff\xff\xff\xff\xff\xff\x7f\x00",
            tonic::Code::Internal,
        ),
        // A kind of field that does not exist.
        (b"\x00\x00\x00\x00\x01\x0f", tonic::Code::Internal),
    ] {
        for method in METHODS {
            let code = status(method, frame).await;
            assert!(
                code == expected || code == tonic::Code::InvalidArgument,
                "{method} of {frame:?}: {code:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_frame_that_is_no_part_of_a_state_is_told_in_the_answer() {
    for frame in [
        &b"\x00\x00\x00"[..],
        b"\x00\x00\x00\x00\x10\x0a",
        b"\x00\xff\xff\xff\xff\x0a",
        b"\x00\x00\x00\x00\x02\x0a\x7f",
        b"\x00\x00\x00\x00\x04\x0a\x02\xff\xfe",
    ] {
        let answer = answer("WriteStateBytes", frame).await.into_body();
        let answer = answer.collect().await.unwrap().to_bytes();
        let said = String::from_utf8_lossy(&answer);
        assert!(said.contains("it broke off"), "{frame:?}: {said:?}");
    }
}

#[tokio::test]
async fn a_name_that_is_no_text_is_refused() {
    for method in [
        "ReadResource",
        "PlanResourceChange",
        "CallFunction",
        "InvokeAction",
    ] {
        let code = status(method, b"\x00\x00\x00\x00\x04\x0a\x02\xff\xfe").await;
        assert_eq!(code, tonic::Code::Internal, "{method}");
    }
}
