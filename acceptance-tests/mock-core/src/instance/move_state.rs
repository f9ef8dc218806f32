//! Moving the state of another resource type to this instance: `moved` across types.

use tfplugin_protocol::tfplugin6::{RawState, move_resource_state};

use super::Instance;
use crate::core::CoreVersion;
use crate::problem::Rule;
use crate::report::Report;
use crate::state::{Object, StoredObject};

/// The object that moves.
#[derive(Clone, Debug)]
pub struct MoveSource {
    /// Address of the provider that managed it, as `registry.terraform.io/namespace/name`.
    pub provider_address: String,
    /// The object as that provider stored it.
    pub object: StoredObject,
}

impl Instance {
    /// Asks the provider for the object in the shape of this resource type.
    pub(crate) async fn move_here(
        &self,
        source: &MoveSource,
        report: &mut Report,
    ) -> Option<Object> {
        let version = self.core.version();
        let declared = self.core.schemas().capabilities.move_resource_state;
        // OpenTofu asks without looking at what the provider declares.
        if !version.has_move() || !(declared || matches!(version, CoreVersion::OpenTofu(_))) {
            report.refuse("Unsupported `moved` across resource types");
            return None;
        }
        let raw = |json: &str| RawState {
            json: json.to_owned().into(),
            ..RawState::default()
        };
        let sends_identity = matches!(version, CoreVersion::Terraform(12..));
        let request = move_resource_state::Request {
            source_provider_address: source.provider_address.clone(),
            source_type_name: source.object.type_name.clone(),
            source_schema_version: source.object.schema_version,
            source_state: Some(raw(&source.object.attributes)),
            target_type_name: self.type_name.clone(),
            source_private: source.object.private.clone(),
            source_identity: source
                .object
                .identity
                .as_deref()
                .filter(|_| sends_identity)
                .map(raw),
            source_identity_schema_version: source.object.identity_schema_version,
        };
        let before = report.problems.len();
        let answer = self.core.client().move_resource_state(request).await;
        let answer = report.answer("MoveResourceState", answer)?;
        report.absorb(&answer.diagnostics);
        if report.problems.len() > before {
            return None;
        }
        let value = self.value(answer.target_state.as_ref(), "while moving", report)?;
        if value.is_null() || !value.is_wholly_known() {
            report.violation(
                Rule::InvalidObject,
                format!(
                    "The provider returned no wholly known object for {} while moving it",
                    self.address
                ),
            );
        }
        let identity = self.identity(
            answer.target_identity.as_ref(),
            true,
            "while moving",
            report,
        );
        (report.problems.len() == before).then_some(Object {
            value,
            private: answer.target_private,
            identity,
            tainted: source.object.tainted,
        })
    }
}
