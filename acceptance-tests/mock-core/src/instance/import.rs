//! Importing an object that exists already.

use tfplugin_protocol::tfplugin6::import_resource_state;

use super::Instance;
use crate::codec;
use crate::config::{Input, evaluate};
use crate::core::no_references;
use crate::objchange::set_write_only;
use crate::problem::Rule;
use crate::report::Report;
use crate::schema::{Attribute, AttributeKind, Block};
use crate::state::Object;
use crate::value::Value;

/// What is to be imported.
#[derive(Clone, Debug, PartialEq)]
pub enum ImportTarget {
    /// The object with this id.
    Id(String),
    /// The object with this identity.
    Identity(Input),
}

impl From<&str> for ImportTarget {
    fn from(id: &str) -> Self {
        Self::Id(id.to_owned())
    }
}

impl Instance {
    /// Imports the object and reads it, as core does; none when the report says why not.
    pub(crate) async fn import(
        &self,
        target: &ImportTarget,
        report: &mut Report,
    ) -> Option<Object> {
        let stub = self.import_stub(target, report).await?;
        match self.read(&stub, report).await {
            Ok(Some(object)) => Some(object),
            Ok(None) => {
                report.violation(
                    Rule::NonExistentImport,
                    format!(
                        "While attempting to import an existing object to {:?}, the provider \
                         detected that no object exists with the given id",
                        self.address
                    ),
                );
                None
            }
            Err(()) => None,
        }
    }

    async fn import_stub(&self, target: &ImportTarget, report: &mut Report) -> Option<Object> {
        let (id, identity) = match target {
            ImportTarget::Id(id) => (id.clone(), Value::Null),
            ImportTarget::Identity(input) => (String::new(), self.import_identity(input, report)?),
        };
        let request = import_resource_state::Request {
            type_name: self.type_name.clone(),
            id,
            client_capabilities: self.core.client_capabilities(),
            identity: self.wire_identity(&identity),
        };
        let before = report.problems.len();
        let answer = self.core.client().import_resource_state(request).await;
        let answer = report.answer("ImportResourceState", answer)?;
        report.absorb(&answer.diagnostics);
        if answer.deferred.is_some() {
            report.violation(
                Rule::UnexpectedDeferral,
                format!("while importing {}", self.address),
            );
        }
        if report.problems.len() > before {
            return None;
        }
        let [imported] = answer.imported_resources.as_slice() else {
            let rule = if answer.imported_resources.is_empty() {
                Rule::EmptyImport
            } else {
                Rule::MultipleImports
            };
            report.violation(rule, format!("while importing {}", self.address));
            return None;
        };
        let stub = self.read_stub(imported, target, report);
        (report.problems.len() == before).then_some(stub?)
    }

    fn read_stub(
        &self,
        imported: &import_resource_state::ImportedResource,
        target: &ImportTarget,
        report: &mut Report,
    ) -> Option<Object> {
        if imported.type_name != self.type_name {
            report.violation(
                Rule::InvalidImport,
                format!("{} was imported as {:?}", self.address, imported.type_name),
            );
        }
        let value = self.value(imported.state.as_ref(), "during import", report)?;
        let identity = self.identity(imported.identity.as_ref(), true, "during import", report);
        let mut complain = |problem: &str| {
            report.violation(Rule::InvalidImport, format!("{}: {problem}", self.address));
        };
        if value.is_null() && matches!(target, ImportTarget::Id(_)) {
            complain("the imported object is null");
        }
        if !value.is_wholly_known() {
            complain("the imported object contains unknown values");
        }
        if !set_write_only(&self.schema.schema.block, &value).is_empty() {
            complain("the imported object has write-only values");
        }
        if matches!(target, ImportTarget::Identity(_)) && identity.is_null() {
            complain("an import by identity must return an identity");
        }
        Some(Object {
            value,
            private: imported.private.clone(),
            identity,
            tainted: false,
        })
    }

    /// Evaluates an identity given by the user, as the `identity` argument of an import block.
    fn import_identity(&self, input: &Input, report: &mut Report) -> Option<Value> {
        let Some(schema) = &self.schema.identity else {
            report.refuse(format!(
                "resource type {} has no identity to import by",
                self.type_name
            ));
            return None;
        };
        let attributes = schema.attributes.iter().map(|(name, attribute)| {
            let argument = Attribute {
                kind: AttributeKind::Plain(attribute.ty.clone()),
                required: attribute.required_for_import,
                optional: attribute.optional_for_import,
                computed: false,
                sensitive: false,
                write_only: false,
                deprecated: false,
                deprecation_message: String::new(),
            };
            (name.clone(), argument)
        });
        let block = Block {
            attributes: attributes.collect(),
            ..Block::default()
        };
        match evaluate(&block, input, &no_references) {
            Ok(identity) => {
                debug_assert!(codec::to_wire(&identity, &schema.implied_type()).is_ok());
                Some(identity)
            }
            Err(problems) => {
                report.refuse_all(&problems);
                None
            }
        }
    }
}
