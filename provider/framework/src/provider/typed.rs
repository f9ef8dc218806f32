//! A provider without its type: what the framework calls, over values.

use std::pin::pin;
use std::sync::OnceLock;

use tfplugin_values::Value;

use super::{Configure, Provider};
use crate::context::RequestContext;
use crate::diagnostics::Diagnostics;
use crate::field::Model;
use crate::handler::{self, BoxFuture};
use crate::registry::Registry;
use crate::resource::check_model;
use crate::schema::{CheckedSchema, Purpose, SchemaError};

/// A provider of any configuration.
pub(crate) trait AnyProvider: Send + Sync {
    fn name(&self) -> &str;
    fn schema(&self) -> Result<&CheckedSchema, &SchemaError>;
    /// That of the block `provider_meta`, where there is one.
    fn meta_schema(&self) -> Result<Option<&CheckedSchema>, &SchemaError>;
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics);
    fn configure(
        &self,
        config: Value,
        terraform_version: String,
        context: RequestContext,
    ) -> BoxFuture<'_, Diagnostics>;
    fn register(&self, registry: &mut Registry);
}

pub(crate) struct Typed<P> {
    provider: P,
    schema: OnceLock<Result<CheckedSchema, SchemaError>>,
    meta_schema: OnceLock<Result<Option<CheckedSchema>, SchemaError>>,
}

impl<P: Provider> Typed<P> {
    pub(crate) fn new(provider: P) -> Self {
        Self {
            provider,
            schema: OnceLock::new(),
            meta_schema: OnceLock::new(),
        }
    }
}

impl<P: Provider> AnyProvider for Typed<P> {
    fn name(&self) -> &str {
        self.provider.name()
    }

    fn schema(&self) -> Result<&CheckedSchema, &SchemaError> {
        self.schema
            .get_or_init(|| {
                let schema = CheckedSchema::new(self.provider.schema(), Purpose::Provider)?;
                check_model::<P::Config>(&schema.ty)?;
                Ok(schema)
            })
            .as_ref()
    }

    fn meta_schema(&self) -> Result<Option<&CheckedSchema>, &SchemaError> {
        self.meta_schema
            .get_or_init(|| {
                let schema = self.provider.meta_schema();
                schema
                    .map(|schema| CheckedSchema::new(schema, Purpose::ProviderMeta))
                    .transpose()
            })
            .as_ref()
            .map(Option::as_ref)
    }

    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        handler::validate("the provider", config, diagnostics, |model, found| {
            self.provider.validate(model, found);
        });
    }

    fn configure(
        &self,
        config: Value,
        terraform_version: String,
        context: RequestContext,
    ) -> BoxFuture<'_, Diagnostics> {
        Box::pin(async move {
            let config = match P::Config::from_object(&config) {
                Ok(config) => config,
                Err(mismatches) => return mismatches.into(),
            };
            let mut configure = Configure {
                config,
                terraform_version,
                diagnostics: Diagnostics::new(),
                context,
            };
            let failure = handler::run(
                "configuring",
                "the provider",
                pin!(self.provider.configure(&mut configure)),
            )
            .await;
            let mut diagnostics = configure.diagnostics;
            diagnostics.append(failure);
            diagnostics
        })
    }

    fn register(&self, registry: &mut Registry) {
        self.provider.register(registry);
    }
}
