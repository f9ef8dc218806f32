//! What every request needs: the provider, what it registered, and the requests in flight.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use go_plugin::{Panicked, Requests};
use tfplugin_protocol::tfplugin6::DynamicValue;
use tfplugin_values::Value;
use tokio::sync::oneshot;
use tonic::{Response, Status};
use tracing::Instrument;

use super::answer::Failed;
use crate::context::RequestContext;
use crate::convert;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::handler::{BoxFuture, broken_schema};
use crate::lifecycle::Subject;
use crate::plan::ComputedBlocks;
use crate::provider::{self, AnyProvider, Provider};
use crate::registry::Registry;
use crate::schema::{CheckedSchema, SchemaError};

/// A provider being served.
pub(crate) struct Server {
    pub(crate) provider: Box<dyn AnyProvider>,
    pub(crate) registry: Registry,
    requests: Arc<Requests>,
    last_request: AtomicU64,
}

impl Server {
    pub(crate) fn new(provider: impl Provider, requests: Arc<Requests>) -> Self {
        let provider = Box::new(provider::Typed::new(provider));
        let mut registry = Registry::default();
        provider.register(&mut registry);
        Self {
            provider,
            registry,
            requests,
            last_request: AtomicU64::new(0),
        }
    }

    pub(crate) fn requests(&self) -> &Requests {
        &self.requests
    }

    /// A new request.
    pub(crate) fn context(&self) -> RequestContext {
        RequestContext {
            cancellation: self.requests.cancellation(),
            request_id: self.last_request.fetch_add(1, Ordering::Relaxed) + 1,
            provider_meta: None,
            computed_blocks: ComputedBlocks::default(),
        }
    }

    /// What the module at hand says about itself, where it says anything.
    pub(crate) fn provider_meta(
        &self,
        message: Option<&DynamicValue>,
    ) -> Result<Option<Arc<Value>>, Diagnostics> {
        let schema = self
            .provider
            .meta_schema()
            .map_err(|error| broken_schema("provider_meta", error))?;
        let Some(schema) = schema else {
            return Ok(None);
        };
        let meta = convert::value_from(message, &schema.ty, "a provider_meta block")?;
        Ok((!meta.is_null()).then(|| Arc::new(meta)))
    }

    /// Answers a request, be its client there or not; a panic becomes a diagnostic.
    pub(crate) async fn answer<Q, R, W>(
        self: &Arc<Self>,
        name: &'static str,
        request: Q,
        work: impl FnOnce(Arc<Self>, Q, RequestContext) -> W,
    ) -> Result<Response<R>, Status>
    where
        R: Failed + Send + 'static,
        W: Future<Output = Result<R, R>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let context = self.context();
        let id = context.request_id;
        let work = work(Arc::clone(self), request, context);
        let work = async move {
            let (Ok(made) | Err(made)) = work.await;
            // Nobody waits for it where the client went away.
            let _ = answer.send(made);
        };
        let failure = self.run(name, id, Box::pin(work)).await;
        Ok(Response::new(match answered.await {
            Ok(made) => made,
            Err(_) => R::failed(&failure),
        }))
    }

    /// Runs the work of the request of a number, be its client there or not; a panic is told. What runs it is the same code
    /// for all of them: some thirty copies would be a part of every provider.
    pub(super) fn run(
        self: &Arc<Self>,
        name: &'static str,
        id: u64,
        work: BoxFuture<'static, ()>,
    ) -> BoxFuture<'static, Diagnostics> {
        let span = tracing::debug_span!("request", rpc = name, id);
        let requests = Arc::clone(&self.requests);
        let run = async move {
            let outcome = requests.run(name, work).await;
            tracing::trace!(panicked = outcome.is_err(), "answered");
            match outcome {
                Ok(()) => Diagnostics::new(),
                Err(panicked) => panic_diagnostic(name, &panicked).into(),
            }
        };
        Box::pin(run.instrument(span))
    }

    /// The resource type of a name.
    pub(crate) fn subject(&self, type_name: &str) -> Result<Subject<'_>, Diagnostics> {
        let resource = self
            .registry
            .resources
            .get(type_name)
            .ok_or_else(|| self.unknown("resource type", type_name))?
            .as_ref();
        let definition = resource
            .definition()
            .map_err(|error| broken_schema(type_name, error))?;
        Ok(Subject {
            resource,
            definition,
        })
    }

    /// The schema of something found in the registry under a name.
    pub(crate) fn found<'a, T: ?Sized>(
        &self,
        kind: &str,
        name: &str,
        found: Option<&'a Arc<T>>,
        schema: impl FnOnce(&'a T) -> Result<&'a CheckedSchema, &'a SchemaError>,
    ) -> Result<(&'a T, &'a CheckedSchema), Diagnostics> {
        let found = found.ok_or_else(|| self.unknown(kind, name))?;
        let schema = schema(found).map_err(|error| broken_schema(name, error))?;
        Ok((found, schema))
    }

    fn unknown(&self, kind: &str, name: &str) -> Diagnostic {
        Diagnostic::error(format!("Unknown {kind}")).detail(format!(
            "The provider {} has no {kind} {name:?}. Versions of the provider may differ between plan and apply.",
            self.provider.name()
        ))
    }
}

/// Tells the user of a panic that no handler's guard caught.
fn panic_diagnostic(name: &str, panicked: &Panicked) -> Diagnostic {
    Diagnostic::error("The provider failed unexpectedly").detail(format!(
        "While answering {name}, the provider stopped with: {panicked}\n\nThis is a bug in the provider. Run \
         Terraform again with TF_LOG=ERROR and report what it logs."
    ))
}

impl std::fmt::Debug for Server {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Server")
            .field("provider", &self.provider.name())
            .field("registry", &self.registry)
            .finish_non_exhaustive()
    }
}
