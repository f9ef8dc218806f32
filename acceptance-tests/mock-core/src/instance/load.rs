//! From the stored form to an object: every stored instance goes through the provider's upgrade,
//! also when its schema version is the current one.

mod strip;

use tfplugin_protocol::tfplugin6::{RawState, upgrade_resource_identity, upgrade_resource_state};

use super::Instance;
use crate::codec;
use crate::core::CoreVersion;
use crate::problem::Rule;
use crate::report::Report;
use crate::state::{Object, StoredObject};
use crate::value::Value;

impl Instance {
    /// Reads a stored object through `UpgradeResourceState`.
    pub(crate) async fn load(&self, stored: &StoredObject, report: &mut Report) -> Option<Object> {
        let value = self.upgrade(stored, report).await?;
        let identity = match &stored.identity {
            Some(identity) => self.load_identity(identity, stored, report).await?,
            None => Value::Null,
        };
        Some(Object {
            value,
            private: stored.private.clone(),
            identity,
            tainted: stored.tainted,
        })
    }

    async fn upgrade(&self, stored: &StoredObject, report: &mut Report) -> Option<Value> {
        let current = self.schema.schema.version;
        if stored.schema_version > current {
            report.refuse(format!(
                "Resource instance managed by newer provider version: the current state of {} was \
                 created by a newer provider version than is currently selected",
                self.address
            ));
            return None;
        }
        let json = if stored.schema_version == current {
            strip::removed_attributes(&stored.attributes, &self.ty())
        } else {
            stored.attributes.clone()
        };
        let request = upgrade_resource_state::Request {
            type_name: self.type_name.clone(),
            version: stored.schema_version,
            raw_state: Some(RawState {
                json: json.into(),
                ..RawState::default()
            }),
        };
        let answer = self.core.client().upgrade_resource_state(request).await;
        let answer = report.answer("UpgradeResourceState", answer)?;
        let before = report.problems.len();
        report.absorb(&answer.diagnostics);
        if report.problems.len() > before {
            return None;
        }
        let mut complain = |problem: &str| {
            report.violation(
                Rule::InvalidUpgrade,
                format!(
                    "The {} provider upgraded the state for {} from a previous version, but \
                     produced an invalid result: {problem}",
                    self.core.provider_name(),
                    self.address
                ),
            );
        };
        match codec::from_wire(answer.upgraded_state.as_ref(), &self.ty()) {
            Ok(value) if value.is_null() => {
                complain("the result is null");
                None
            }
            Ok(value) if !value.is_wholly_known() => {
                complain("the result contains unknown values");
                None
            }
            Ok(value) => Some(value),
            Err(problem) => {
                complain(&problem.to_string());
                None
            }
        }
    }

    /// Reads a stored identity; the provider is asked only when its schema version differs.
    async fn load_identity(
        &self,
        json: &str,
        stored: &StoredObject,
        report: &mut Report,
    ) -> Option<Value> {
        let Some(schema) = self.schema.identity.as_ref() else {
            return Some(Value::Null);
        };
        if !self.core.version().has_identity() {
            return Some(Value::Null);
        }
        if stored.identity_schema_version == schema.version {
            return match codec::json::decode(json.as_bytes(), &schema.implied_type()) {
                Ok(identity) => Some(identity),
                Err(problem) => {
                    report.refuse(format!("the stored identity is unreadable: {problem}"));
                    None
                }
            };
        }
        let request = upgrade_resource_identity::Request {
            type_name: self.type_name.clone(),
            version: stored.identity_schema_version,
            raw_identity: Some(RawState {
                json: json.to_owned().into(),
                ..RawState::default()
            }),
        };
        let answer = self.core.client().upgrade_resource_identity(request).await;
        let answer = report.answer("UpgradeResourceIdentity", answer)?;
        let before = report.problems.len();
        report.absorb(&answer.diagnostics);
        if report.problems.len() > before {
            return None;
        }
        let upgraded = answer.upgraded_identity.as_ref();
        let identity = self.identity(upgraded, true, "after an upgrade", report);
        if identity.is_null() && matches!(self.core.version(), CoreVersion::OpenTofu(_)) {
            report.violation(
                Rule::InvalidIdentity,
                "Provider returned no identity after upgrade",
            );
        }
        (report.problems.len() == before).then_some(identity)
    }
}
