//! Refreshing: what the remote object is like now.

use tfplugin_protocol::tfplugin6::read_resource;

use super::Instance;
use crate::objchange::set_write_only;
use crate::problem::Rule;
use crate::report::Report;
use crate::state::Object;
use crate::value::Value;

impl Instance {
    /// Reads the object; `Ok(None)` when it is gone, `Err(())` when the report says why not.
    pub(crate) async fn read(
        &self,
        object: &Object,
        report: &mut Report,
    ) -> Result<Option<Object>, ()> {
        let request = read_resource::Request {
            type_name: self.type_name.clone(),
            current_state: self.wire(&object.value, report),
            private: object.private.clone(),
            provider_meta: self.core.wire_provider_meta(),
            client_capabilities: self.core.client_capabilities(),
            current_identity: self.wire_identity(&object.identity),
        };
        let before = report.problems.len();
        let answer = self.core.client().read_resource(request).await;
        let answer = report.answer("ReadResource", answer).ok_or(())?;
        report.absorb(&answer.diagnostics);
        if answer.deferred.is_some() {
            report.violation(
                Rule::UnexpectedDeferral,
                format!("while reading {}", self.address),
            );
        }
        if report.problems.len() > before {
            return Err(());
        }
        let value = self
            .value(answer.new_state.as_ref(), "during refresh", report)
            .ok_or(())?;
        let identity = self.identity(answer.new_identity.as_ref(), true, "during refresh", report);
        self.check_read(&value, report);
        if report.problems.len() > before {
            return Err(());
        }
        if value.is_null() {
            return Ok(None);
        }
        Ok(Some(Object {
            value,
            private: answer.private,
            identity,
            tainted: object.tainted,
        }))
    }

    fn check_read(&self, value: &Value, report: &mut Report) {
        for path in set_write_only(&self.schema.schema.block, value) {
            report.violation(
                Rule::InvalidObject,
                format!(
                    "Provider {} returned a value for the write-only attribute \"{}{path}\" during \
                     refresh. Write-only attributes cannot be read back from the provider",
                    self.provider(),
                    self.address
                ),
            );
        }
        if !value.is_wholly_known() {
            report.violation(
                Rule::InvalidObject,
                format!(
                    "Provider {} planned an invalid value for {} during refresh: The returned state \
                     contains unknown values",
                    self.provider(),
                    self.address
                ),
            );
        }
    }
}
