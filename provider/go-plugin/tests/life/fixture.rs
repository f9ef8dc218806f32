//! The plugin under test: one service with one method that does what its text says.

use std::convert::Infallible;
use std::process::ExitCode;
use std::sync::Arc;

use go_plugin::{DebugConfig, PluginConfig, Requests};
use tokio_util::sync::CancellationToken;
use tonic::Status;
use tonic::body::Body;
use tonic::codegen::http::{Request, Response};
use tonic::codegen::{BoxFuture, Context, Poll, Service, StdError};
use tonic::server::{Grpc, NamedService, UnaryService};
use tonic_prost::ProstCodec;

use crate::control::Control;
use crate::message::{SIZE_LIMIT, Text};

/// What a person is told.
pub(crate) const ADVICE: &str = "This is a plugin for tests.";

pub(crate) fn main() -> ExitCode {
    go_plugin::logging::init(&["TF_LOG_PROVIDER_FIXTURE", "TF_LOG_PROVIDER", "TF_LOG"]);
    let requests = Requests::new();
    let service = {
        let requests = Arc::clone(&requests);
        move || Fixture { requests }
    };
    let outcome = if std::env::args().any(|argument| argument == "--debug") {
        let config = DebugConfig {
            protocol_version: 6,
            addresses: vec!["example.com/test/fixture".to_owned()],
        };
        go_plugin::block_on(async { go_plugin::serve_debug(&config, requests, service).await })
    } else {
        let config = PluginConfig {
            magic_cookie_key: "TF_PLUGIN_MAGIC_COOKIE",
            magic_cookie_value: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
            protocol_version: 6,
            advice: ADVICE.to_owned(),
        };
        go_plugin::block_on(async { go_plugin::serve(&config, requests, service).await })
    };
    go_plugin::exit_code(&outcome.unwrap())
}

#[derive(Clone)]
struct Fixture {
    requests: Arc<Requests>,
}

impl NamedService for Fixture {
    const NAME: &'static str = "fixture.Fixture";
}

impl<B> Service<Request<B>> for Fixture
where
    B: tonic::codegen::Body + Send + 'static,
    B::Error: Into<StdError> + Send + 'static,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<Response<Body>, Infallible>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let call = Call(Arc::clone(&self.requests));
        Box::pin(async move {
            let mut grpc = Grpc::new(ProstCodec::default())
                .max_decoding_message_size(SIZE_LIMIT)
                .max_encoding_message_size(SIZE_LIMIT);
            Ok(grpc.unary(call, request).await)
        })
    }
}

struct Call(Arc<Requests>);

impl UnaryService<Text> for Call {
    type Response = Text;
    type Future = BoxFuture<tonic::Response<Text>, Status>;

    fn call(&mut self, request: tonic::Request<Text>) -> Self::Future {
        let requests = Arc::clone(&self.0);
        Box::pin(async move {
            let text = obey(requests, request.into_inner().text).await;
            Ok(tonic::Response::new(Text { text }))
        })
    }
}

async fn obey(requests: Arc<Requests>, text: String) -> String {
    let (command, argument) = text.split_once(' ').unwrap_or((&text, ""));
    let argument = argument.to_owned();
    let outcome = match command {
        "echo" => return argument,
        "cancel" => {
            requests.cancel_all();
            return "cancelled".to_owned();
        }
        "log" => requests.run("Log", async { log() }).await,
        "panic" => {
            requests
                .run("Panic", async move { panic!("{argument}") })
                .await
        }
        "panic-outside" => panic!("{argument}"),
        "work" => {
            let cancellation = requests.cancellation();
            let abandoned = CancellationToken::new();
            // Dropped with this handler, when its client vanishes.
            let _handler = abandoned.clone().drop_guard();
            let work = work(argument, cancellation, abandoned);
            requests.run("Work", work).await
        }
        unknown => panic!("the fixture knows no {unknown}"),
    };
    outcome.unwrap_or_else(|panicked| format!("panicked: {}", panicked.message))
}

/// Works until the test says `finish`; says when it is cancelled, and when nobody waits for it.
async fn work(
    test: String,
    cancellation: CancellationToken,
    abandoned: CancellationToken,
) -> String {
    let mut control = Control::call(&test).await;
    control.say("started").await;
    let mut answer = "finished";
    let mut lonely = false;
    loop {
        tokio::select! {
            word = control.hear() => match word.as_deref() {
                Some("finish") => break,
                other => panic!("the test said {other:?}"),
            },
            () = cancellation.cancelled(), if answer == "finished" => {
                answer = "finished although cancelled";
                control.say("cancelled").await;
            }
            () = abandoned.cancelled(), if !lonely => {
                lonely = true;
                control.say("abandoned").await;
            }
        }
    }
    control.say(answer).await;
    // The end of the line tells the test that the process has ended.
    std::mem::forget(control);
    answer.to_owned()
}

fn log() -> String {
    let span = tracing::info_span!("rpc", tf_rpc = "Log", tf_req_id = 7);
    let _entered = span.enter();
    tracing::trace!("a trace");
    tracing::debug!(list = ?["a"], "a debug");
    tracing::info!(
        count = 3,
        ratio = 0.5,
        "an info: {}",
        "\"quoted\"\nand more"
    );
    tracing::warn!(flag = true, "a warning");
    tracing::error!(error = "no", "an error");
    "logged".to_owned()
}
