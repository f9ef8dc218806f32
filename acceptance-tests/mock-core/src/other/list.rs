//! List resources: `terraform query`.

use tfplugin_protocol::tfplugin6::{list_resource, validate_list_resource_config};

use crate::codec;
use crate::config::Input;
use crate::core::{Core, ResourceSchema};
use crate::diagnostic::Diagnostic;
use crate::problem::Rule;
use crate::report::{Failure, Report};
use crate::value::Value;

/// What is to be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListOptions {
    /// Whether whole objects are wanted and not only identities.
    pub include_resource: bool,
    /// The most results wanted.
    pub limit: usize,
}

impl Default for ListOptions {
    fn default() -> Self {
        Self {
            include_resource: false,
            limit: 100,
        }
    }
}

/// One result.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// What tells it from others.
    pub identity: Value,
    /// What a person calls it.
    pub display_name: String,
    /// The whole object; null when it was not asked for.
    pub object: Value,
}

impl Core {
    /// Lists remote objects. An error of the provider ends the list.
    pub async fn list(
        &self,
        type_name: &str,
        input: &Input,
        options: ListOptions,
    ) -> Result<(Vec<Listed>, Vec<Diagnostic>), Failure> {
        let mut report = Report::about(&format!("list.{type_name}"));
        let mut found = Vec::new();
        self.try_list(type_name, input, options, &mut found, &mut report)
            .await;
        report.finish(found)
    }

    async fn try_list(
        &self,
        type_name: &str,
        input: &Input,
        options: ListOptions,
        found: &mut Vec<Listed>,
        report: &mut Report,
    ) -> Option<()> {
        let schemas = &self.schemas().list_resources;
        let (_, config, wire) = Self::prepare("list resource", schemas, type_name, input, report)?;
        let resource = self.schemas().resources.get(type_name)?;
        let request = validate_list_resource_config::Request {
            type_name: type_name.to_owned(),
            config: Some(wire.clone()),
            // No core sends these two yet.
            include_resource_object: None,
            limit: None,
        };
        let answer = self.client().validate_list_resource_config(request).await;
        let answer = report.answer("ValidateListResourceConfig", answer)?;
        report.absorb(&answer.diagnostics);
        if report.has_problems() || !config.is_wholly_known() {
            return None;
        }
        let request = list_resource::Request {
            type_name: type_name.to_owned(),
            config: Some(wire),
            include_resource_object: options.include_resource,
            limit: i64::try_from(options.limit).unwrap_or(i64::MAX),
        };
        let answer = self.client().list_resource(request).await;
        let mut events = report.answer("ListResource", answer)?;
        while found.len() < options.limit {
            let event = match events.message().await {
                Ok(Some(event)) => event,
                Ok(None) => break,
                Err(status) => {
                    let _: Option<()> = report.answer("ListResource", Err(status));
                    break;
                }
            };
            report.absorb(&event.diagnostic);
            if report.has_problems() {
                break;
            }
            found.extend(read_event(&event, resource, options, report));
        }
        // Dropping the stream cancels it, as core does once it has enough.
        Some(())
    }
}

/// The result in an event; none when it only carries warnings.
fn read_event(
    event: &list_resource::Event,
    resource: &ResourceSchema,
    options: ListOptions,
    report: &mut Report,
) -> Option<Listed> {
    let data = event
        .identity
        .as_ref()
        .and_then(|identity| identity.identity_data.as_ref());
    if data.is_none() && !event.diagnostic.is_empty() {
        return None;
    }
    let identity_schema = resource.identity.as_ref()?;
    let mut complain = |problem: String| report.violation(Rule::InvalidListResult, problem);
    let identity = match codec::from_wire(data, &identity_schema.implied_type()) {
        Ok(identity) => identity,
        Err(problem) => {
            complain(format!("identity: {problem}"));
            return None;
        }
    };
    if identity.is_null() || !identity.is_wholly_known() {
        complain("a result has no known identity".to_owned());
    }
    if event.display_name.is_empty() {
        complain("a result has no display name".to_owned());
    }
    let ty = resource.schema.implied_type();
    let object = match codec::from_wire(event.resource_object.as_ref(), &ty) {
        Ok(object) => object,
        Err(problem) => {
            complain(format!("object: {problem}"));
            return None;
        }
    };
    if !object.is_wholly_known() {
        complain("an object contains unknown values".to_owned());
    }
    if !options.include_resource && !object.is_null() {
        complain("an object was returned although nobody asked for it".to_owned());
    }
    Some(Listed {
        identity,
        display_name: event.display_name.clone(),
        object,
    })
}
