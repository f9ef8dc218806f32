//! `grpc.health.v1.Health`, as far as go-plugin's `Ping` goes: `Check` of the service `plugin`.
//!
//! Two messages of one field each do not justify another crate and its start-up.

use std::future::{Ready, ready};

use hyper::body::Incoming;
use tonic::body::Body;
use tonic::codegen::http;
use tonic::server::{Grpc, UnaryService};
use tonic::{Request, Response, Status};
use tonic_prost::ProstCodec;

/// The service's name.
pub(crate) const SERVICE_NAME: &str = "grpc.health.v1.Health";

/// The value `SERVING` of `HealthCheckResponse.ServingStatus`.
const SERVING: i32 = 1;

/// Answers one call of the service.
pub(crate) async fn call(request: http::Request<Incoming>) -> http::Response<Body> {
    if request.uri().path() == "/grpc.health.v1.Health/Check" {
        Grpc::new(ProstCodec::default()).unary(Check, request).await
    } else {
        Status::unimplemented("this plugin answers only Health/Check").into_http()
    }
}

#[derive(Clone, PartialEq, prost::Message)]
struct HealthCheckRequest {
    #[prost(string, tag = "1")]
    service: String,
}

#[derive(Clone, Copy, PartialEq, prost::Message)]
struct HealthCheckResponse {
    #[prost(int32, tag = "1")]
    status: i32,
}

struct Check;

impl UnaryService<HealthCheckRequest> for Check {
    type Response = HealthCheckResponse;
    type Future = Ready<Result<Response<HealthCheckResponse>, Status>>;

    fn call(&mut self, request: Request<HealthCheckRequest>) -> Self::Future {
        let service = request.into_inner().service;
        ready(match service.as_str() {
            "" | "plugin" => Ok(Response::new(HealthCheckResponse { status: SERVING })),
            _ => Err(Status::not_found(format!("unknown service {service:?}"))),
        })
    }
}
