//! The control port: everything that the handle can do, as JSON over plain HTTP.
//!
//! It is for people and for tests in other processes. It asks for no password, and so listens on 127.0.0.1 unless told
//! otherwise.

mod routes;

use std::convert::Infallible;
use std::io;
use std::net::TcpListener as StdListener;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::{JoinSet, spawn_blocking};

use crate::simulator::Shared;

/// Bulk loads are the largest requests.
const LARGEST_REQUEST: usize = 64 * 1024 * 1024;

/// What the control port answers: a status and a document.
#[derive(Debug)]
pub(crate) struct Reply {
    status: u16,
    document: Value,
}

/// Serves the control port until it is aborted.
pub(crate) async fn serve(listener: StdListener, shared: Arc<Shared>) -> io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (stream, _) = accepted?;
                let shared = Arc::clone(&shared);
                let service = service_fn(move |request| answer(Arc::clone(&shared), request));
                connections.spawn(async move {
                    let mut server = http1::Builder::new();
                    let _ = server.timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
                });
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn answer(
    shared: Arc<Shared>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (parts, body) = request.into_parts();
    let reply = match Limited::new(body, LARGEST_REQUEST).collect().await {
        Err(_) => Reply::refused(413, "the request broke off or is too large"),
        Ok(body) => {
            let body = body.to_bytes();
            let path = parts.uri.path().to_owned();
            let work = spawn_blocking(move || routes::answer(&shared, &parts.method, &path, &body));
            work.await
                .unwrap_or_else(|error| Reply::refused(500, &error.to_string()))
        }
    };
    let mut text = serde_json::to_vec(&reply.document).unwrap_or_default();
    text.push(b'\n');
    let mut response = Response::new(Full::new(Bytes::from(text)));
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(
        http::header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    Ok(response)
}

impl Reply {
    fn ok(document: impl serde::Serialize) -> Self {
        match serde_json::to_value(document) {
            Ok(document) => Self {
                status: 200,
                document,
            },
            Err(error) => Self::refused(500, &error.to_string()),
        }
    }

    fn done() -> Self {
        Self::ok(json!({ "done": true }))
    }

    fn refused(status: u16, reason: &str) -> Self {
        Self {
            status,
            document: json!({ "error": reason }),
        }
    }
}
