//! An ephemeral resource without its type: what the framework calls, over values.

use std::pin::pin;
use std::sync::OnceLock;
use std::time::SystemTime;

use tfplugin_values::Value;

use super::{Close, EphemeralResource, Open, Renew};
use crate::context::RequestContext;
use crate::diagnostics::Diagnostics;
use crate::field::Model;
use crate::handler::{self, BoxFuture};
use crate::private::Private;
use crate::resource::check_model;
use crate::schema::{CheckedSchema, Purpose, SchemaError};

/// What is left of a request, besides the result of an opening.
#[derive(Debug, Default)]
pub(crate) struct Held {
    pub(crate) renew_at: Option<SystemTime>,
    pub(crate) private: Private,
    pub(crate) diagnostics: Diagnostics,
}

/// An ephemeral resource of any model.
pub(crate) trait AnyEphemeralResource: Send + Sync {
    fn schema(&self) -> Result<&CheckedSchema, &SchemaError>;
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics);
    /// The result, null where it failed.
    fn open(&self, config: Value, context: RequestContext) -> BoxFuture<'_, (Value, Held)>;
    fn renew(&self, private: Private, context: RequestContext) -> BoxFuture<'_, Held>;
    fn close(&self, private: Private, context: RequestContext) -> BoxFuture<'_, Diagnostics>;
}

pub(crate) struct Typed<E> {
    ephemeral: E,
    schema: OnceLock<Result<CheckedSchema, SchemaError>>,
}

impl<E: EphemeralResource> Typed<E> {
    pub(crate) fn new(ephemeral: E) -> Self {
        Self {
            ephemeral,
            schema: OnceLock::new(),
        }
    }
}

impl<E: EphemeralResource> AnyEphemeralResource for Typed<E> {
    fn schema(&self) -> Result<&CheckedSchema, &SchemaError> {
        self.schema
            .get_or_init(|| {
                let schema =
                    CheckedSchema::new(self.ephemeral.schema(), Purpose::EphemeralResource)?;
                check_model::<E::Model>(&schema.ty)?;
                Ok(schema)
            })
            .as_ref()
    }

    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        let name = self.ephemeral.type_name();
        handler::validate(name, config, diagnostics, |model, found| {
            self.ephemeral.validate(model, found);
        });
    }

    fn open(&self, config: Value, context: RequestContext) -> BoxFuture<'_, (Value, Held)> {
        Box::pin(async move {
            let model = match E::Model::from_object(&config) {
                Ok(model) => model,
                Err(mismatches) => {
                    let diagnostics = mismatches.into();
                    return (
                        Value::Null,
                        Held {
                            diagnostics,
                            ..Held::default()
                        },
                    );
                }
            };
            let mut open = Open {
                result: model.clone(),
                config: model,
                renew_at: None,
                private: Private::default(),
                diagnostics: Diagnostics::new(),
                context,
            };
            let name = self.ephemeral.type_name();
            let failure = handler::run("opening", name, pin!(self.ephemeral.open(&mut open))).await;
            let mut held = Held {
                renew_at: open.renew_at,
                private: open.private,
                diagnostics: open.diagnostics,
            };
            held.diagnostics.append(failure);
            if held.diagnostics.has_errors() {
                return (Value::Null, held);
            }
            let mut result = open.result.into_object();
            let schema = self.schema().ok();
            handler::settle_result(name, schema, &config, &mut result, &mut held.diagnostics);
            (result, held)
        })
    }

    fn renew(&self, private: Private, context: RequestContext) -> BoxFuture<'_, Held> {
        Box::pin(async move {
            let mut renew = Renew {
                renew_at: None,
                private,
                diagnostics: Diagnostics::new(),
                context,
            };
            let name = self.ephemeral.type_name();
            let failure =
                handler::run("renewing", name, pin!(self.ephemeral.renew(&mut renew))).await;
            let mut held = Held {
                renew_at: renew.renew_at,
                private: renew.private,
                diagnostics: renew.diagnostics,
            };
            held.diagnostics.append(failure);
            held
        })
    }

    fn close(&self, private: Private, context: RequestContext) -> BoxFuture<'_, Diagnostics> {
        Box::pin(async move {
            let mut close = Close {
                private,
                diagnostics: Diagnostics::new(),
                context,
            };
            let name = self.ephemeral.type_name();
            let failure =
                handler::run("closing", name, pin!(self.ephemeral.close(&mut close))).await;
            let mut diagnostics = close.diagnostics;
            diagnostics.append(failure);
            diagnostics
        })
    }
}
