//! Ephemeral resources: opened, renewed and closed within one phase, never stored.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use tfplugin_protocol::tfplugin6::{
    ClientCapabilities, close_ephemeral_resource, open_ephemeral_resource,
    renew_ephemeral_resource, validate_ephemeral_resource_config,
};

use crate::codec;
use crate::config::Input;
use crate::core::{Core, CoreVersion};
use crate::diagnostic::Diagnostic;
use crate::objchange::plan_valid;
use crate::problem::Rule;
use crate::report::{Failure, Report};
use crate::value::Value;

/// An opened ephemeral resource. Whoever opened it closes it.
#[derive(Clone, Debug)]
pub struct Ephemeral {
    /// Its type.
    pub type_name: String,
    /// What it holds.
    pub value: Value,
    /// When it wants to be renewed.
    pub renew_at: Option<SystemTime>,
    opened_with: Option<Bytes>,
    renewed_with: Option<Bytes>,
}

impl Core {
    /// Validates and opens; none when the configuration has unknown values, so that it cannot be
    /// opened yet.
    pub async fn open_ephemeral(
        &self,
        type_name: &str,
        input: &Input,
    ) -> Result<(Option<Ephemeral>, Vec<Diagnostic>), Failure> {
        let mut report = Report::about(&format!("ephemeral.{type_name}"));
        let opened = self.try_open(type_name, input, &mut report).await;
        report.finish(opened)
    }

    /// Renews what is about to end.
    pub async fn renew_ephemeral(
        &self,
        ephemeral: &mut Ephemeral,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let mut report = Report::about(&format!("ephemeral.{}", ephemeral.type_name));
        let request = renew_ephemeral_resource::Request {
            type_name: ephemeral.type_name.clone(),
            private: ephemeral
                .renewed_with
                .clone()
                .or_else(|| ephemeral.opened_with.clone()),
        };
        let answer = self.client().renew_ephemeral_resource(request).await;
        if let Some(answer) = report.answer("RenewEphemeralResource", answer) {
            report.absorb(&answer.diagnostics);
            ephemeral.renew_at = answer.renew_at.and_then(time);
            ephemeral.renewed_with = answer.private;
        }
        Ok(report.finish(())?.1)
    }

    /// Closes. Terraform hands back the private data of the opening, OpenTofu that of the last
    /// renewal.
    pub async fn close_ephemeral(&self, ephemeral: Ephemeral) -> Result<Vec<Diagnostic>, Failure> {
        let mut report = Report::about(&format!("ephemeral.{}", ephemeral.type_name));
        let renewed = matches!(self.version(), CoreVersion::OpenTofu(_))
            .then(|| ephemeral.renewed_with.clone())
            .flatten();
        let request = close_ephemeral_resource::Request {
            type_name: ephemeral.type_name,
            private: renewed.or(ephemeral.opened_with),
        };
        let answer = self.client().close_ephemeral_resource(request).await;
        if let Some(answer) = report.answer("CloseEphemeralResource", answer) {
            report.absorb(&answer.diagnostics);
        }
        Ok(report.finish(())?.1)
    }

    async fn try_open(
        &self,
        type_name: &str,
        input: &Input,
        report: &mut Report,
    ) -> Option<Ephemeral> {
        if !self.version().has_ephemeral() {
            report.refuse("this core has no ephemeral resources");
            return None;
        }
        let schemas = &self.schemas().ephemeral_resources;
        let (schema, config, wire) =
            Self::prepare("ephemeral resource", schemas, type_name, input, report)?;
        let request = validate_ephemeral_resource_config::Request {
            type_name: type_name.to_owned(),
            config: Some(wire.clone()),
        };
        let answer = self
            .client()
            .validate_ephemeral_resource_config(request)
            .await;
        let answer = report.answer("ValidateEphemeralResourceConfig", answer)?;
        report.absorb(&answer.diagnostics);
        if report.has_problems() || !config.is_wholly_known() {
            return None;
        }
        let request = open_ephemeral_resource::Request {
            type_name: type_name.to_owned(),
            config: Some(wire),
            client_capabilities: Some(ClientCapabilities::default()),
        };
        let answer = self.client().open_ephemeral_resource(request).await;
        let answer = report.answer("OpenEphemeralResource", answer)?;
        report.absorb(&answer.diagnostics);
        if answer.deferred.is_some() {
            report.violation(
                Rule::UnexpectedDeferral,
                format!("while opening {type_name}"),
            );
        }
        if report.has_problems() {
            return None;
        }
        let value = match codec::from_wire(answer.result.as_ref(), &schema.implied_type()) {
            Ok(value) => value,
            Err(problem) => {
                report.violation(Rule::InvalidEphemeral, problem.to_string());
                return None;
            }
        };
        if value.is_null() || !value.is_wholly_known() {
            report.violation(Rule::InvalidEphemeral, "the result is not wholly known");
        }
        for problem in plan_valid(&schema.block, &Value::Null, &config, &value) {
            report.violation(Rule::InvalidEphemeral, format!("{type_name}{problem}"));
        }
        Some(Ephemeral {
            type_name: type_name.to_owned(),
            value,
            renew_at: answer.renew_at.and_then(time),
            opened_with: answer.private,
            renewed_with: None,
        })
    }
}

fn time(timestamp: prost_types::Timestamp) -> Option<SystemTime> {
    let seconds = u64::try_from(timestamp.seconds).ok()?;
    let nanos = u32::try_from(timestamp.nanos).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, nanos))
}
