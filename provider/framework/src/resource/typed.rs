//! A resource without its type: what the framework calls, over values.

use std::pin::pin;
use std::sync::OnceLock;

use tfplugin_values::{Path, Value};

use super::{
    Create, Delete, Import, ImportTarget, Plan, Read, Resource, ResourceDefinition, Update,
};
use crate::context::RequestContext;
use crate::diagnostics::Diagnostics;
use crate::field::{Mismatches, Model};
use crate::handler::{self, BoxFuture};
use crate::identity::Identity;
use crate::panics::caught_now;
use crate::private::Private;
use crate::schema::SchemaError;

/// What goes into a handler and comes out of it, besides values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Baggage {
    pub(crate) private: Private,
    /// On the way in what Terraform has, on the way out what the handler says.
    pub(crate) identity: Option<Value>,
    pub(crate) diagnostics: Diagnostics,
    pub(crate) context: RequestContext,
}

/// A plan on its way through the resource's own hook.
#[derive(Clone, Debug)]
pub(crate) struct PlanValues {
    pub(crate) planned_private: Option<Private>,
    pub(crate) prior: Value,
    pub(crate) config: Value,
    pub(crate) planned: Value,
    pub(crate) requires_replace: Vec<Path>,
}

/// A resource of any model.
pub(crate) trait AnyResource: Send + Sync {
    fn type_name(&self) -> &str;
    fn definition(&self) -> Result<&ResourceDefinition, &SchemaError>;
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics);
    fn identity(&self, object: &Value) -> Option<Value>;
    fn plan<'a>(
        &'a self,
        values: &'a mut PlanValues,
        baggage: &'a mut Baggage,
    ) -> BoxFuture<'a, ()>;
    /// The new state, null where none was made.
    fn create<'a>(
        &'a self,
        config: Value,
        planned: Value,
        baggage: &'a mut Baggage,
    ) -> BoxFuture<'a, Value>;
    /// The state now, null where the object is gone.
    fn read<'a>(&'a self, current: &'a Value, baggage: &'a mut Baggage) -> BoxFuture<'a, Value>;
    fn update<'a>(
        &'a self,
        config: Value,
        prior: &'a Value,
        planned: Value,
        baggage: &'a mut Baggage,
    ) -> BoxFuture<'a, Value>;
    /// Whether the object is gone.
    fn delete<'a>(&'a self, prior: Value, baggage: &'a mut Baggage) -> BoxFuture<'a, bool>;
    /// The state to begin with, null where none was found.
    fn import<'a>(&'a self, target: ImportTarget, baggage: &'a mut Baggage)
    -> BoxFuture<'a, Value>;
    fn generate_config(&self, state: &Value, config: Value, diagnostics: &mut Diagnostics)
    -> Value;
}

pub(crate) struct Typed<R> {
    resource: R,
    definition: OnceLock<Result<ResourceDefinition, SchemaError>>,
}

impl<R: Resource> Typed<R> {
    pub(crate) fn new(resource: R) -> Self {
        Self {
            resource,
            definition: OnceLock::new(),
        }
    }
}

fn decode<M: Model>(value: &Value, diagnostics: &mut Diagnostics) -> Option<M> {
    diagnostics.capture(M::from_object(value))
}

/// `Ok(None)` for null.
fn decode_nullable<M: Model>(value: &Value) -> Result<Option<M>, Mismatches> {
    if value.is_null() {
        Ok(None)
    } else {
        M::from_object(value).map(Some)
    }
}

fn encode<M: Model>(model: Option<M>) -> Value {
    model.map_or(Value::Null, Model::into_object)
}

/// Writes a model over the value that it was read from.
fn write<M: Model>(model: Option<M>, value: &mut Value) {
    match (model, &mut *value) {
        (None, _) => *value = Value::Null,
        (Some(model), Value::Object(attributes)) => model.write_to(attributes),
        (Some(model), _) => *value = model.into_object(),
    }
}

fn identity_value(identity: Option<Identity>) -> Option<Value> {
    identity.map(|identity| identity.0)
}

impl<R: Resource> AnyResource for Typed<R> {
    fn type_name(&self) -> &str {
        self.resource.type_name()
    }

    fn definition(&self) -> Result<&ResourceDefinition, &SchemaError> {
        self.definition
            .get_or_init(|| ResourceDefinition::new(&self.resource))
            .as_ref()
    }

    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        handler::validate(self.type_name(), config, diagnostics, |model, found| {
            self.resource.validate(model, found);
        });
    }

    fn identity(&self, object: &Value) -> Option<Value> {
        let model = R::Model::from_object(object).ok()?;
        let identity = caught_now(|| self.resource.identity(&model)).ok()?;
        identity_value(identity)
    }

    fn plan<'a>(
        &'a self,
        values: &'a mut PlanValues,
        baggage: &'a mut Baggage,
    ) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            let diagnostics = &mut baggage.diagnostics;
            let (Some(prior), Some(config), Some(planned)) = (
                diagnostics.capture(decode_nullable(&values.prior)),
                diagnostics.capture(decode_nullable(&values.config)),
                diagnostics.capture(decode_nullable(&values.planned)),
            ) else {
                return;
            };
            let mut plan = Plan::<R::Model> {
                prior,
                config,
                planned,
                requires_replace: std::mem::take(&mut values.requires_replace),
                identity: None,
                private: std::mem::take(&mut baggage.private),
                planned_private: values.planned_private.take(),
                diagnostics: Diagnostics::new(),
                context: baggage.context.clone(),
            };
            let failure = handler::run(
                "planning",
                self.type_name(),
                pin!(self.resource.plan(&mut plan)),
            )
            .await;
            diagnostics.append(plan.diagnostics);
            diagnostics.append(failure);
            write(plan.planned, &mut values.planned);
            values.requires_replace = plan.requires_replace;
            baggage.private = plan.private;
            baggage.identity = identity_value(plan.identity);
        })
    }

    fn create<'a>(
        &'a self,
        config: Value,
        planned: Value,
        baggage: &'a mut Baggage,
    ) -> BoxFuture<'a, Value> {
        Box::pin(async move {
            let diagnostics = &mut baggage.diagnostics;
            let (Some(config), Some(plan)) =
                (decode(&config, diagnostics), decode(&planned, diagnostics))
            else {
                return Value::Null;
            };
            let mut create = Create::<R::Model> {
                config,
                plan,
                state: None,
                identity: None,
                private: std::mem::take(&mut baggage.private),
                diagnostics: Diagnostics::new(),
                context: baggage.context.clone(),
            };
            let failure = handler::run(
                "creating",
                self.type_name(),
                pin!(self.resource.create(&mut create)),
            )
            .await;
            diagnostics.append(create.diagnostics);
            diagnostics.append(failure);
            baggage.private = create.private;
            baggage.identity = identity_value(create.identity);
            encode(create.state)
        })
    }

    fn read<'a>(&'a self, current: &'a Value, baggage: &'a mut Baggage) -> BoxFuture<'a, Value> {
        Box::pin(async move {
            let diagnostics = &mut baggage.diagnostics;
            let Some(model) = decode::<R::Model>(current, diagnostics) else {
                return current.clone();
            };
            let after_import = std::mem::take(&mut baggage.private.imported);
            let mut read = Read::<R::Model> {
                state: Some(model.clone()),
                current: model,
                identity: baggage.identity.take().map(Identity),
                after_import,
                private: baggage.private.clone(),
                diagnostics: Diagnostics::new(),
                context: baggage.context.clone(),
            };
            let failure = handler::run(
                "reading",
                self.type_name(),
                pin!(self.resource.read(&mut read)),
            )
            .await;
            let failed = failure.has_errors() || read.diagnostics.has_errors();
            diagnostics.append(read.diagnostics);
            diagnostics.append(failure);
            baggage.identity = identity_value(read.identity);
            baggage.private = read.private;
            if failed {
                // A refresh that fails tells nothing new about the object.
                return current.clone();
            }
            encode(read.state)
        })
    }

    fn update<'a>(
        &'a self,
        config: Value,
        prior: &'a Value,
        planned: Value,
        baggage: &'a mut Baggage,
    ) -> BoxFuture<'a, Value> {
        Box::pin(async move {
            let diagnostics = &mut baggage.diagnostics;
            let (Some(config), Some(plan), Some(model)) = (
                decode(&config, diagnostics),
                decode(&planned, diagnostics),
                decode::<R::Model>(prior, diagnostics),
            ) else {
                return prior.clone();
            };
            let mut update = Update::<R::Model> {
                config,
                state: model.clone(),
                prior: model,
                plan,
                identity: None,
                private: std::mem::take(&mut baggage.private),
                diagnostics: Diagnostics::new(),
                context: baggage.context.clone(),
            };
            let failure = handler::run(
                "updating",
                self.type_name(),
                pin!(self.resource.update(&mut update)),
            )
            .await;
            diagnostics.append(update.diagnostics);
            diagnostics.append(failure);
            baggage.private = update.private;
            baggage.identity = identity_value(update.identity);
            update.state.into_object()
        })
    }

    fn delete<'a>(&'a self, prior: Value, baggage: &'a mut Baggage) -> BoxFuture<'a, bool> {
        Box::pin(async move {
            let diagnostics = &mut baggage.diagnostics;
            let Some(prior) = decode(&prior, diagnostics) else {
                return false;
            };
            let mut delete = Delete::<R::Model> {
                prior,
                identity: baggage.identity.clone().map(Identity),
                private: std::mem::take(&mut baggage.private),
                diagnostics: Diagnostics::new(),
                context: baggage.context.clone(),
            };
            let failure = handler::run(
                "deleting",
                self.type_name(),
                pin!(self.resource.delete(&mut delete)),
            )
            .await;
            let gone = !failure.has_errors() && !delete.diagnostics.has_errors();
            diagnostics.append(delete.diagnostics);
            diagnostics.append(failure);
            baggage.private = delete.private;
            gone
        })
    }

    fn import<'a>(
        &'a self,
        target: ImportTarget,
        baggage: &'a mut Baggage,
    ) -> BoxFuture<'a, Value> {
        Box::pin(async move {
            let mut import = Import::<R::Model> {
                target,
                state: None,
                identity: None,
                private: Private::default(),
                diagnostics: Diagnostics::new(),
                context: baggage.context.clone(),
            };
            let failure = handler::run(
                "importing",
                self.type_name(),
                pin!(self.resource.import(&mut import)),
            )
            .await;
            baggage.diagnostics.append(import.diagnostics);
            baggage.diagnostics.append(failure);
            baggage.private = import.private;
            baggage.identity = identity_value(import.identity);
            encode(import.state)
        })
    }

    fn generate_config(
        &self,
        state: &Value,
        config: Value,
        diagnostics: &mut Diagnostics,
    ) -> Value {
        let (Some(state), Some(mut model)) = (
            decode::<R::Model>(state, diagnostics),
            decode::<R::Model>(&config, diagnostics),
        ) else {
            return config;
        };
        match caught_now(|| self.resource.generate_config(&state, &mut model)) {
            Ok(()) => model.into_object(),
            Err(panic) => {
                diagnostics.push(
                    panic.diagnostic(&format!("generating configuration of {}", self.type_name())),
                );
                config
            }
        }
    }
}
