//! The provider itself: its configuration and its end.

use tfplugin_protocol::tfplugin6::{configure_provider, stop_provider, validate_provider_config};

use super::Core;
use crate::codec;
use crate::config::{self, Input};
use crate::diagnostic::Diagnostic;
use crate::report::{Failure, Report};
use crate::schema::Schema;
use crate::value::{Path, PathError, Value};

impl Core {
    /// Validates and configures the provider, as every phase but function calls begins. Returns
    /// the provider's warnings.
    pub async fn configure(&self, input: &Input) -> Result<Vec<Diagnostic>, Failure> {
        let mut report = Report::default();
        if let Some((schema, config)) = self.provider_config(input, &mut report) {
            self.validate_provider(&schema, &config, &mut report).await;
            if !report.has_problems() {
                self.configure_provider(&schema, &config, &mut report).await;
            }
        }
        Ok(report.finish(())?.1)
    }

    /// Validates the provider's configuration alone, as `terraform validate` does.
    pub async fn validate(&self, input: &Input) -> Result<Vec<Diagnostic>, Failure> {
        let mut report = Report::default();
        if let Some((schema, config)) = self.provider_config(input, &mut report) {
            self.validate_provider(&schema, &config, &mut report).await;
        }
        Ok(report.finish(())?.1)
    }

    /// The same core, in a module with the block `provider_meta`.
    pub fn in_module(&self, meta: &Input) -> Result<Self, Failure> {
        let mut report = Report::default();
        let mut core = self.clone();
        match &self.schemas().provider_meta {
            None => report.refuse(
                "Provider does not support provider_meta: the provider meta is set, but the provider has no schema for it",
            ),
            Some(schema) => match config::evaluate(&schema.block, meta, &no_references) {
                Ok(meta) => core.provider_meta = meta,
                Err(problems) => report.refuse_all(&problems),
            },
        }
        Ok(report.finish(core)?.0)
    }

    /// Asks the provider to end what it is doing, as the first interrupt does.
    pub async fn stop(&self) -> Result<(), Failure> {
        let mut report = Report::default();
        let answer = self.client().stop_provider(stop_provider::Request {}).await;
        if let Some(answer) = report.answer("Stop", answer)
            && !answer.error.is_empty()
        {
            report.refuse(answer.error);
        }
        report.finish(()).map(|_| ())
    }

    fn provider_config(&self, input: &Input, report: &mut Report) -> Option<(Schema, Value)> {
        let schema = self.schemas().provider.clone()?;
        match config::evaluate(&schema.block, input, &no_references) {
            Ok(config) => Some((schema, config)),
            Err(problems) => {
                report.refuse_all(&problems);
                None
            }
        }
    }

    async fn validate_provider(&self, schema: &Schema, config: &Value, report: &mut Report) {
        let Ok(wire) = codec::to_wire(config, &schema.implied_type()) else {
            return;
        };
        let request = validate_provider_config::Request { config: Some(wire) };
        let answer = self.client().validate_provider_config(request).await;
        if let Some(answer) = report.answer("ValidateProviderConfig", answer) {
            report.absorb(&answer.diagnostics);
        }
    }

    async fn configure_provider(&self, schema: &Schema, config: &Value, report: &mut Report) {
        let Ok(wire) = codec::to_wire(config, &schema.implied_type()) else {
            return;
        };
        let request = configure_provider::Request {
            terraform_version: self.version().to_string(),
            config: Some(wire),
            client_capabilities: self.client_capabilities(),
        };
        let answer = self.client().configure_provider(request).await;
        if let Some(answer) = report.answer("ConfigureProvider", answer) {
            report.absorb(&answer.diagnostics);
        }
    }
}

/// Outside a workspace there is nothing to refer to.
pub(crate) fn no_references(address: &str, _: &Path, at: &Path) -> Result<Input, PathError> {
    Err(PathError::new(
        at,
        format!("Reference to undeclared resource: {address}"),
    ))
}
