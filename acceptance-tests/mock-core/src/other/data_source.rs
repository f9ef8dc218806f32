//! Data sources.

use tfplugin_protocol::tfplugin6::{read_data_source, validate_data_resource_config};

use crate::codec;
use crate::config::Input;
use crate::core::Core;
use crate::diagnostic::Diagnostic;
use crate::objchange::{plan_valid, prepare_computed_blocks};
use crate::problem::Rule;
use crate::report::{Failure, Report};
use crate::value::Value;

impl Core {
    /// Reads a data source. With unknown values in the configuration it is only validated and the
    /// result is null: core reads it later.
    pub async fn read_data_source(
        &self,
        type_name: &str,
        input: &Input,
    ) -> Result<(Value, Vec<Diagnostic>), Failure> {
        let mut report = Report::about(&format!("data.{type_name}"));
        let value = self
            .try_read_data_source(type_name, input, &mut report)
            .await;
        report.finish(value.unwrap_or(Value::Null))
    }

    async fn try_read_data_source(
        &self,
        type_name: &str,
        input: &Input,
        report: &mut Report,
    ) -> Option<Value> {
        let sources = &self.schemas().data_sources;
        let (schema, config, wire) =
            Self::prepare("data source", sources, type_name, input, report)?;
        let request = validate_data_resource_config::Request {
            type_name: type_name.to_owned(),
            config: Some(wire.clone()),
        };
        let answer = self.client().validate_data_resource_config(request).await;
        let answer = report.answer("ValidateDataResourceConfig", answer)?;
        report.absorb(&answer.diagnostics);
        if report.has_problems() || !config.is_wholly_known() {
            return None;
        }
        let request = read_data_source::Request {
            type_name: type_name.to_owned(),
            config: Some(wire),
            provider_meta: self.wire_provider_meta(),
            client_capabilities: self.client_capabilities(),
        };
        let answer = self.client().read_data_source(request).await;
        let answer = report.answer("ReadDataSource", answer)?;
        report.absorb(&answer.diagnostics);
        if answer.deferred.is_some() {
            report.violation(
                Rule::UnexpectedDeferral,
                format!("while reading {type_name}"),
            );
        }
        if report.has_problems() {
            return None;
        }
        let value = match codec::from_wire(answer.state.as_ref(), &schema.implied_type()) {
            Ok(value) => value,
            Err(problem) => {
                report.violation(Rule::InvalidObject, format!("{type_name}: {problem}"));
                return None;
            }
        };
        if value.is_null() {
            report.violation(
                Rule::InvalidObject,
                format!("{type_name}: the result is null"),
            );
        } else if !value.is_wholly_known() {
            report.violation(
                Rule::InvalidObject,
                format!("{type_name}: the result contains unknown values"),
            );
        } else {
            // Stricter than Terraform, which takes any known object: what is configured stays as it is.
            let config = prepare_computed_blocks(&schema.block, &config);
            for problem in plan_valid(&schema.block, &Value::Null, &config, &value) {
                report.violation(Rule::InvalidObject, format!("{type_name}{problem}"));
            }
        }
        Some(value)
    }
}
