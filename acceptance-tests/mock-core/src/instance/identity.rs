//! The identity of an instance on the wire.

use tfplugin_protocol::tfplugin6::ResourceIdentityData;

use super::Instance;
use crate::codec;
use crate::problem::Rule;
use crate::report::Report;
use crate::value::Value;

impl Instance {
    /// The wire form of an identity, for cores that know identities.
    pub(super) fn wire_identity(&self, identity: &Value) -> Option<ResourceIdentityData> {
        let schema = self.schema.identity.as_ref()?;
        if identity.is_null() || !self.core.version().has_identity() {
            return None;
        }
        let wire = codec::to_wire(identity, &schema.implied_type()).ok()?;
        Some(ResourceIdentityData {
            identity_data: Some(wire),
        })
    }

    /// Reads the identity out of an answer; null when there is none.
    pub(super) fn identity(
        &self,
        wire: Option<&ResourceIdentityData>,
        must_be_known: bool,
        operation: &str,
        report: &mut Report,
    ) -> Value {
        let Some(data) = wire.and_then(|wire| wire.identity_data.as_ref()) else {
            return Value::Null;
        };
        if !self.core.version().has_identity() {
            return Value::Null;
        }
        let mut complain = |problem: &str| {
            report.violation(
                Rule::InvalidIdentity,
                format!(
                    "Provider {} produced an invalid identity {operation} for {}: {problem}",
                    self.provider(),
                    self.address
                ),
            );
        };
        let Some(schema) = &self.schema.identity else {
            complain("the resource type declares no identity");
            return Value::Null;
        };
        match codec::from_wire(Some(data), &schema.implied_type()) {
            Ok(identity) => {
                if must_be_known && !identity.is_wholly_known() {
                    complain("the identity contains unknown values");
                    return identity.unknown_as_null();
                }
                identity
            }
            Err(problem) => {
                complain(&problem.to_string());
                Value::Null
            }
        }
    }
}
