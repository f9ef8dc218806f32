//! An action without its type: what the framework calls, over values.

use std::pin::pin;
use std::sync::OnceLock;

use tfplugin_values::Value;

use super::{Action, ActionPlan, Invoke, Progress};
use crate::context::RequestContext;
use crate::diagnostics::Diagnostics;
use crate::field::Model;
use crate::handler::{self, BoxFuture};
use crate::resource::check_model;
use crate::schema::{CheckedSchema, Purpose, SchemaError};

/// An action of any model.
pub(crate) trait AnyAction: Send + Sync {
    fn schema(&self) -> Result<&CheckedSchema, &SchemaError>;
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics);
    fn plan(&self, config: Value, context: RequestContext) -> BoxFuture<'_, Diagnostics>;
    fn invoke(
        &self,
        config: Value,
        progress: Progress,
        context: RequestContext,
    ) -> BoxFuture<'_, Diagnostics>;
}

pub(crate) struct Typed<A> {
    action: A,
    schema: OnceLock<Result<CheckedSchema, SchemaError>>,
}

impl<A: Action> Typed<A> {
    pub(crate) fn new(action: A) -> Self {
        Self {
            action,
            schema: OnceLock::new(),
        }
    }
}

impl<A: Action> AnyAction for Typed<A> {
    fn schema(&self) -> Result<&CheckedSchema, &SchemaError> {
        self.schema
            .get_or_init(|| {
                let schema = CheckedSchema::new(self.action.schema(), Purpose::Action)?;
                check_model::<A::Config>(&schema.ty)?;
                Ok(schema)
            })
            .as_ref()
    }

    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        let name = self.action.type_name();
        handler::validate(name, config, diagnostics, |model, found| {
            self.action.validate(model, found);
        });
    }

    fn plan(&self, config: Value, context: RequestContext) -> BoxFuture<'_, Diagnostics> {
        Box::pin(async move {
            let config = match A::Config::from_object(&config) {
                Ok(config) => config,
                Err(mismatches) => return mismatches.into(),
            };
            let mut plan = ActionPlan {
                config,
                diagnostics: Diagnostics::new(),
                context,
            };
            let name = self.action.type_name();
            let failure = handler::run("planning", name, pin!(self.action.plan(&mut plan))).await;
            let mut diagnostics = plan.diagnostics;
            diagnostics.append(failure);
            diagnostics
        })
    }

    fn invoke(
        &self,
        config: Value,
        progress: Progress,
        context: RequestContext,
    ) -> BoxFuture<'_, Diagnostics> {
        Box::pin(async move {
            let config = match A::Config::from_object(&config) {
                Ok(config) => config,
                Err(mismatches) => return mismatches.into(),
            };
            let mut invoke = Invoke {
                config,
                progress,
                diagnostics: Diagnostics::new(),
                context,
            };
            let name = self.action.type_name();
            let failure =
                handler::run("invoking", name, pin!(self.action.invoke(&mut invoke))).await;
            let mut diagnostics = invoke.diagnostics;
            diagnostics.append(failure);
            diagnostics
        })
    }
}
